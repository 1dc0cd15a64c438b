"""Visits that come so many months after one day, each with a window: after a delivery, after a hire."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.case.held import Held, Series
from domain.case.moment import Moment
from domain.case.schedule import Due, ReviewKind, numbered
from domain.rules import Rules
from domain.values.calendar import Calendar, months_after


@dataclass(frozen=True, slots=True)
class Coming:
    """Those of one kind, on one track."""

    kind: ReviewKind
    months: tuple[int, ...]
    track: int
    """The track's number among those of its kind."""
    time: int = 1
    """How often the track came to such a day: the second hire on it has visits of its own."""

    def after(
        self, hung_on: Moment | None, held: tuple[Held, ...], rules: Rules, calendar: Calendar
    ) -> Series:
        def occasions(day: Moment) -> Sequence[Due]:
            return self.dues(day, rules, calendar)

        return Series(hung_on, held, occasions, months=self.months)

    def dues(self, hung_on: Moment, rules: Rules, calendar: Calendar) -> tuple[Due, ...]:
        """All of them, the first first."""
        width = timedelta(days=rules.visit_window_days)
        due = (
            (months, calendar.on_or_after(months_after(hung_on.on, months)))
            for months in self.months
        )
        return tuple(
            Due(
                key=self.name(months),
                kind=self.kind,
                due_on=due_on,
                window_start=due_on - width,
                window_end=due_on + width,
                known_since=hung_on.known,
            )
            for months, due_on in due
        )

    def name(self, months: int) -> str:
        """`placement/3`; on a second track `placement/3/2`; of a second hire there `placement/3/2/2`."""
        if self.time == 1:
            return numbered(self.kind, months, self.track)
        return f"{self.kind}/{months}/{self.track}/{self.time}"
