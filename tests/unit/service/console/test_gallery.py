"""The gallery is whole in every language, and an administrator's alone."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest

from domain.errors import NotAllowed
from domain.message import Actor, Role
from service.console.pages.gallery import gallery_page
from service.console.visit import Signed
from service.identity.sign_ins.store import SignIn
from service.words.language import Language


def visit_of(role: Role) -> Signed:
    request: Any = SimpleNamespace(
        url=SimpleNamespace(path="/console/gallery", query="", scheme="http"),
        scope={"type": "http", "path": "/console/gallery", "root_path": "", "headers": []},
        cookies={},
        headers={},
    )
    sign_in = cast("SignIn", None)
    return Signed(request, Language.ARABIC, Actor(id=UUID(int=1), role=role), sign_in)


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.ADMINISTRATOR])
def test_nobody_else_sees_it(role: Role) -> None:
    with pytest.raises(NotAllowed):
        asyncio.run(gallery_page(visit_of(role)))
