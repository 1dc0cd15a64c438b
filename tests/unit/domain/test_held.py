"""Which reviews were held: completed, late, missed; and what counts as being with the person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.case import steps as s
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import DetentionKind, ReleaseKind
from domain.case.reviews import dues
from domain.case.schedule import Due, ReviewKind, ReviewStatus
from domain.case.standing import Standing, standings
from domain.case.vocabulary import Channel, ContactOutcome, Route
from domain.errors import Refused
from domain.message import Step
from domain.project.vocabulary import ProjectCondition
from domain.tracks.self_employment import steps as ts
from domain.values.calendar import local_instant
from tests.unit.domain.conftest import House

Status = ReviewStatus


@pytest.fixture
def early(house: House) -> House:
    """Before the example begins: each step is taken on its day."""
    house.paper.now = local_instant(house.way.begins - timedelta(days=700), 9)
    return house


def live(house: House, *steps: Step) -> None:
    for step in steps:
        is_day(house, step.occurred_on)
        house.take(step)


def is_day(house: House, day: date) -> None:
    house.paper.now = max(local_instant(day, 10), house.paper.now)


def standing(house: House, key: str) -> Standing:
    all_of_them = standings(house.case, house.paper.calendar, house.paper.today)
    return next(each for each in all_of_them if each.due.key == key)


def kinds_due(house: House) -> set[ReviewKind]:
    return {due.kind for due in dues(house.case, house.paper.calendar)}


def visit(day: date, review: str | None = None) -> ts.RecordVisit:
    return ts.RecordVisit(occurred_on=day, review=review, project=ProjectCondition.RUNNING)


def contact(
    day: date,
    outcome: ContactOutcome = ContactOutcome.REACHED,
    channel: Channel = Channel.AT_CENTRE,
) -> s.RecordContact:
    return s.RecordContact(occurred_on=day, channel=channel, outcome=outcome)


def test_a_visit_inside_a_window_completes_it_unnamed_and_those_before_are_missed(
    early: House,
) -> None:
    live(early, *early.way.steps())
    live(early, visit(early.way.visit_due(3) + timedelta(days=4)))
    assert standing(early, "visit/1").status is Status.MISSED
    held = standing(early, "visit/3")
    assert (held.status, held.days_late) == (Status.COMPLETED, 0)
    assert held.held_on == early.way.visit_due(3) + timedelta(days=4)
    assert standing(early, "visit/6").status is Status.SCHEDULED


def test_a_visit_between_two_windows_completes_none_unless_named(early: House) -> None:
    live(early, *early.way.steps())
    between = early.way.visit_due(1) + timedelta(days=25)
    live(early, visit(between))
    assert standing(early, "visit/1").status is Status.OVERDUE
    live(early, visit(between + timedelta(days=1), "visit/1"))
    held = standing(early, "visit/1")
    late = between + timedelta(days=1) - held.due.window_end
    assert (held.status, held.days_late) == (Status.COMPLETED, late.days)
    assert held.days_late > 0


def test_a_later_visit_leaves_no_room_for_an_earlier_one_but_a_late_entry_does(
    early: House,
) -> None:
    live(early, *early.way.steps())
    third = early.way.visit_due(3)
    live(early, visit(third))
    with pytest.raises(Refused, match="review_not_outstanding"):
        early.take(visit(third, "visit/1"))
    early.take(visit(early.way.visit_due(1), "visit/1"))
    assert standing(early, "visit/1").status is Status.COMPLETED
    assert standing(early, "visit/1").days_late == 0


def test_two_visits_in_one_window_complete_one_review(early: House) -> None:
    live(early, *early.way.steps())
    first = early.way.visit_due(1)
    live(early, visit(first), visit(first + timedelta(days=2)))
    assert standing(early, "visit/1").held_on == first
    assert standing(early, "visit/3").status is Status.SCHEDULED


def test_visits_whose_window_closed_before_the_delivery_was_known_are_missed(
    house: House,
) -> None:
    """Entered today, all of it long ago: nothing is overdue but what is to be done still."""
    house.paper.now = local_instant(house.way.visit_due(6), 9)
    house.walk(house.way.steps())
    stands = [standing(house, f"visit/{months}").status for months in (1, 3, 6, 9)]
    assert stands == [Status.MISSED, Status.MISSED, Status.DUE, Status.SCHEDULED]


def test_a_case_entered_twenty_days_before_release_has_nothing_overdue(early: House) -> None:
    house, way = early, early.way
    is_day(house, way.released_on - timedelta(days=20))
    house.walk(way.to_release(), until=s.RecordEducation)
    on_day_one = [due.status(house.paper.today) for due in dues(house.case, house.paper.calendar)]
    assert Status.OVERDUE not in on_day_one
    found = [standing(house, f"pre_release/{days}").status for days in (180, 90, 30)]
    assert found == [Status.MISSED, Status.MISSED, Status.DUE]


def test_a_review_held_stays_held_when_the_release_moves(early: House) -> None:
    house, way = early, early.way
    live(house, *way.to_release()[:4])
    due = next(d for d in dues(house.case, house.paper.calendar) if d.key == "pre_release/180")
    live(house, s.RecordPreReleaseReview(occurred_on=due.due_on))
    changed = custody.ChangeExpectedEnd(
        occurred_on=due.due_on + timedelta(days=3),
        expected_end=way.released_on + timedelta(days=40),
    )
    live(house, changed)
    held = standing(house, "pre_release/180")
    assert (held.status, held.days_late, held.held_on) == (Status.COMPLETED, 0, due.due_on)
    assert standing(house, "pre_release/90").due.due_on > way.released_on - timedelta(days=90)


def test_how_late_it_was_is_told_by_what_was_known_then(early: House) -> None:
    """A pardon that comes after brings the release nearer, and makes no review late."""
    house, way = early, early.way
    live(house, *way.to_release()[:4])
    due = next(d for d in dues(house.case, house.paper.calendar) if d.key == "pre_release/180")
    live(house, s.RecordPreReleaseReview(occurred_on=due.due_on, review="pre_release/180"))
    nearer = custody.ChangeExpectedEnd(
        occurred_on=due.due_on + timedelta(days=3),
        expected_end=way.released_on - timedelta(days=100),
    )
    live(house, nearer)
    assert standing(house, "pre_release/180").days_late == 0


@pytest.mark.parametrize(
    ("outcome", "channel", "counts"),
    [
        (ContactOutcome.REACHED, Channel.PHONE, True),
        (ContactOutcome.REACHED, Channel.MESSAGE, False),
        (ContactOutcome.THROUGH_RELATIVE, Channel.PHONE, False),
        (ContactOutcome.NO_ANSWER, Channel.HOME_VISIT, False),
    ],
)
def test_a_message_or_a_relative_is_no_contact(
    early: House, outcome: ContactOutcome, channel: Channel, *, counts: bool
) -> None:
    house = early
    live(house, *house.way.to_release()[:-1])
    live(house, contact(house.way.day(302), outcome, channel))
    assert (ReviewKind.FIRST_CONTACT not in kinds_due(house)) is counts


def test_the_last_contact_is_the_latest_by_day_whenever_it_is_entered(early: House) -> None:
    house, way = early, early.way
    live(house, *way.to_release())
    live(house, contact(way.day(340)))
    is_day(house, way.day(345))
    before = days_due(house)
    house.take(contact(way.day(310)))
    assert days_due(house) == before


def days_due(house: House) -> list[Due]:
    """Without their names: what follows a meeting is numbered by the meetings before it."""
    return [replace(due, key="") for due in dues(house.case, house.paper.calendar)]


def test_a_visit_in_prison_entered_after_the_release_is_not_the_first_contact(
    early: House,
) -> None:
    house, way = early, early.way
    live(house, *way.to_release()[:-1])
    house.take(contact(way.day(250), channel=Channel.VISIT_IN_PRISON))
    assert ReviewKind.FIRST_CONTACT in kinds_due(house)


def test_whoever_comes_after_the_release_is_met_by_the_opening(early: House) -> None:
    house, way = early, early.way
    opening, *_ = way.to_release()
    live(house, opening.model_copy(update={"route": Route.AFTER_RELEASE}))
    released = way.begins - timedelta(days=30)
    live(house, custody.RecordRelease(occurred_on=released, release=ReleaseKind.END_OF_SENTENCE))
    assert ReviewKind.FIRST_CONTACT not in kinds_due(house)
    assert ReviewKind.CONTACT in kinds_due(house)


def test_a_person_met_at_every_step_has_no_first_contact_overdue(early: House) -> None:
    house, way = early, early.way
    without = [step for step in way.steps() if not isinstance(step, s.RecordContact)]
    live(house, *without)
    live(house, visit(way.visit_due(1)))
    assert ReviewKind.FIRST_CONTACT not in kinds_due(house)
    assert standing(house, "first_contact/1").status is Status.COMPLETED
    assert standing(house, "first_contact/1").days_late > 0, "the undertaking was the first"


def test_a_handover_to_a_proxy_is_no_contact(early: House) -> None:
    house, way = early, early.way
    live(house, *(step for step in way.steps() if not isinstance(step, ts.ConfirmDelivery)))
    met, handover = house.case.last_contact, way.step(ts.ConfirmDelivery)
    by_proxy = {"received_by": "proxy", "proxy": "Her brother, by a written word of hers."}
    live(house, type(handover).model_validate(handover.model_dump() | by_proxy))
    assert house.case.last_contact == met


def test_what_had_to_be_done_before_the_case_knew_is_due_on_that_day(early: House) -> None:
    """The release is entered a month late: the first contact is due, not overdue."""
    house, way = early, early.way
    live(house, *way.to_release()[:-2])
    is_day(house, way.day(330))
    house.take(way.step(custody.RecordRelease))
    assert standing(house, "first_contact/1").status is Status.DUE
    house.paper.pass_days(1)
    assert standing(house, "first_contact/1").status is Status.OVERDUE


def test_a_plan_is_due_thirty_days_after_an_opening_inside(early: House) -> None:
    house = early
    live(house, *house.way.to_release()[:4])
    plan = standing(house, "plan/1").due
    assert plan.due_on == house.paper.calendar.on_or_after(house.way.day(30))


def test_a_review_that_was_overdue_is_not_missed_because_the_release_moves(early: House) -> None:
    """Moved by little, what nobody held stays overdue; what a far nearer end closes is missed."""
    house, way = early, early.way
    live(house, *way.to_release()[:1])
    end = way.day(400)
    begun = custody.BeginDetention(
        occurred_on=way.day(5), kind=DetentionKind.SENTENCE, expected_end=end
    )
    live(house, begun)
    is_day(house, end - timedelta(days=150))
    key = f"{ReviewKind.PRE_RELEASE}/180"
    assert standing(house, key).status is Status.OVERDUE
    live(house, custody.ChangeExpectedEnd(occurred_on=house.paper.today, expected_end=end - WEEK))
    assert standing(house, key).status is Status.OVERDUE
    nearer = custody.ChangeExpectedEnd(
        occurred_on=house.paper.today, expected_end=house.paper.today + timedelta(days=40)
    )
    live(house, nearer)
    assert standing(house, key).status is Status.OVERDUE
    assert standing(house, f"{ReviewKind.PRE_RELEASE}/90").status is Status.MISSED


WEEK = timedelta(days=7)
