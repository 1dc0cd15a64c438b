"""What is told of a reminder's life is what happened: planned, moved, recorded, done, cancelled."""

from collections import Counter
from datetime import timedelta

from domain.case.noticed.steps import AcknowledgeReminder, SnoozeReminder
from domain.case.reviews import next_fire
from domain.case.schedule import ReviewStatus
from domain.case.steps import AssessNeeds, RecordContact
from domain.events.veil import veiled
from domain.example.project import visit
from domain.message import ENCRYPTED, Event, Recorded, class_of
from domain.reminding.lives import Life
from domain.reminding.proving import FAULTS, Verdict
from domain.reminding.stretches import Turn
from domain.tracks.self_employment.events import VisitRecorded
from domain.tracks.self_employment.steps import ProposeProject
from domain.values.calendar import Calendar, local_instant
from tests.unit.domain.conftest import House
from tests.unit.domain.reminding.clockwork import Clockwork, walked
from tests.unit.domain.test_mending import entry, retract


def life(clock: Clockwork, review: str) -> Life:
    return next(each for each in clock.lives.lives if each.review == review)


def verdicts(clock: Clockwork, review: str) -> list[Verdict]:
    """Of its own reminder, and of those to the supervisors."""
    return [each.verdict for each in life(clock, review).proofs]


def test_on_a_way_that_is_lived_each_was_recorded_once_or_not_needed() -> None:
    clock = walked()
    clock.days(400)
    found = Counter(each.verdict for each in clock.lives.proofs)
    assert set(found) == {Verdict.RECORDED, Verdict.NOT_NEEDED, Verdict.AHEAD}
    assert found[Verdict.RECORDED] == len(clock.reminded)


def test_one_that_is_seen_to_in_time_needs_no_reminder_and_says_by_what() -> None:
    clock = walked()
    told = life(clock, "study/1")
    (stretch,) = told.stretches
    assert stretch.end is not None
    assert (stretch.since.step, stretch.end.by.step) == ("propose-project", "record-study")
    assert (stretch.end.turn, stretch.end.on) == (Turn.DONE, stretch.end.by.occurred_on)
    assert verdicts(clock, "study/1") == [Verdict.NOT_NEEDED] * 3


def test_a_visit_that_is_late_tells_its_reminders_and_how_late_it_was() -> None:
    clock = walked()
    late = clock.house.way.visit_due(1) + timedelta(days=25)
    clock.take(visit(clock.house.way, 1).model_copy(update={"occurred_on": late}))
    (stretch,) = life(clock, "visit/1").stretches
    end = stretch.end
    assert end is not None
    assert (end.turn, end.on) == (Turn.DONE, late)
    assert end.days_late == (late - stretch.plan.due.window_end).days > 0
    assert verdicts(clock, "visit/1") == [
        Verdict.RECORDED,
        Verdict.RECORDED,
        Verdict.NOT_NEEDED,
    ]


def test_what_is_retracted_stands_again_and_is_not_told_twice() -> None:
    clock = walked()
    day = clock.house.way.visit_due(1) + timedelta(days=3)
    clock.take(visit(clock.house.way, 1).model_copy(update={"occurred_on": day}))
    clock.days(2)
    retract(clock.house, entry(clock.house, VisitRecorded))
    clock.days(60)
    first, again = life(clock, "visit/1").stretches
    assert first.end is not None
    assert (first.end.turn, again.since.step) == (Turn.DONE, "retract-entry")
    assert verdicts(clock, "visit/1") == [Verdict.RECORDED] * 3
    assert not FAULTS & {each.verdict for each in clock.lives.proofs}


def test_what_nobody_recorded_is_lost_until_it_is_made_up_for() -> None:
    clock = walked()
    clock.works = False
    clock.until(clock.due_of("visit/1") + timedelta(hours=1))
    assert verdicts(clock, "visit/1")[0] is Verdict.AHEAD
    clock.until(clock.house.paper.now + timedelta(hours=2))
    assert verdicts(clock, "visit/1")[0] is Verdict.LOST
    clock.works = True
    clock.days(1)
    assert verdicts(clock, "visit/1")[0] is Verdict.RECORDED_LATE


