"""Who stands in for an absent colleague: named by whom, until when, and what ends it."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.case.steps import AddNote, AssignCaseworker, ConfirmCaseRequest, RetractEntry
from domain.errors import Refused
from domain.message import Actor, Role, Step, StreamKind, stream_id
from domain.staff.standing_in import steps as s
from domain.staff.standing_in.state import Delegation
from domain.staff.state import StaffState
from domain.staff.steps import RecordDeparture
from tests.support.paper import ADMINISTRATOR, DIRECTORY, ROOT
from tests.unit.domain.conftest import House, hire
from tests.unit.domain.keys import directory, give_key
from tests.unit.domain.test_two_people import EXEMPT

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


def as_known(office: Office, day: date = TODAY) -> Actor:
    """Who the colleague is on a day, by the directory: at the door and under the lock."""
    return office.staff.as_delegate(office.colleague, day)


def test_who_stands_in_for_a_coordinator_acts_as_one_between_its_days(office: Office) -> None:
    house = office.house
    house.walk(house.way.to_release())
    days = {"since": TODAY + DAY, "until": TODAY + 3 * DAY}
    office.take(office.name(staff_id=office.coordinator.id, **days), office.coordinator)
    roles = [as_known(office, TODAY + at * DAY).role for at in range(5)]
    assert roles == [Role.CASEWORKER, *[Role.COORDINATOR] * 3, Role.CASEWORKER]
    case = stream_id(StreamKind.CASE, house.case_id)
    give = AssignCaseworker(occurred_on=house.way.day(310), caseworker=office.colleague.id)
    with pytest.raises(Refused, match="not_allowed"):
        house.paper.take(case, give, as_known(office))
    house.paper.take(case, give, as_known(office, TODAY + DAY))
    assert house.case.caseworker == office.colleague.id
    assert house.paper.events[-1].envelope.actor.id == office.colleague.id


def test_who_stands_in_for_a_caseworker_or_is_elsewhere_since_is_what_they_were(
    office: Office,
) -> None:
    office.take(office.name(), office.absent)
    assert as_known(office) == office.colleague
    office.take(office.name(staff_id=office.coordinator.id), office.coordinator)
    moved = office.colleague.model_copy(update={"centre": "midelt"})
    assert office.staff.as_delegate(moved, TODAY) == moved
    office.take(RecordDeparture(occurred_on=TODAY, staff_id=office.coordinator.id), ADMINISTRATOR)
    assert as_known(office) == office.colleague


def test_what_they_began_in_their_own_post_goes_on_and_as_coordinator_ends_with_it(
    office: Office,
) -> None:
    """As a batch does, whose lines are taken as whoever started it was then."""
    own = give_key(office.house.paper, office.colleague)
    office.take(office.name(staff_id=office.coordinator.id), office.coordinator)
    acting = office.staff.as_delegate(own, TODAY)
    held = [
        [office.staff.holds(each, TODAY + after * DAY, AddNote) for after in (0, 11)]
        for each in (own, acting)
    ]
    assert held == [[True, True], [True, False]]
    ends = s.EndDelegation(occurred_on=TODAY, delegation_id=office.only().delegation_id)
    office.take(ends, office.coordinator)
    assert not office.staff.holds(acting, TODAY, AddNote)


def test_who_stands_in_names_nobody_in_turn_nor_themselves_for_longer(office: Office) -> None:
    office.take(office.name(staff_id=office.coordinator.id), office.coordinator)
    acting = as_known(office)
    later = {"since": TODAY + 11 * DAY, "until": TODAY + 90 * DAY}
    longer = office.name(staff_id=office.coordinator.id, **later)
    office.refused("delegation_of_another", longer, acting)
    office.refused("delegation_of_another", office.name(delegate=acting.id), acting)


@pytest.mark.parametrize("asks", ["coordinator", "absent"])
def test_who_stands_in_is_no_second_person_and_the_division_is(office: Office, asks: str) -> None:
    house = office.house
    house.walk(house.way.steps())
    office.take(office.name(staff_id=office.coordinator.id), office.coordinator)
    house.take(EXEMPT, getattr(office, asks))
    confirm = ConfirmCaseRequest(occurred_on=TODAY)
    case = stream_id(StreamKind.CASE, house.case_id)
    with pytest.raises(Refused, match="second_person_stands_in"):
        house.paper.take(case, confirm, as_known(office))
    house.take(confirm)


def test_a_delegate_mends_what_the_absent_entered_as_these_could(office: Office) -> None:
    house = office.house
    house.walk(house.way.to_release())
    note = AddNote(occurred_on=house.way.day(310), text="Came with her sister.")
    house.take(note, office.absent)
    number = house.case.version
    retract = RetractEntry(occurred_on=TODAY, entry_number=number, explanation="Of another person.")
    with pytest.raises(Refused, match="mended_by_coordinator"):
        house.take(retract, office.colleague)
    office.take(office.name(), office.absent)
    house.take(retract, office.colleague)


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
