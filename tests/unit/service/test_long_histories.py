"""A long history is told in pages that are bounded by what they say, and nothing of it is left out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import cast
from uuid import UUID, uuid5

import pytest

from domain.commands import evolve, initial
from domain.message import Actor, Envelope, Origin, OriginKind, Recorded, Role, StreamKind
from domain.registry.events import EntryRegistered
from domain.registry.state import REGISTRY
from domain.steps.handling import State
from domain.values.codes import EntryKind
from ledger.ledger import Ledger
from service.access.reader import Reader
from service.queries import replaying
from service.queries.history import (
    History,
    Moment,
    OfLedger,
    Stretch,
    comparable,
    history,
)

MANY = 12
AUDITOR = Reader(Actor(id=UUID(int=1), role=Role.AUDITOR))
BEGUN = datetime(2024, 1, 1, tzinfo=UTC)


def registered(number: int) -> Recorded:
    entry = f"supplier-{number}"
    envelope = Envelope(
        event_id=uuid5(AUDITOR.actor.id, entry),
        event_type="EntryRegistered",
        event_version=1,
        stream=REGISTRY,
        version=number,
        position=number,
        subject=None,
        occurred_on=date(2024, 1, 1),
        recorded_at=BEGUN + timedelta(minutes=number),
        step="register-entry",
        actor=AUDITOR.actor,
        origin=Origin(kind=OriginKind.API),
        command_id=uuid5(AUDITOR.actor.id, f"of {entry}"),
        rules_version="v1",
        calendar_version="ma",
    )
    event = EntryRegistered(
        kind=EntryKind.SUPPLIER,
        entry=entry,
        name_fr=f"Fournisseur {number}",
        name_ar="مورد",
        since=date(2024, 1, 1),
    )
    return Recorded(envelope, event)


class Kept:
    """The registry of a ledger; counts how often all of it is folded."""

    def __init__(self) -> None:
        self.events = [registered(number) for number in range(1, MANY + 1)]
        self.folds = 0

    def history(self, _: str, up_to: int | None = None, **_known: object) -> list[Recorded]:
        return self.events[:up_to]

    def fold(self, _: str, events: list[Recorded]) -> State:
        self.folds += len(events) == MANY
        state = initial(StreamKind.REGISTRY)
        for each in events:
            state = evolve(StreamKind.REGISTRY, state, each.event, each.envelope)
        return state

    def state(self, stream: str) -> State:
        return self.states([stream])[stream]

    def states(self, streams: list[str]) -> dict[str, State]:
        folds = self.folds
        found = {stream: self.fold(stream, self.events) for stream in streams}
        self.folds = folds
        return found


@dataclass
class Looking:
    ledger: Ledger
    reader: Reader = AUDITOR
    temporal_pages: str | None = None


@comparable
def told(reading: OfLedger, stretch: Stretch) -> History:
    return history(reading, REGISTRY, stretch)


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def looking(kept: Kept) -> Looking:
    return Looking(cast("Ledger", kept))


def test_a_page_ends_where_its_changes_are_much_and_the_next_goes_on_from_there(
    looking: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    stretch = Stretch(Moment(), 0, MANY, changes=True)
    whole = told(looking, stretch)
    assert (len(whole.events), whole.next_after) == (MANY, None)
    monkeypatch.setattr(replaying, "LONGEST_PAGE", 1000)
    pages, after = list[History](), 0
    while not pages or pages[-1].next_after is not None:
        pages.append(told(looking, Stretch(Moment(), after, MANY, changes=True)))
        after = pages[-1].next_after or 0
    assert len(pages) > 1
    assert [each for page in pages for each in page.events] == list(whole.events)
    monkeypatch.setattr(replaying, "SECONDS_A_PAGE", -1.0)
    assert len(told(looking, stretch).events) == 1, "one at least, however long it takes"


def test_what_differs_between_two_moments_is_bounded_and_says_how_much_is_left_out(
    looking: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    stretch = Stretch(Moment(), 0, 1, since=Moment(version=1))
    compared = told(looking, stretch).compared
    assert compared is not None
    assert (compared.more, compared.came) == (0, tuple(range(2, MANY + 1)))
    monkeypatch.setattr(replaying, "LONGEST_PAGE", 500)
    cut = told(looking, stretch).compared
    assert cut is not None
    assert 0 < len(cut.changes) < len(compared.changes) == len(cut.changes) + cut.more
    assert cut.changes == compared.changes[: len(cut.changes)]


def test_what_stands_now_is_not_folded_again(kept: Kept, looking: Looking) -> None:
    assert told(looking, Stretch(Moment(), 0, 1)).version == MANY
    assert kept.folds == 0
    assert told(looking, Stretch(Moment(version=MANY - 1), 0, 1)).version == MANY - 1
