"""That a key was used is noted once an hour, and what cannot be noted is tried again."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from domain.errors import Unavailable
from domain.message import Actor, Role
from ledger.following.uses import Uses
from service.identity.key_uses import KeyUses

KEY = UUID(int=5)
SOMEBODY = Actor(id=UUID(int=7), role=Role.AUDITOR, credential=KEY)


class Written:
    """Where uses are written; away while `away` says so."""

    def __init__(self) -> None:
        self.at: list[datetime] = []
        self.away = False

    def note(self, key: UUID, at: datetime) -> None:
        if self.away:
            raise Unavailable(database="followers")
        assert key == KEY
        self.at.append(at)


class Noon:
    now = datetime(2026, 3, 2, 12, 40, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def noting() -> tuple[KeyUses, Any, Noon]:
    written, clock = Written(), Noon()
    return KeyUses(cast("Uses", written), clock), written, clock


def come(uses: KeyUses, actor: Actor = SOMEBODY) -> None:
    """As the application does at each request."""
    if uses.is_news(actor):
        uses.note(actor)


def test_a_thousand_requests_in_an_hour_are_written_once() -> None:
    uses, written, clock = noting()
    for _ in range(1000):
        come(uses)
    assert written.at == [datetime(2026, 3, 2, 12, tzinfo=UTC)]
    assert not uses.is_news(SOMEBODY)
    clock.now += timedelta(minutes=20)
    come(uses)
    assert written.at[1:] == [datetime(2026, 3, 2, 13, tzinfo=UTC)]


def test_what_could_not_be_written_is_tried_at_the_next_request() -> None:
    uses, written, _ = noting()
    written.away = True
    come(uses)
    written.away = False
    come(uses)
    assert len(written.at) == 1


def test_who_comes_without_a_key_uses_none() -> None:
    uses, written, _ = noting()
    come(uses, SOMEBODY.model_copy(update={"credential": None}))
    assert written.at == []
