"""Time passes on paper, and reminders are recorded as the process engine would."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import uuid4

from domain.case.events import ReminderRecorded
from domain.case.reviews import fires_at, next_fire, pending, rules_of
from domain.case.steps import RecordReminder
from domain.message import TIMER, Actor, Recorded, Step, StreamKind, stream_id
from domain.reminding.lives import Lives, lives
from domain.reminding.proving import Verdict
from domain.values.calendar import local_instant
from tests.unit.domain.conftest import House, furnished


@dataclass
class Clockwork:
    """A house whose reminders go out on time."""

    house: House
    works: bool = True
    """Whether the process engine is at work."""

    def until(self, instant: datetime) -> None:
        """Let time pass, and record what falls due meanwhile."""
        paper = self.house.paper
        while self.works:
            due = next_fire(self.house.case, self.name, paper.calendar)
            if due is None or due > instant:
                break
            paper.now = max(paper.now, due)
            self.fire()
        paper.now = max(paper.now, instant)

    def fire(self) -> None:
        """Record all whose time has come."""
        paper, case = self.house.paper, self.house.case
        for due in pending(case, paper.calendar):
            if fires_at(due, rules_of(case), self.name) <= paper.now:
                step = RecordReminder(
                    occurred_on=paper.today, review=due.key, due_on=due.due_on, at=paper.now
                )
                self.house.take(step, TIMER)

    def days(self, days: int) -> None:
        self.until(self.house.paper.now + timedelta(days=days))

    def take(self, step: Step, actor: Actor | None = None) -> None:
        """On its own day, at ten."""
        self.until(local_instant(step.occurred_on, 10))
        self.house.take(step, actor)

    def walk(self, until: type[Step] | None = None) -> None:
        """The example's way, from well before it: what is known is known in time."""
        for step in self.house.way.steps():
            if until is not None and isinstance(step, until):
                return
            self.take(step)

    @property
    def name(self) -> str:
        return str(self.house.case_id)

    @property
    def today(self) -> date:
        return self.house.paper.today

    @property
    def history(self) -> list[Recorded]:
        return self.house.paper.of(stream_id(StreamKind.CASE, self.name))

    @property
    def lives(self) -> Lives:
        return self.told(self.history)

    def told(self, history: Sequence[Recorded]) -> Lives:
        paper = self.house.paper
        return lives(history, self.name, paper.calendar, paper.now)

    @property
    def reminded(self) -> list[Recorded]:
        return [each for each in self.history if isinstance(each.event, ReminderRecorded)]

    def forged(self, **said: Any) -> Lives:
        """As if the last reminder had been recorded once more, or another beside it."""
        last, end = self.reminded[-1], self.history[-1].envelope
        envelope = last.envelope._replace(
            version=end.version + 1, event_id=uuid4(), command_id=uuid4()
        )
        forged = Recorded(envelope, last.event.model_copy(update=said))
        return self.told([*self.history, forged])

    def due_of(self, review: str) -> datetime:
        """When its reminder goes out."""
        proofs = (each for each in self.lives.proofs if each.key == review)
        return next(each.fires_at for each in proofs if each.fires_at)

    def first_ahead(self) -> datetime | None:
        """When the first of what is still to go out does, by the lives."""
        ahead = (each for each in self.lives.proofs if each.verdict is Verdict.AHEAD)
        return min((each.fires_at for each in ahead if each.fires_at), default=None)


@cache
def _walked(until: type[Step] | None) -> House:
    house = furnished()
    house.paper.now = local_instant(house.way.begins - timedelta(days=700), 9)
    Clockwork(house).walk(until)
    return house


def walked(until: type[Step] | None = None) -> Clockwork:
    """The example's way up to a step, begun well before it: what is known of it is known in time."""
    house = _walked(until)
    return Clockwork(replace(house, paper=house.paper.copy()))
