"""Whoever sends a form is shown what came of it, on the page that follows."""

import json
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest

from domain.commands import STEPS
from domain.message import Actor, Role
from service.api.steps.examples import EXAMPLES
from service.application import Ask, Taken
from service.console.visit import Signed
from service.identity.sign_ins.store import SignIn
from service.problems.problem import Rejected
from service.words.language import Language

DIVISION = Actor(id=UUID(int=7), role=Role.DIVISION)
STEP = STEPS["sign-agreement"].model_validate(EXAMPLES["sign-agreement"])


class Slow:
    """An application whose views are behind; notes what is asked of it."""

    def __init__(self, *, stands_still: bool = False) -> None:
        self.asked: list[Any] = []
        self._stands_still = stands_still

    async def take(self, ask: Ask) -> Taken:
        self.asked.append(ask.step)
        return Taken(json.dumps({"position": 41}))

    async def caught_up(self, position: int) -> None:
        self.asked.append(position)
        if self._stands_still:
            raise Rejected("views_behind", position=position)


def visit_to(application: Slow) -> Signed:
    request: Any = SimpleNamespace(
        app=SimpleNamespace(state=SimpleNamespace(application=application))
    )
    sign_in = cast("SignIn", SimpleNamespace(device=None))  # nobody asks since when
    return Signed(request, Language.ENGLISH, DIVISION, sign_in)


@pytest.mark.parametrize("stands_still", [False, True])
async def test_the_views_are_waited_for_after_a_step_but_not_without_an_end(
    *, stands_still: bool
) -> None:
    application = Slow(stands_still=stands_still)
    taken = await visit_to(application).take(Ask(DIVISION, STEP, "key"))
    assert json.loads(taken.answer) == {"position": 41}
    assert application.asked == [STEP, 41]
