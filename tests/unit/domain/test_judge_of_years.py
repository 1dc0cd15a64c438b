"""Who judges the ten years (`tests/years`) sees each wrong that a reminder can have."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from domain.case.events import ReminderRecorded
from domain.case.moment import Moment
from domain.case.noticed.state import Noticed, Snooze
from domain.case.steps import AgreePlan
from domain.case.vocabulary import Outcome
from domain.message import Recorded, name_of
from domain.values.calendar import local_instant
from tests.support.paper import NO_HOLIDAYS
from tests.unit.domain.conftest import House
from tests.years.judge import Judge, WrongError

HOUR = timedelta(hours=1)
SOMEBODY = UUID(int=5)


@dataclass
class Court:
    """A judge who knows what is planned in one case, and what comes first there."""

    house: House
    judge: Judge
    case: str
    review: str
    due_on: date
    at: datetime

    def hears(
        self, at: datetime, *, missed: bool = False, to: tuple[UUID, ...] = (SOMEBODY,)
    ) -> None:
        """The reminder was recorded then."""
        level = int(self.review.split("/")[1]) if self.review.startswith("escalation") else 0
        event = ReminderRecorded(
            review=self.review,
            due_on=self.due_on,
            fired_at=at,
            missed=missed,
            level=level,
            to=to,
        )
        like = self.house.paper.of(f"case/{self.case}")[0].envelope
        self.judge.hear([Recorded(like._replace(recorded_at=at), event)])


@pytest.fixture
def court(house: House) -> Court:
    house.paper.now = local_instant(house.way.step(AgreePlan).occurred_on, 9)
    house.walk(house.way.steps(), until=AgreePlan)
    stream = house.stream_of(house.way.step(AgreePlan))
    case, judge = name_of(stream), Judge(NO_HOLIDAYS)
    judge.changed(case, house.case, house.paper.now)
    known = judge.cases[case]
    known.fired |= {name: each.at for name, each in known.planned.items() if each.missed}
    at, (review, due_on) = min(
        (each.at, name) for name, each in known.planned.items() if not each.missed
    )
    return Court(house, judge, case, review, due_on, at)


def test_one_in_time_is_right_and_one_is_enough(court: Court) -> None:
    court.hears(court.at)
    with pytest.raises(WrongError, match="came before"):
        court.hears(court.at + timedelta(seconds=2))


def test_one_before_its_time_is_wrong(court: Court) -> None:
    with pytest.raises(WrongError, match="was to come at"):
        court.hears(court.at - timedelta(minutes=2))


def test_one_that_comes_hours_later_is_wrong_unless_nobody_was_there(court: Court) -> None:
    with pytest.raises(WrongError, match="was to come at"):
        court.hears(court.at + 2 * HOUR)
    court.judge.outage_ended = court.at + 2 * HOUR
    court.hears(court.at + 2 * HOUR)


def test_one_that_never_comes_is_lost(court: Court) -> None:
    court.judge.require_all_settled(court.at)
    with pytest.raises(WrongError, match="is lost"):
        court.judge.require_all_settled(court.at + HOUR)
    with pytest.raises(WrongError, match="is lost"):
        court.judge.changes(court.case, court.at + HOUR)


def test_one_that_nobody_planned_is_wrong(court: Court) -> None:
    court.due_on += timedelta(days=1)
    with pytest.raises(WrongError, match="was not planned"):
        court.hears(court.at + timedelta(days=1))


def test_one_after_closing_is_wrong(court: Court) -> None:
    closed = replace(court.house.case, outcome=Outcome.NEEDS_MET)
    court.judge.changed(court.case, closed, court.at - HOUR)
    with pytest.raises(WrongError, match="after the case was closed"):
        court.hears(court.at)


def test_one_that_says_it_was_known_too_late_and_was_not_is_wrong(court: Court) -> None:
    with pytest.raises(WrongError, match="says missed=True"):
        court.hears(court.at, missed=True)


def test_what_was_called_off_is_neither_lost_nor_may_come(court: Court) -> None:
    died = replace(court.house.case, died=Moment(court.house.paper.today, court.at - HOUR))
    court.judge.changed(court.case, died, court.at - HOUR)
    court.judge.require_all_settled(court.at + HOUR)
    with pytest.raises(WrongError, match="was not planned"):
        court.hears(court.at)


def test_one_that_goes_to_nobody_is_wrong(court: Court) -> None:
    with pytest.raises(WrongError, match="goes to nobody"):
        court.hears(court.at, to=())


def test_what_is_seen_to_goes_to_no_supervisor(court: Court) -> None:
    """What is put off comes again on that day, and the rest so much later."""
    known = court.judge.cases[court.case]
    review = next(name for name, _ in known.planned if not name.startswith("escalation"))
    day = max(on for name, on in known.planned if name == review)
    further = {name for name, _ in known.planned if name.endswith(review) and name != review}
    assert len(further) == 2
    late = Snooze(Moment(day, court.at), day + timedelta(days=100))
    for noticed, left in (
        (Noticed(Moment(day, court.at)), set()),
        (Noticed(None, (late,)), further),
    ):
        said = replace(court.house.case, noticed={review: noticed})
        court.judge.changed(court.case, said, court.at)
        planned = court.judge.cases[court.case].planned
        assert {name for name, _ in planned if name.endswith(review)} == {review} | left
        if left:
            assert min(on for name, on in planned if name.endswith(review)) >= late.until
