"""What answering a reminder stops, and until when; and what it leaves as it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.case import steps as s
from domain.case.noticed.steps import AcknowledgeReminder, SnoozeReminder
from domain.case.reviews import (
    dues,
    fires_at,
    gone_out,
    is_missed,
    next_fire,
    outgoing,
    pending,
    rules_of,
)
from domain.case.schedule import Due, ReviewStatus
from domain.case.standing import standings
from domain.case.vocabulary import DeathKnownBy, NeedArea, NeedStatus
from domain.errors import Refused
from domain.message import TIMER, Actor, Role, Step, StreamKind, stream_id
from domain.values.calendar import local_date, local_instant
from tests.support.paper import NO_HOLIDAYS
from tests.unit.domain.conftest import House, hire
from tests.unit.domain.diamond import both_ways
from tests.unit.domain.test_reviews import at

DAY = timedelta(days=1)
KEY = "plan/1"
WHY = "Agreed with the family"


@pytest.fixture
def late(house: House) -> House:
    """A plan that is due since days, and was reminded of; everything was entered on its day."""
    house.paper.now = local_instant(house.way.begins - timedelta(days=700), 9)
    opening, *_ = house.way.steps()
    at(house, opening.occurred_on)
    house.take(opening)
    at(house, plan(house).due_on + 2 * DAY)
    remind_all(house)
    return house


def plan(house: House) -> Due:
    return next(each for each in dues(house.case, NO_HOLIDAYS) if each.key == KEY)


def going_out(house: House) -> list[tuple[str, date]]:
    """What is to come of the plan's reminders, by name and day."""
    return [
        (each.key, each.due_on)
        for each in pending(house.case, NO_HOLIDAYS)
        if each.key.endswith(KEY)
    ]


def remind_all(house: House) -> list[str]:
    """Record what is due by now, as a timer does."""
    name, now, found = str(house.case_id), house.paper.now, list[str]()
    for due in pending(house.case, NO_HOLIDAYS):
        if fires_at(due, rules_of(house.case), name) <= now:
            step = s.RecordReminder(
                occurred_on=local_date(now), review=due.key, due_on=due.due_on, at=now
            )
            house.take(step, TIMER)
            found.append(due.key)
    return found


def acknowledge(house: House, on: date | None = None, **more: object) -> AcknowledgeReminder:
    said = {"occurred_on": on or house.paper.today, "review": KEY, "explanation": WHY, **more}
    return AcknowledgeReminder.model_validate(said)


def snooze(house: House, days: int, on: date | None = None, **more: object) -> SnoozeReminder:
    day = on or house.paper.today
    said = {"occurred_on": day, "review": KEY, "explanation": WHY, "until": day + days * DAY}
    return SnoozeReminder.model_validate({**said, **more})


def refused(house: House, code: str, step: Step) -> Refused:
    with pytest.raises(Refused) as refusal:
        house.take(step)
    assert refusal.value.code == code
    return refusal.value


def test_what_is_acknowledged_goes_to_no_supervisor_and_stays_late(late: House) -> None:
    before = standings(late.case, NO_HOLIDAYS, late.paper.today)
    assert [key for key, _ in going_out(late)] == ["escalation/1/plan/1", "escalation/2/plan/1"]
    late.take(acknowledge(late))
    assert going_out(late) == []
    assert outgoing(plan(late), late.case, NO_HOLIDAYS) == (plan(late),)
    assert standings(late.case, NO_HOLIDAYS, late.paper.today) == before
    late.paper.now += timedelta(days=60)
    assert plan(late).status(late.paper.today) is ReviewStatus.OVERDUE
    assert KEY not in "".join(remind_all(late))


def test_an_acknowledgement_is_over_once_the_day_moves(late: House) -> None:
    late.take(acknowledge(late))
    today = late.paper.today
    late.take(s.PauseCase(occurred_on=today, until=today + 30 * DAY, explanation=WHY))
    again = plan(late).due_on
    assert again == NO_HOLIDAYS.on_or_after(today + 30 * DAY)
    names = [KEY, "escalation/1/plan/1", "escalation/2/plan/1"]
    assert [key for key, _ in going_out(late)] == names
    late.paper.now = local_instant(again, 12)
    late.take(acknowledge(late))
    remind_all(late)
    assert going_out(late) == []


def test_what_is_acknowledged_is_acknowledged_once(late: House) -> None:
    late.take(acknowledge(late))
    refused(late, "reminder_acknowledged", acknowledge(late))


def test_a_snooze_brings_the_reminder_again_and_counts_the_escalation_from_there(
    late: House,
) -> None:
    due = plan(late)
    late.take(snooze(late, 10))
    again = NO_HOLIDAYS.on_or_after(late.paper.today + 10 * DAY)
    days = [again, *(NO_HOLIDAYS.on_or_after(again + n * DAY) for n in (7, 21))]
    names = [KEY, "escalation/1/plan/1", "escalation/2/plan/1"]
    assert going_out(late) == list(zip(names, days, strict=True))
    assert plan(late) == due
    late.paper.now = local_instant(again - DAY, 23)
    assert remind_all(late) == []
    late.paper.now = local_instant(again, 12)
    assert remind_all(late) == [KEY]
    assert [key for key, _ in going_out(late)] == names[1:]
    late.take(snooze(late, 3))
    late.take(acknowledge(late))
    gone = {(each.key, each.due_on) for each in gone_out(due, late.case, NO_HOLIDAYS)}
    assert {(KEY, due.due_on), (KEY, again), (names[1], days[1])} < gone
    assert (KEY, late.case.reminders[KEY].due_on) in gone


