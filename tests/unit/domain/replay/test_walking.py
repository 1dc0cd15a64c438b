"""Each entry of a history is told with what it made of the stream, in the order of recording."""

from datetime import timedelta

import pytest

from domain.case import steps as s
from domain.commands import evolve, initial
from domain.example.way import by_day
from domain.folds.mended import mends
from domain.folds.order import happened_by, in_order
from domain.message import Recorded, StreamKind, kind_of, stream_id
from domain.replay.differing import Difference, differences
from domain.replay.walking import walked
from domain.steps.handling import State
from tests.unit.domain.conftest import House


@pytest.fixture
def lived(house: House) -> House:
    """A whole way, with an entry made late and one retracted."""
    house.walk(by_day((*house.way.steps(), *house.way.detours())))
    late = s.AddNote(occurred_on=house.way.begins + timedelta(days=9), text="Found on paper.")
    house.take(late)
    house.take(
        s.RetractEntry(
            occurred_on=house.paper.today,
            entry_number=house.paper.of(case_of(house))[-1].envelope.version,
            explanation="Of somebody else.",
        ),
        house.coordinator,
    )
    return house


def case_of(house: House) -> str:
    return stream_id(StreamKind.CASE, house.case_id)


def come_to(stream: str, events: list[Recorded]) -> State:
    kind = kind_of(stream)
    state = initial(kind)
    by_day = kind in (StreamKind.CASE, StreamKind.BENEFICIARY)
    for each in in_order(events, by_day=by_day):
        state = evolve(kind, state, each.event, each.envelope)
    return state


def test_after_each_entry_stands_what_was_known_by_it(lived: House) -> None:
    for stream in {each.envelope.stream for each in lived.paper.events}:
        events = lived.paper.of(stream)
        turns = list(walked(stream, events))
        assert [each.recorded for each in turns] == events
        for number, turn in enumerate(turns, start=1):
            assert turn.after == come_to(stream, events[:number])
            assert turn.before == come_to(stream, events[: number - 1])


def test_a_page_is_told_as_the_whole_is(lived: House) -> None:
    events = lived.paper.of(case_of(lived))
    whole = list(walked(case_of(lived), events))
    assert list(walked(case_of(lived), events, after=7)) == whole[7:]


def test_as_of_a_day_an_entry_of_a_later_day_changes_nothing(lived: House) -> None:
    stream, events = case_of(lived), lived.paper.of(case_of(lived))
    for days in (-1, 0, 40, 400):
        day = lived.way.begins + timedelta(days=days)
        turns = list(walked(stream, events, day=day))
        assert turns[-1].after == come_to(stream, happened_by(events, day))
        for turn in turns:
            if turn.recorded.envelope.occurred_on > day and not mends(turn.recorded):
                assert turn.after == turn.before


def test_what_differs_is_told_field_by_field(lived: House) -> None:
    stream, events = case_of(lived), lived.paper.of(case_of(lived))
    opened = next(walked(stream, events))
    told = {each.path: each for each in differences(opened.before, opened.after, _nothing)}
    assert told["reference",] == Difference(("reference",), "", opened.after.reference)  # type: ignore[attr-defined]
    assert ("version",) not in told
    assert ("opened", "on") in told, "a record is told by its fields"
    hidden = differences(opened.before, opened.after, lambda _: {"reference"})
    assert ("reference",) not in {each.path for each in hidden}


def test_of_the_same_nothing_differs(lived: House) -> None:
    events = lived.paper.of(case_of(lived))
    one, other = (come_to(case_of(lived), events) for _ in range(2))
    assert differences(one, other, _nothing) == []
    assert differences(None, one, _nothing), "from nothing to all of it"


def test_of_a_list_what_left_and_what_came_is_told() -> None:
    before, after = {"calls": ("a", "b", "c")}, {"calls": ("a", "x", "y", "c")}
    assert differences(before, after, _nothing) == [Difference(("calls",), ["b"], ["x", "y"])]
    sets = {"trades": frozenset("ab")}, {"trades": frozenset("bc")}
    assert differences(*sets, _nothing) == [Difference(("trades",), ["a"], ["c"])]


def _nothing(_: type) -> frozenset[str]:
    return frozenset()
