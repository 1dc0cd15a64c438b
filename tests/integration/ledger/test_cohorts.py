"""The last place of a cohort, wanted by many at once from two offices: the lock decides who has it."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.case.state import CaseState
from domain.case.steps import OpenTrack, RecordEducation
from domain.cohort.state import CohortState
from domain.cohort.steps import ChangeCohortPlaces
from domain.errors import JisrError
from domain.example.cohort import plan_cohort
from domain.example.training import in_cohort
from domain.message import Command, StreamKind, stream_id
from domain.tracks.training.state import find_trained
from domain.tracks.training.steps import DropOutOfTraining, EnrolInTraining
from ledger.ledger import Ledger
from ledger.port import programme
from tests.integration.ledger.place import Opener
from tests.integration.projections.programme import Person, Programme

OFFICES, PLACES, PEOPLE = 2, 2, 6
STARTS = plan_cohort().starts_on


@pytest.fixture
def ledgers(opened: Opener) -> list[Ledger]:
    return [opened(domain=programme()) for _ in range(OFFICES)]


@pytest.fixture
def house(ledgers: list[Ledger]) -> Programme:
    house = Programme(ledgers[0])
    house.settle(["taza"])
    return house


def ready(house: Programme) -> Person:
    """Free, untrained, and on a vocational training track."""
    person = Person(house)
    registered, *_ = person.intake()
    own = (RecordEducation, OpenTrack)
    released = [step for step in person.way.to_release() if not isinstance(step, own)]
    steps = [*released, in_cohort(person.way)[0]]
    house.record(registered, *(person.step(step) for step in steps))
    return person


def raced(ledgers: list[Ledger], commands: Sequence[Command]) -> Counter[str]:
    """Each office sends every other one, all at once: codes, or "" for what passed."""

    def send(number: int) -> str:
        try:
            ledgers[number % OFFICES].record(commands[number])
        except JisrError as refusal:
            return refusal.code
        return ""

    with ThreadPoolExecutor(8) as threads:
        return Counter(threads.map(send, range(len(commands))))


def test_no_place_is_given_twice_and_case_and_cohort_agree(
    ledgers: list[Ledger], house: Programme
) -> None:
    cohort, coordinator = house.new_id(), house.coordinator("taza")
    planned = plan_cohort().model_copy(update={"places": PLACES})
    house.record(house.order(StreamKind.COHORT, cohort, planned, coordinator))
    people = [ready(house) for _ in range(PEOPLE)]
    enrol = EnrolInTraining(occurred_on=STARTS, cohort_id=cohort)

    found = raced(ledgers, [person.step(enrol) for person in people])

    assert found == {"": PLACES, "cohort_full": PEOPLE - PLACES}
    stream = stream_id(StreamKind.COHORT, cohort)
    there = ledgers[1].state(stream)
    assert isinstance(there, CohortState)
    assert (there.taken, there.left) == (PLACES, 0)
    inside = {person.case_id for person in people if _attends(ledgers[1], person)}
    assert {case for case in there.people if there.has(case)} == inside

    first = next(person for person in people if person.case_id in inside)
    others = [person for person in people if person.case_id not in inside]
    leave = DropOutOfTraining(occurred_on=STARTS, explanation="Too far.")
    fewer = ChangeCohortPlaces(occurred_on=STARTS, places=1, explanation="A trainer is ill.")
    house.record(first.step(leave))
    again = [person.step(enrol) for person in others]
    found = raced(ledgers, [*again, house.order(StreamKind.COHORT, cohort, fewer, coordinator)])
    assert found in (
        {"": 1, "cohort_full": len(others) - 1, "cohort_places_taken": 1},
        {"": 1, "cohort_full": len(others)},
    )
    there = ledgers[0].state(stream)
    assert isinstance(there, CohortState)
    assert there.taken <= there.places


def _attends(ledger: Ledger, person: Person) -> bool:
    case = ledger.state(stream_id(StreamKind.CASE, person.case_id))
    assert isinstance(case, CaseState)
    track = find_trained(case)
    return track is not None and track.attends