def test_a_snooze_before_the_reminder_went_out_puts_it_off(late: House) -> None:
    """A worker that was away for days reminds of nothing that was put off meanwhile."""
    forgetful = replace(late.case, reminded=frozenset())
    late.paper.states[stream_id(StreamKind.CASE, late.case_id)] = forgetful
    late.take(snooze(late, 14))
    assert remind_all(late) == []


@pytest.mark.parametrize("days", [0, -3, 15, 400])
def test_a_snooze_lasts_from_a_day_to_fourteen(late: House, days: int) -> None:
    code = "snooze_too_long" if days > 0 else "date_before_earlier_step"
    refused(late, code, snooze(late, days))
    late.take(snooze(late, 14))


def test_it_is_put_off_twice_at_most(late: House) -> None:
    late.take(snooze(late, 14))
    late.take(snooze(late, 1))
    again = NO_HOLIDAYS.on_or_after(late.paper.today + DAY)
    assert going_out(late)[0] == (KEY, again)
    assert refused(late, "snoozed_enough", snooze(late, 3)).params["times"] == 2
    late.take(acknowledge(late))
    assert going_out(late) == [(KEY, again)]


def test_one_that_is_taken_back_counts_no_more(late: House) -> None:
    for days in (3, 5):
        late.take(snooze(late, days))
    last = late.case.version
    today = late.paper.today

    def taken_back(entry: int) -> Step:
        return s.RetractEntry(occurred_on=today, entry_number=entry, explanation=WHY)

    late.take(taken_back(last), late.caseworker)
    assert going_out(late)[0][1] == NO_HOLIDAYS.on_or_after(late.paper.today + 3 * DAY)
    late.take(snooze(late, 7))
    content = snooze(late, 9).model_dump(mode="json", exclude_none=True)
    corrected = s.Correction(entry_number=late.case.version, content=content)
    mended = s.CorrectEntries(occurred_on=today, entries=(corrected,), explanation=WHY)
    late.take(mended, late.caseworker)
    assert going_out(late)[0][1] == NO_HOLIDAYS.on_or_after(late.paper.today + 9 * DAY)
    late.take(acknowledge(late))
    late.take(taken_back(late.case.version), late.caseworker)
    assert len(going_out(late)) == 3


def test_a_snooze_told_late_is_missed_and_sends_nothing(late: House) -> None:
    long_ago = plan(late).due_on
    late.paper.now = local_instant(long_ago + 30 * DAY, 12)
    remind_all(late)
    late.take(snooze(late, 5, on=long_ago + DAY))
    again = outgoing(plan(late), late.case, NO_HOLIDAYS)[0]
    assert is_missed(again, rules_of(late.case), str(late.case_id))


def test_only_what_fell_due_is_answered(late: House) -> None:
    due = plan(late).due_on
    assert refused(late, "reminder_not_due", acknowledge(late, due - DAY)).params == {
        "earliest": str(due)
    }
    refused(late, "reminder_not_due", snooze(late, 5, due - DAY))
    refused(late, "review_not_outstanding", acknowledge(late, review="visit/1"))
    late.take(acknowledge(late, due, review="escalation/1/plan/1"))
    assert set(late.case.noticed) == {KEY}


@pytest.mark.parametrize("role", [Role.DIVISION, Role.AUDITOR, Role.ADMINISTRATOR, Role.TIMER])
def test_nobody_but_the_centre_answers(late: House, role: Role) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        late.take(acknowledge(late), Actor(id=late.caseworker.id, role=role))
    colleague = hire(late.paper, "caseworker-2", Role.CASEWORKER)
    late.take(acknowledge(late), colleague)


def test_of_a_closed_or_dead_ones_case_nothing_is_answered(late: House) -> None:
    late.take(acknowledge(late))
    late.take(s.RecordDeath(occurred_on=late.paper.today, known_by=DeathKnownBy.FAMILY))
    refused(late, "review_not_outstanding", snooze(late, 3))
    assert next_fire(late.case, str(late.case_id), NO_HOLIDAYS) is None


def test_the_next_instant_is_that_of_what_goes_out_next(late: House) -> None:
    for step in (snooze(late, 14), snooze(late, 6), acknowledge(late)):
        late.take(step)
        name, rules = str(late.case_id), rules_of(late.case)
        ahead = [fires_at(each, rules, name) for each in pending(late.case, NO_HOLIDAYS)]
        assert next_fire(late.case, name, NO_HOLIDAYS) == min(ahead)


def pairs(house: House) -> Iterator[tuple[Step, Step]]:
    today = house.paper.today
    pause = s.PauseCase(occurred_on=today - DAY, until=today + 20 * DAY, explanation=WHY)
    yield acknowledge(house, today - DAY), snooze(house, 5)
    yield snooze(house, 9, today - DAY), snooze(house, 2)
    yield snooze(house, 9, today - DAY), s.AddNote(occurred_on=today, text=WHY)
    yield s.AddNote(occurred_on=today - DAY, text=WHY), acknowledge(house)
    yield acknowledge(house, today - 2 * DAY), pause
    yield snooze(house, 5, today - 2 * DAY), pause
    needs = {NeedArea.HEALTH: NeedStatus.NO_NEED}
    assessed = s.AssessNeeds(occurred_on=today - DAY, areas=needs)
    yield acknowledge(house, today), assessed
    yield acknowledge(house, today - 2 * DAY), assessed


@pytest.mark.parametrize("which", range(8))
def test_the_order_of_entry_makes_no_difference(late: House, which: int) -> None:
    first, second = list(pairs(late))[which]
    pair = both_ways(late, first, second)
    assert pair is not None
    assert not pair.differs
