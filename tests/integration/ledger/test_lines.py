"""Several hands on one ceremony's list at once: the lock decides, and each line is told once."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from domain.ceremony.state import CeremonyState
from domain.ceremony.steps import CancelCeremony, PostponeCeremony
from domain.ceremony.vocabulary import LineState
from domain.errors import JisrError
from domain.example.beside import schedule_ceremony
from domain.example.person import EXAMPLE
from domain.example.way import Way
from domain.message import Command, StreamKind, stream_id
from domain.tracks.self_employment.state import SelfEmployment, find_track
from domain.tracks.self_employment.steps import ConfirmDelivery
from ledger.ledger import Ledger
from ledger.port import programme
from tests.integration.ledger.place import Opener
from tests.integration.projections.programme import Person, Programme
from tests.support.days import today

PEOPLE = 6


class Listed:
    """People of one centre on the list of another's ceremony, which is held today."""

    def __init__(self, opened: Opener) -> None:
        self.ledgers: list[Ledger] = [opened(domain=programme()) for _ in range(2)]
        self.house = Programme(self.ledgers[0])
        self.house.settle(["taza", "midelt"])
        self.today = today()
        self.name = self.house.ceremonies["taza"] = uuid4()
        move = PostponeCeremony(
            occurred_on=self.today, held_on=self.today, explanation="The hall was taken."
        )
        self.house.record(self.on_ceremony(schedule_ceremony(Way(centre="midelt"))))
        self.people = [Person(self.house) for _ in range(PEOPLE)]
        for person in self.people:
            self.house.record(*person.intake(), *person.towards_approval())
            *steps, _ = person.towards_delivery()
            self.house.record(*steps)
        self.house.record(self.on_ceremony(move))

    def on_ceremony(self, step: Any) -> Command:
        actor = self.house.coordinator("midelt")
        return self.house.order(StreamKind.CEREMONY, self.name, step, actor)

    def confirming(self, person: Person, centre: str) -> Command:
        step = person.way.step(ConfirmDelivery).model_copy(update={"occurred_on": self.today})
        return person.step(step, actor=self.house.caseworker(centre))

    @property
    def ceremony(self) -> CeremonyState:
        state = self.ledgers[1].state(stream_id(StreamKind.CEREMONY, self.name))
        assert isinstance(state, CeremonyState)
        return state

    def track(self, person: Person) -> SelfEmployment:
        case: Any = self.ledgers[1].state(stream_id(StreamKind.CASE, person.case_id))
        found = find_track(case)
        assert found is not None
        return found

    def at_once(self, commands: list[Command]) -> list[str | None]:
        """The code each is refused with; None for what is recorded."""

        def take(number: int, command: Command) -> str | None:
            try:
                self.ledgers[number % 2].record(command)
            except JisrError as refusal:
                return refusal.code
            return None

        with ThreadPoolExecutor(8) as threads:
            return list(threads.map(take, range(len(commands)), commands))


@pytest.fixture
def listed(opened: Opener) -> Listed:
    return Listed(opened)


def test_two_centres_that_confirm_one_line_at_once_hand_it_over_once(listed: Listed) -> None:
    pairs = [
        listed.confirming(person, centre)
        for person in listed.people
        for centre in ("taza", "midelt")
    ]
    outcomes = listed.at_once(pairs)
    for number in range(PEOPLE):
        assert set(outcomes[2 * number : 2 * number + 2]) == {None, "already_delivered"}
    lines = listed.ceremony.lines
    assert {line.state for line in lines.values()} == {LineState.TOLD}
    assert sum((line.goods + line.cash for line in lines.values()), Decimal(0)) == (
        EXAMPLE.cost * PEOPLE
    )
    for person in listed.people:
        (handover,) = listed.track(person).handovers
        assert (handover.ceremony_id, handover.on) == (listed.name, listed.today)


def test_a_ceremony_that_is_cancelled_while_its_lines_are_told_is_one_or_the_other(
    listed: Listed,
) -> None:
    cancel = listed.on_ceremony(CancelCeremony(occurred_on=listed.today, explanation="Rain."))
    told = [listed.confirming(person, "taza") for person in listed.people]
    outcomes = listed.at_once([*told[:3], cancel, *told[3:]])
    assert set(outcomes) <= {None, "ceremony_has_deliveries"}
    cancelled = listed.ceremony.cancelled
    assert cancelled == (outcomes[3] is None)
    for person in listed.people:
        (handover,) = listed.track(person).handovers
        assert (handover.ceremony_id is None) == cancelled
    assert bool(listed.ceremony.lines) != cancelled


def test_whoever_is_on_a_list_that_is_cancelled_is_free_in_the_same_commit(
    listed: Listed,
) -> None:
    before = listed.ledgers[1].head()
    (receipt,) = listed.house.record(
        listed.on_ceremony(CancelCeremony(occurred_on=listed.today, explanation="Rain."))
    )
    assert receipt.position == before + 1 + PEOPLE
    assert not any(listed.track(person).on_list for person in listed.people)
