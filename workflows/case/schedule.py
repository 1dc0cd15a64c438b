"""A case's place in time: its progress, and the reminders of reviews that fell due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from domain.case.steps import RecordReminder
from domain.message import TIMER, Command, Origin, OriginKind, StreamKind, derived_id, stream_id
from domain.values.calendar import Calendar, Calendars
from workflows.case.messages import Progress


class Due(Protocol):
    """A review that is to be held."""

    @property
    def key(self) -> str: ...
    @property
    def due_on(self) -> date: ...


class Reviews(Protocol):
    """What decides when reviews fall due: the module `domain.case.reviews`."""

    @property
    def rules_of(self) -> Callable[[Any], Any]:
        """The rules a case in this state goes by."""

    @property
    def pending(self) -> Callable[[Any, Calendar], Sequence[Any]]:
        """The reviews of which no reminder was recorded yet."""

    @property
    def fires_at(self) -> Callable[[Any, Any, str], datetime]:
        """The instant (UTC) of a review's reminder, by the rules, for the case of that name."""

    @property
    def next_fire(self) -> Callable[[Any, str, Calendar], datetime | None]:
        """The earliest of those instants."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The reviews of cases, by the calendar of the moment."""

    reviews: Reviews
    calendars: Calendars

    @property
    def calendar(self) -> Calendar:
        return self.calendars.current

    def progress(self, case_id: str, state: Any) -> Progress:
        """What the workflow must know of a case in `state`."""
        if not state.version:
            return Progress(version=0, is_open=False)
        due = self.reviews.next_fire(state, case_id, self.calendar) if state.is_open else None
        return Progress(
            version=state.version,
            is_open=state.is_open,
            next_due=due.isoformat() if due else None,
        )

    def reminders(
        self, case_id: str, state: Any, now: datetime, today: date, run: str | None
    ) -> list[Command]:
        """One command for each pending review whose instant has passed at `now`.

        The same review and due date always give the same command, so that a reminder is
        recorded once, whoever records it. `now` is the process engine's instant, `today` the
        ledger's day: a test may have years between them.
        """
        rules = self.reviews.rules_of(state)
        return [
            self._reminder(case_id, due, now, today, run)
            for due in self.reviews.pending(state, self.calendar)
            if self.reviews.fires_at(due, rules, case_id) <= now
        ]

    def _reminder(
        self, case_id: str, due: Due, now: datetime, today: date, run: str | None
    ) -> Command:
        return Command(
            id=derived_id(UUID(case_id), f"reminder/{due.key}/{due.due_on}"),
            target=stream_id(StreamKind.CASE, case_id),
            step=RecordReminder(occurred_on=today, review=due.key, due_on=due.due_on, at=now),
            actor=TIMER,
            origin=Origin(kind=OriginKind.TIMER, run=run),
        )
