"""Who stands in for an absent colleague: named by whom, until when, and what ends it."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.case.steps import AssignCaseworker
from domain.errors import Refused
from domain.message import Actor, Role, Step, StreamKind, stream_id
from domain.staff.standing_in import steps as s
from domain.staff.standing_in.state import Delegation
from domain.staff.state import StaffState
from domain.staff.steps import RecordDeparture
from tests.support.paper import ADMINISTRATOR, DIRECTORY, ROOT
from tests.unit.domain.conftest import House, hire
from tests.unit.domain.keys import directory

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


class Office:
    """A caseworker, a colleague and their coordinator."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.absent, self.coordinator = house.caseworker, house.coordinator
        self.colleague = hire(house.paper, "caseworker-2", Role.CASEWORKER)

    @property
    def staff(self) -> StaffState:
        return directory(self.house.paper)

    def take(self, step: Step, actor: Actor) -> None:
        self.house.paper.take(DIRECTORY, step, actor)

    def refused(self, code: str, step: Step, actor: Actor) -> None:
        with pytest.raises(Refused) as refusal:
            self.take(step, actor)
        assert refusal.value.code == code

    def name(self, **more: object) -> s.NameDelegate:
        said = {"staff_id": self.absent.id, "delegate": self.colleague.id, "occurred_on": TODAY}
        days = {"since": TODAY, "until": TODAY + 10 * DAY}
        return s.NameDelegate.model_validate({**said, **days, **more})

    def only(self) -> Delegation:
        (one,) = self.staff.delegations.values()
        return one


@pytest.fixture
def office(house: House) -> Office:
    return Office(house)


def test_it_holds_from_its_first_day_to_its_last(office: Office) -> None:
    office.take(office.name(since=TODAY + DAY, until=TODAY + 3 * DAY), office.absent)
    stands = [office.staff.absent_for(office.colleague.id, TODAY + days * DAY) for days in range(5)]
    assert stands == [(), *[(office.absent.id,)] * 3, ()]
    assert office.staff.absent_for(office.absent.id, TODAY + DAY) == ()


def test_everybody_names_their_own_and_the_coordinator_a_colleagues(office: Office) -> None:
    office.refused("delegation_of_another", office.name(), office.colleague)
    elsewhere = office.coordinator.model_copy(update={"centre": "midelt"})
    office.refused("other_centre", office.name(), elsewhere)
    office.take(office.name(), office.coordinator)
    ends = s.EndDelegation(occurred_on=TODAY, delegation_id=office.only().delegation_id)
    office.refused("other_centre", ends, elsewhere)
    office.take(ends, office.colleague)
    assert office.staff.absent_for(office.colleague.id, TODAY) == ()
    office.refused("delegation_over", ends, office.coordinator)
    unknown = ends.model_copy(update={"delegation_id": UUID(int=7)})
    office.refused("delegation_unknown", unknown, office.coordinator)


@pytest.mark.parametrize(
    "days",
    [
        {"occurred_on": date(2019, 1, 1)},
        {"since": TODAY - DAY},
        {"until": TODAY - DAY},
    ],
)
def test_its_days_follow_each_other(office: Office, days: dict[str, date]) -> None:
    office.refused("date_before_earlier_step", office.name(**days), office.absent)


def test_who_stands_in_is_there_and_of_the_same_centre(office: Office) -> None:
    office.refused("delegate_is_absent", office.name(delegate=office.absent.id), office.absent)
    office.refused("delegate_not_in_centre", office.name(delegate=ROOT), office.absent)
    office.take(office.name(), office.absent)
    office.refused("delegate_already_named", office.name(), office.coordinator)
    back = {"staff_id": office.colleague.id, "delegate": office.absent.id}
    office.refused("delegate_is_absent", office.name(**back), office.coordinator)
    away = {"staff_id": office.colleague.id, "delegate": office.coordinator.id}
    office.refused("absent_stands_in", office.name(**away), office.coordinator)
    later = {"since": TODAY + 11 * DAY, "until": TODAY + 12 * DAY}
    office.take(office.name(**away, **later), office.coordinator)


def test_it_gives_nobody_a_right_that_their_post_has_not(office: Office) -> None:
    house = office.house
    house.walk(house.way.to_release())
    office.take(office.name(staff_id=office.coordinator.id), office.coordinator)
    case = stream_id(StreamKind.CASE, house.case_id)
    give = AssignCaseworker(occurred_on=house.way.day(310), caseworker=office.colleague.id)
    with pytest.raises(Refused, match="not_allowed"):
        house.paper.take(case, give, office.colleague)


@pytest.mark.parametrize("leaver", ["absent", "colleague"])
def test_it_ends_with_whoever_leaves_and_nothing_is_given_to_them(
    office: Office, leaver: str
) -> None:
    house, gone = office.house, getattr(office, leaver)
    house.walk(house.way.to_release())
    office.take(office.name(), office.absent)
    office.take(RecordDeparture(occurred_on=TODAY, staff_id=gone.id), ADMINISTRATOR)
    assert office.staff.absent_for(office.colleague.id, TODAY) == ()
    give = AssignCaseworker(occurred_on=house.way.day(310), caseworker=gone.id)
    with pytest.raises(Refused, match="caseworker_not_in_centre"):
        house.take(give, office.coordinator)
    office.refused("staff_left", office.name(staff_id=gone.id), office.coordinator)
