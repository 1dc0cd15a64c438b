"""What puts a review off: an exemption with an end, a pause; and that neither stops recording."""

from datetime import date, timedelta

import pytest

from domain.case import steps as s
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import ReleaseKind
from domain.case.events import CasePaused, PauseRenewalRequested, PauseRequested
from domain.case.reviews import dues, next_fire
from domain.case.schedule import ReviewKind, ReviewStatus
from domain.errors import NotAllowed, Refused
from domain.rules import ExemptionReason
from domain.values.calendar import local_instant
from tests.unit.domain.conftest import House
from tests.unit.domain.test_held import contact, early, is_day, live, standing, visit

__all__ = ["early"]
Status = ReviewStatus


def paused(house: House, on: date, days: int = 60) -> date:
    """Pause it as two people do where there are visits; gives the day on which it ends."""
    is_day(house, on)
    step = s.PauseCase(occurred_on=on, until=on + timedelta(days=days), explanation="In hospital.")
    if house.case.handed_over_first:
        house.by_two(step)
    else:
        house.take(step)
    return step.until


def asked_for(house: House, on: date) -> set[str]:
    found = dues(house.case, house.paper.calendar)
    return {due.key for due in found if due.status(on) is not Status.SCHEDULED}


@pytest.fixture
def delivered(early: House) -> House:
    live(early, *early.way.steps())
    return early


def test_nothing_is_due_in_a_pause_and_after_it_all_of_it_is(delivered: House) -> None:
    house, begins = delivered, delivered.way.visit_due(1) - timedelta(days=5)
    ends = paused(house, begins)
    for day in (begins, ends - timedelta(days=1)):
        assert asked_for(house, day) == set()
    assert "visit/1" in asked_for(house, ends)
    due = standing(house, "visit/1").due
    assert due.due_on == house.paper.calendar.on_or_after(ends)
    assert due.window_end >= ends + timedelta(days=5)
    fires = next_fire(house.case, str(house.case_id), house.paper.calendar)
    assert fires is not None
    assert fires >= local_instant(ends, 8)


def test_a_pause_ends_by_itself_and_may_be_ended_before(delivered: House) -> None:
    house, begins = delivered, delivered.way.visit_due(1) - timedelta(days=5)
    ends = paused(house, begins)
    assert house.case.pause_on(ends - timedelta(days=1)) is not None
    assert house.case.pause_on(ends) is None
    is_day(house, begins + timedelta(days=20))
    house.take(s.ResumeCase(occurred_on=house.paper.today))
    assert house.case.pause_on(house.paper.today) is None
    assert "visit/1" in asked_for(house, house.paper.today)
    with pytest.raises(Refused, match="case_not_paused"):
        house.take(s.ResumeCase(occurred_on=house.paper.today))


def test_everything_can_be_recorded_in_a_pause(early: House) -> None:
    """A release, a contact, an order: the pause stops reviews and nothing else."""
    house, way = early, early.way
    live(house, *way.to_release()[:-2])
    paused(house, way.day(290), 90)
    live(house, *way.steps()[len(way.to_release()) - 2 :])
    assert house.case.handed_over_first == way.delivered_on


def test_a_release_in_a_pause_asks_for_the_first_contact_after_it(early: House) -> None:
    house, way = early, early.way
    live(house, *way.to_release()[:-2])
    ends = paused(house, way.day(290), 40)
    live(
        house, custody.RecordRelease(occurred_on=way.day(300), release=ReleaseKind.END_OF_SENTENCE)
    )
    assert asked_for(house, ends - timedelta(days=1)) == set()
    assert "first_contact/1" in asked_for(house, ends)


def test_a_visit_made_in_a_pause_completes_its_review(delivered: House) -> None:
    house, due = delivered, delivered.way.visit_due(1)
    paused(house, due - timedelta(days=5))
    live(house, visit(due))
    assert standing(house, "visit/1").status is Status.COMPLETED
    assert standing(house, "visit/1").days_late == 0


def test_what_was_overdue_before_a_pause_is_so_again_the_day_after_it(delivered: House) -> None:
    house = delivered
    ends = paused(house, delivered.way.visit_due(1) + timedelta(days=30))
    overdue = standing(house, "visit/1").due
    assert overdue.status(ends - timedelta(days=1)) is Status.SCHEDULED
    assert overdue.status(overdue.due_on) is Status.DUE
    assert overdue.status(overdue.due_on + timedelta(days=1)) is Status.OVERDUE


def test_a_pause_is_looked_at_again_within_ninety_days(delivered: House) -> None:
    with pytest.raises(Refused, match="pause_too_long"):
        paused(delivered, delivered.way.visit_due(1), 91)
    with pytest.raises(Refused, match="date_before_earlier_step"):
        paused(delivered, delivered.way.visit_due(1), 0)


