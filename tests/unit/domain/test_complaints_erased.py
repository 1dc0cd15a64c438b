"""An erasure takes what complaints say of the person, and of nobody else."""

from datetime import date
from uuid import UUID

import pytest

from domain.case.steps import CloseCase
from domain.case.vocabulary import Outcome
from domain.complaint.steps import RedirectComplaint
from domain.errors import Refused
from domain.message import Actor, Role
from tests.unit.domain.conftest import House, hire
from tests.unit.domain.test_complaints import LATER, Desk
from tests.unit.domain.test_erasure import erased
from tests.unit.domain.test_merging import OTHER_CASE, Twice, registered_twice

OURS, THEIRS, NONE = "ours", "theirs", "none"


@pytest.fixture
def two(house: House) -> tuple[Desk, Twice]:
    """A desk of complaints, and two registrations, each with an open case."""
    both = registered_twice(house)
    for each in (both.house, both.second):
        each.walk(each.way.steps()[:1])
    hire(house.paper, "division", Role.DIVISION, None)
    return Desk(house, _hired(house, "second-caseworker"), _of_division(house)), both


def _hired(house: House, label: str) -> Actor:
    return hire(house.paper, label, Role.CASEWORKER, "taza")


def _of_division(house: House) -> Actor:
    return hire(house.paper, "division-of-complaints", Role.DIVISION, None)


def told(desk: Desk, *about: str) -> UUID:
    """A complaint that was said to be about these one after the other."""
    cases = {OURS: desk.house.case_id, THEIRS: OTHER_CASE, NONE: None}
    complaint = desk.file(".".join(about), case_id=cases[about[0]], name="Amina")
    for each in about[1:]:
        step = RedirectComplaint(occurred_on=LATER, case_id=cases[each], explanation="Not that.")
        desk.take(complaint, step, desk.second)
    return complaint


def end(house: House) -> None:
    house.take(CloseCase(occurred_on=LATER, outcome=Outcome.LEFT_COUNTRY))


def gone(desk: Desk, complaint: UUID) -> bool:
    state = desk.state(complaint)
    assert state.erased is (state.words is None) is (state.name is None) is not state.is_open
    return state.erased


@pytest.mark.parametrize(
    ("about", "goes"),
    [
        ((OURS,), True),
        ((THEIRS,), False),
        ((NONE,), False),
        ((OURS, THEIRS), False),
        ((THEIRS, OURS), True),
        ((NONE, OURS), True),
        ((OURS, NONE), True),
        ((OURS, THEIRS, NONE), False),
        ((OURS, THEIRS, OURS), True),
        ((THEIRS, OURS, NONE), True),
    ],
)
def test_it_goes_with_the_last_whose_case_it_was_about(
    two: tuple[Desk, Twice], about: tuple[str, ...], *, goes: bool
) -> None:
    desk, both = two
    complaint = told(desk, *about)
    end(both.house)
    erased(both.house)
    assert gone(desk, complaint) is goes


def test_it_goes_with_whoever_was_merged_and_not_once_they_were_parted(
    two: tuple[Desk, Twice],
) -> None:
    desk, both = two
    complaint = told(desk, OURS, THEIRS)
    for each in (both.house, both.second):
        end(each)
    both.merge(None)
    copied = Desk(
        House(**{**vars(both.house), "paper": both.house.paper.copy()}), desk.second, desk.division
    )
    erased(copied.house)
    assert gone(copied, complaint)
    both.part()
    erased(both.house)
    assert not gone(desk, complaint)


def test_none_is_filed_about_a_case_whose_person_is_erased(two: tuple[Desk, Twice]) -> None:
    desk, both = two
    other = told(desk, THEIRS)
    end(both.house)
    erased(both.house)
    with pytest.raises(Refused, match="erased"):
        desk.file("late", case_id=both.house.case_id)
    about = RedirectComplaint(
        occurred_on=date(2026, 3, 2), case_id=both.house.case_id, explanation="Theirs."
    )
    assert desk.refused(other, about, desk.second) == "erased"
