"""A cohort: planned, moved, called off; its places are a number that nothing passes."""

from datetime import date, timedelta
from uuid import UUID, uuid5

import pytest

from domain.cohort import steps as h
from domain.cohort.state import CohortState
from domain.errors import NotAllowed, Refused
from domain.example.cohort import plan_cohort
from domain.example.way import Way
from domain.message import Actor, Role, Step, StreamKind, stream_id
from tests.support.paper import DIVISION, ROOT
from tests.unit.domain.conftest import House, hire

DAY = timedelta(days=1)
PLANNED_ON = plan_cohort().occurred_on
STARTS, ENDS = plan_cohort().starts_on, plan_cohort().ends_on


def on_cohort(house: House, step: Step, actor: Actor | None = None) -> None:
    stream = stream_id(StreamKind.COHORT, house.way.cohort_id)
    house.paper.take(stream, step, actor or house.coordinator)


def planned(house: House, name: str, actor: Actor | None = None, **changes: object) -> UUID:
    cohort_id = uuid5(ROOT, name)
    step = plan_cohort().model_copy(update=changes)
    house.paper.take(stream_id(StreamKind.COHORT, cohort_id), step, actor or house.coordinator)
    return cohort_id


def cohort(house: House, cohort_id: UUID | None = None) -> CohortState:
    state = house.paper.state(stream_id(StreamKind.COHORT, cohort_id or house.way.cohort_id))
    assert isinstance(state, CohortState)
    return state


def move(starts: date = STARTS, ends: date = ENDS) -> h.MoveCohort:
    return h.MoveCohort(occurred_on=STARTS, starts_on=starts, ends_on=ends, explanation="Rain.")


def cancel() -> h.CancelCohort:
    return h.CancelCohort(occurred_on=STARTS, explanation="Too few came.")


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}$")


def test_a_cohort_belongs_to_the_centre_that_planned_it(house: House) -> None:
    state = cohort(house)
    assert (state.centre, state.shared, state.left) == (house.way.centre, False, state.places)
    assert state.takes_from(house.way.centre)
    assert not state.takes_from("ifrane")


def test_the_divisions_own_takes_people_of_every_centre(house: House) -> None:
    state = cohort(house, planned(house, "the division's", DIVISION))
    assert state.shared
    assert state.takes_from("ifrane")


def test_it_does_not_end_before_it_begins(house: House) -> None:
    with refused("date_before_earlier_step"):
        planned(house, "backwards", ends_on=STARTS - DAY)
    with refused("date_before_earlier_step"):
        on_cohort(house, move(starts=ENDS + DAY))


def test_its_days_are_those_told_last(house: House) -> None:
    on_cohort(house, move(STARTS + DAY, ENDS + DAY))
    assert (cohort(house).starts_on, cohort(house).ends_on) == (STARTS + DAY, ENDS + DAY)


@pytest.mark.parametrize(("last", "code"), [(cancel(), "cohort_cancelled")])
def test_nothing_more_is_done_with_one_that_was_called_off(
    house: House, last: Step, code: str
) -> None:
    on_cohort(house, last)
    for step in (move(), cancel(), h.EndCohort(occurred_on=ENDS)):
        with refused(code):
            on_cohort(house, step)


def test_it_ends_once_and_not_before_it_began(house: House) -> None:
    with refused("date_before_earlier_step"):
        on_cohort(house, h.EndCohort(occurred_on=STARTS - DAY))
    on_cohort(house, h.EndCohort(occurred_on=ENDS))
    assert cohort(house).ended
    with refused("cohort_ended"):
        on_cohort(house, h.EndCohort(occurred_on=ENDS))


def test_it_is_planned_once(house: House) -> None:
    with refused("cohort_already_planned"):
        on_cohort(house, plan_cohort())


def test_a_caseworker_plans_none_and_another_centre_changes_none(house: House) -> None:
    with pytest.raises(NotAllowed):
        on_cohort(house, cancel(), house.caseworker)
    house.paper.found(Way(centre="ifrane", province="ifrane"))
    with refused("other_centre"):
        on_cohort(house, cancel(), hire(house.paper, "ifrane-2", Role.COORDINATOR, "ifrane"))
    on_cohort(house, cancel(), DIVISION)
