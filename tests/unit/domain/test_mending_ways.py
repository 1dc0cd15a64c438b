"""Of every entry of a case it is said how it is mended: a new step cannot be forgotten."""

import pytest

from domain.case import events as c
from domain.case.custody.events import ReleaseRecorded
from domain.commands import HANDLINGS, STEPS
from domain.folds.mended import Mended
from domain.mending.ways import WAYS, Way, way_of
from domain.message import Event, StreamKind
from domain.steps.handling import Handling

NOT_BUILT = {
    "correct-own-part",
    "correct-receipt",
    "correct-recovery",
}
"""Steps that mend what moved money, and that are not there yet: their entries wait for them."""

ROWS = tuple(HANDLINGS.values())


def in_a_case(row: Handling) -> list[type[Event]]:
    return [
        each
        for each in row.makes
        if each.stream is StreamKind.CASE and not issubclass(each, Mended)
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.step.__name__)
def test_what_is_told_elsewhere_too_says_how_it_is_mended(row: Handling) -> None:
    told = in_a_case(row)
    alone = all(issubclass(each, Mended) or each.stream is StreamKind.CASE for each in row.makes)
    if row.kind is StreamKind.CASE and alone:
        return
    shared = {
        each for other in ROWS if other is not row and of_a_case(other) for each in in_a_case(other)
    }
    assert [each.__name__ for each in told if each not in WAYS and each not in shared] == []


def of_a_case(row: Handling) -> bool:
    """Whether it records in the case alone."""
    return row.kind is StreamKind.CASE and all(each.stream is StreamKind.CASE for each in row.makes)


def test_the_steps_that_mend_are_there_or_are_awaited() -> None:
    named = {
        step
        for way in WAYS.values()
        for text in (way.correct, way.retract)
        for step in text.split(",")
        if step
    }
    assert named - STEPS.keys() <= NOT_BUILT


def test_most_is_mended_by_the_fold_alone() -> None:
    assert way_of(c.ContactRecorded) == Way()
    assert way_of(ReleaseRecorded) == Way()
