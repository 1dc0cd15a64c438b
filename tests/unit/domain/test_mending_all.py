"""Every entry of the example's whole way: retracted and taken back, or told again as it was."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from domain.case import steps as s
from domain.case.reviews import dues
from domain.commands import STEPS
from domain.errors import Refused
from domain.example.way import by_day
from domain.folds.mended import Mended
from domain.mending.ways import way_of
from domain.message import Recorded, Step, StreamKind, stream_id
from domain.project.state import ProjectState
from tests.unit.domain.conftest import House

EXPECTED = {
    *("mended_otherwise", "rests_on_it", "entry_of_the_house", "entry_already_mended"),
    "opened_in_error_instead",
}
OF_THE_RECORD = {"version", "seen", "mended"}


@pytest.fixture
def walked(house: House) -> tuple[House, dict[int, Step]]:
    """After all of the way; each step by the number of its first entry in the case."""
    told: dict[int, Step] = {}
    for step in by_day((*house.way.steps(), *house.way.detours())):
        before = len(past(house))
        house.take(step)
        if len(past(house)) > before:
            told[before + 1] = step
    return house, told


def past(house: House) -> list[Recorded]:
    return house.paper.of(stream_id(StreamKind.CASE, house.case_id))


def comes_to(house: House) -> list[dict[str, Any]]:
    """The case, the person and the project, without what tells how they were recorded."""
    project = house.paper.state(stream_id(StreamKind.PROJECT, house.project_id))
    assert isinstance(project, ProjectState)
    states = (house.case, house.paper.beneficiary(house.way.beneficiary_id), project)
    return [
        {f.name: getattr(each, f.name) for f in fields(each) if f.name not in OF_THE_RECORD}
        for each in states
    ]


def retracting(house: House, number: int) -> Step:
    return s.RetractEntry(
        occurred_on=house.paper.today, entry_number=number, explanation="Mistyped."
    )


def refusal(house: House, step: Step) -> str | None:
    """The code with which the coordinator is refused it; None: it passed."""
    try:
        house.take(step, house.coordinator)
    except Refused as refused:
        return refused.code
    return None


def entry_at(house: House, number: int) -> list[Recorded]:
    command = next(r.envelope.command_id for r in past(house) if r.envelope.version == number)
    return [each for each in past(house) if each.envelope.command_id == command]


def copies(house: House, numbers: dict[int, Step]) -> Iterator[tuple[int, House]]:
    for number in numbers:
        yield number, replace(house, paper=house.paper.copy())


def test_what_is_retracted_and_taken_back_stands_as_before(
    walked: tuple[House, dict[int, Step]],
) -> None:
    house, told = walked
    before, retracted = comes_to(house), 0
    for number, other in copies(house, told):
        if (code := refusal(other, retracting(other, number))) is not None:
            assert code in EXPECTED, (number, told[number])
            assert comes_to(other) == before
            continue
        retracted += 1
        dues(other.case, other.paper.calendar)
        mending = [each for each in past(other) if isinstance(each.event, Mended)]
        again = retracting(other, mending[-1].envelope.version)
        if any(way_of(type(each.event)).undone for each in entry_at(house, number)):
            assert refusal(other, again) == "mended_otherwise"
            continue
        assert refusal(other, again) is None
        assert comes_to(other) == before, told[number]
    assert retracted > 15


def test_what_is_told_again_as_it_was_changes_nothing(
    walked: tuple[House, dict[int, Step]],
) -> None:
    house, told = walked
    before, corrected = timeless(comes_to(house)), set[str]()
    for number, other in copies(house, told):
        entry = next(each for each in past(house) if each.envelope.version == number)
        step = told[number]
        if type(step) is not STEPS.get(entry.envelope.step):
            continue
        content = step.model_dump(mode="json", exclude_unset=True)
        correction = s.Correction(entry_number=number, content=content)
        again = s.CorrectEntries(
            occurred_on=other.paper.today, entries=(correction,), explanation="As it was."
        )
        if (code := refusal(other, again)) is not None:
            assert code in EXPECTED, (number, step)
            continue
        corrected.add(entry.envelope.step)
        assert timeless(comes_to(other)) == before, step
    assert len(corrected) > 15


def timeless(states: list[dict[str, Any]]) -> str:
    """Without where and when it was recorded."""
    return re.sub(r"(position=\d+|version=\d+)", "", repr(states))