def test_what_was_seen_to_while_nothing_worked_is_said_to_be_overtaken() -> None:
    clock = walked()
    clock.works = False
    day = clock.house.way.visit_due(1) + timedelta(days=3)
    clock.take(visit(clock.house.way, 1).model_copy(update={"occurred_on": day}))
    clock.works = True
    clock.days(1)
    assert verdicts(clock, "visit/1")[0] is Verdict.OVERTAKEN


def test_a_past_that_is_told_late_is_recorded_as_missed(house: House) -> None:
    house.paper.now = local_instant(house.way.visit_due(3) + timedelta(days=5), 9)
    house.walk(house.way.steps())
    clock = Clockwork(house)
    clock.days(1)
    assert verdicts(clock, "visit/3")[0] is Verdict.RECORDED_AS_MISSED
    missed = life(clock, "visit/1")
    assert (missed.status, missed.proofs) == (ReviewStatus.MISSED, ())


def test_a_meeting_told_late_gives_what_was_reminded_of_another_name_only() -> None:
    """What comes after each meeting is named by how many there were."""
    clock = walked(ProposeProject)
    clock.days(60)
    said = clock.house.way.step(RecordContact)
    assert verdicts(clock, "contact/7")[0] is Verdict.RECORDED
    clock.house.take(said.model_copy(update={"occurred_on": said.occurred_on - timedelta(days=1)}))
    assert verdicts(clock, "contact/8")[0] is Verdict.RECORDED
    assert not FAULTS & {each.verdict for each in clock.lives.proofs}


def test_a_reminder_of_the_day_before_the_holidays_were_known_says_so() -> None:
    clock = walked()
    clock.days(60)
    due = life(clock, "visit/1").due
    assert due is not None
    clock.house.paper.calendar = Calendar("later", frozenset({due.due_on}))
    assert verdicts(clock, "visit/1")[0] is Verdict.ANOTHER_CALENDAR
    assert not FAULTS & {each.verdict for each in clock.lives.proofs}


def test_one_recorded_though_nothing_called_for_it_is_a_fault() -> None:
    clock = walked(AssessNeeds)
    clock.days(100)
    assert clock.reminded
    forged = clock.forged(review="visit/99")
    assert [each.verdict for each in forged.proofs if each.key == "visit/99"] == [Verdict.UNPLANNED]
    twice = clock.forged()
    assert Verdict.TWICE in {each.verdict for each in twice.proofs}


def test_what_is_acknowledged_goes_no_further_and_says_so() -> None:
    clock = walked()
    clock.until(clock.due_of("visit/1") + timedelta(days=1))
    clock.house.take(
        AcknowledgeReminder(occurred_on=clock.today, review="visit/1", explanation="On Monday.")
    )
    clock.days(60)
    turns = [(each.turn, each.by.step) for each in life(clock, "visit/1").turns]
    assert turns[-1] == (Turn.ACKNOWLEDGED, "acknowledge-reminder")
    assert verdicts(clock, "visit/1") == [
        Verdict.RECORDED,
        Verdict.NOT_NEEDED,
        Verdict.NOT_NEEDED,
    ]
    assert clock.first_ahead() == next_fire(
        clock.house.case, clock.name, clock.house.paper.calendar
    )


def test_what_is_snoozed_comes_once_more_on_its_day() -> None:
    clock = walked()
    clock.until(clock.due_of("visit/1") + timedelta(days=1))
    until = clock.today + timedelta(days=10)
    clock.house.take(
        SnoozeReminder(occurred_on=clock.today, review="visit/1", until=until, explanation="Ill.")
    )
    clock.days(20)
    turns = [(each.turn, each.by.step) for each in life(clock, "visit/1").turns]
    assert turns[-1] == (Turn.MOVED, "snooze-reminder")
    assert verdicts(clock, "visit/1").count(Verdict.RECORDED) == 2
    assert not FAULTS & {each.verdict for each in clock.lives.proofs}


def test_of_an_erased_person_nothing_can_be_proved_and_nothing_is_a_fault() -> None:
    clock = walked()
    clock.days(60)
    read = [veiled(each) for each in clock.history]
    left = [Recorded(each.envelope, without_what_is_erased(each.event)) for each in read]
    told = clock.told(left)
    assert not told.is_readable
    assert not told.lives


def without_what_is_erased(event: Event) -> Event:
    own = [name for name in type(event).model_fields if class_of(type(event), name) in ENCRYPTED]
    return event.model_copy(update=dict.fromkeys(own))