def test_the_coordinator_renews_a_pause_and_after_a_delivery_a_second_person_confirms(
    delivered: House,
) -> None:
    house, begins = delivered, delivered.way.visit_due(1) - timedelta(days=5)
    ends = paused(house, begins)
    is_day(house, ends - timedelta(days=2))
    renewed = s.RenewPause(
        occurred_on=house.paper.today,
        until=house.paper.today + timedelta(days=90),
        explanation="Not well yet.",
    )
    with pytest.raises(NotAllowed):
        house.take(renewed, house.caseworker)
    (asked,) = house.take(renewed, house.coordinator)
    assert isinstance(asked, PauseRenewalRequested)
    house.take(s.ConfirmCaseRequest(occurred_on=house.paper.today))
    assert house.case.pause_on(renewed.until - timedelta(days=1)) is not None


def test_a_pause_that_ended_by_itself_is_begun_again_not_renewed(early: House) -> None:
    house, way = early, early.way
    live(house, *way.to_release())
    ends = paused(house, way.day(310), 20)
    is_day(house, ends)
    until = ends + timedelta(days=20)
    renewal = s.RenewPause(occurred_on=ends, until=until, explanation="Away again.")
    with pytest.raises(Refused, match="case_not_paused"):
        house.take(renewal, house.coordinator)
    pause = s.PauseCase(occurred_on=ends, until=until, explanation="Away again.")
    (begun,) = house.take(pause)
    assert isinstance(begun, CasePaused)
    with pytest.raises(Refused, match="case_paused"):
        house.take(pause)


def test_a_pause_of_visits_takes_two_and_so_does_every_exemption_from_one(
    delivered: House,
) -> None:
    house, today = delivered, delivered.way.visit_due(1)
    is_day(house, today)
    pause = s.PauseCase(occurred_on=today, until=today + timedelta(days=9), explanation="p")
    (asked,) = house.take(pause)
    assert isinstance(asked, PauseRequested)
    before = dues(house.case, house.paper.calendar)
    for months in (1, 3, 6, 9, 12, 18, 24):
        exempt = s.ExemptReview(
            occurred_on=today, review=f"visit/{months}", because=ExemptionReason.OTHER
        )
        house.take(exempt)
    assert dues(house.case, house.paper.calendar) == before
    assert house.case.exemptions == {}


def exempted(house: House, until: date | None, because: ExemptionReason) -> None:
    step = s.ExemptReview(
        occurred_on=house.paper.today, review="visit/1", because=because, until=until
    )
    house.by_two(step)


@pytest.mark.parametrize(
    ("because", "days"), [(ExemptionReason.NO_VEHICLE, 5), (ExemptionReason.HEALTH, 10)]
)
def test_an_exemption_ends_by_itself_and_gives_days_to_prepare(
    delivered: House, because: ExemptionReason, days: int
) -> None:
    house, today = delivered, delivered.way.visit_due(1)
    is_day(house, today)
    until = today + timedelta(days=30)
    exempted(house, until, because)
    assert standing(house, "visit/1").status is Status.EXEMPT
    assert asked_for(house, until - timedelta(days=1)) == set()
    is_day(house, until)
    due = standing(house, "visit/1")
    assert due.status is Status.DUE
    expected = house.paper.calendar.on_or_after(until + timedelta(days=days))
    assert due.due.due_on == due.due.window_end == expected


def test_an_exemption_of_what_was_overdue_gives_no_days(delivered: House) -> None:
    house, today = delivered, delivered.way.visit_due(1) + timedelta(days=30)
    is_day(house, today)
    until = today + timedelta(days=30)
    exempted(house, until, ExemptionReason.HEALTH)
    again = house.paper.calendar.on_or_after(until)
    assert standing(house, "visit/1").due.due_on == again
    is_day(house, again + timedelta(days=1))
    assert standing(house, "visit/1").status is Status.OVERDUE


def test_an_attempt_leaves_a_visit_due(delivered: House) -> None:
    house, today = delivered, delivered.way.visit_due(1)
    live(house, s.RecordAttemptedVisit(occurred_on=today, note="Nobody home."))
    assert standing(house, "visit/1").status is Status.DUE
    assert house.case.attempts_since == (today,)


def test_a_moved_release_gives_a_new_reminder_and_a_held_review_none(early: House) -> None:
    house, way = early, early.way
    live(house, *way.to_release()[:4])
    (first,) = (d for d in dues(house.case, house.paper.calendar) if d.key == "pre_release/180")
    live(house, s.RecordPreReleaseReview(occurred_on=first.due_on))
    moved = custody.ChangeExpectedEnd(
        occurred_on=first.due_on + timedelta(days=1),
        expected_end=way.released_on + timedelta(days=7),
    )
    live(house, moved)
    left = [d.key for d in dues(house.case, house.paper.calendar) if "pre_release" in d.key]
    assert left == ["pre_release/90", "pre_release/30"]


def test_a_contact_entered_late_turns_nobody_overdue(early: House) -> None:
    house, way = early, early.way
    live(house, *way.to_release())
    today = way.day(400)
    is_day(house, today)
    house.take(contact(today - timedelta(days=5)))
    house.take(contact(today - timedelta(days=90)))
    kinds = {ReviewKind.CONTACT, ReviewKind.SILENCE}
    found = [due for due in dues(house.case, house.paper.calendar) if due.kind in kinds]
    assert Status.OVERDUE not in {due.status(today) for due in found}
    assert len(found) == len(kinds)
