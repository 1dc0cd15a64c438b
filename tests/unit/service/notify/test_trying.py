"""A test message to a partner's system is signed with that system's own secret, if it has one."""

from pathlib import Path
from typing import Any, Self

import pytest

from service.notify import trying
from service.notify.channels import MessageChannel
from service.notify.channels.failures import Failure
from service.settings import Settings
from service.words.language import Language

URL = "https://partner.example/jisr"


class Ledger:
    """No more than somebody who looks asks of one."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(("known", "as_registered"), [("whsec_AAAA", True), (None, False)])
def test_by_whose_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: str | None, *, as_registered: bool
) -> None:
    def looked_at(_: Settings) -> Any:
        return Ledger()

    monkeypatch.setattr(trying, "looked_at_ledger", looked_at)
    monkeypatch.setattr(trying, "secrets_of", lambda _: lambda url: known if url == URL else None)
    secret = trying._secrets(Settings(data=tmp_path), MessageChannel.WEBHOOK)(URL)
    assert secret is not None
    assert secret.startswith("whsec_")
    assert (secret == known) is as_registered


async def test_an_address_inside_the_house_is_not_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "looked_at_ledger", lambda _: Ledger())
    monkeypatch.setattr(trying, "secrets_of", lambda _: lambda _: None)
    found = await trying.tried(
        Settings(data=tmp_path), MessageChannel.WEBHOOK, "https://127.0.0.1/", Language.FRENCH
    )
    assert (found.accepted, found.code) == (False, Failure.ADDRESS_INTERNAL)
