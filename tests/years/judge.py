"""Hears all that is recorded, and says whether each reminder went out once, when it should.

It is told what is planned of a case by the reviews that the rules have due, works out on its own when
each and its escalations should go out, and never looks at what the case remembers of its reminders.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from domain.case.events import ReminderRecorded
from domain.case.reviews import came_by, dues
from domain.case.schedule import Due, ReviewKind
from domain.case.state import CaseState
from domain.message import Recorded, name_of
from domain.values.calendar import Calendar, local_date, local_instant

Name = tuple[str, date]
"""A review, or an escalation of one, and the day on which it falls due."""

CLOCKS_DIFFER = timedelta(minutes=1)
SOON = timedelta(minutes=15)
"""By when a workflow has been told of a step that went past it, and recorded what that made due."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
HOUR, SPREAD, BACKLOG = 8, 120 * 60, timedelta(minutes=60)
"""Reminders go out from eight o'clock, over two hours; what was past when first known, an hour later."""


class WrongError(AssertionError):
    """A reminder that should not be, or one that is not."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder that is to come."""

    at: datetime
    missed: bool


@dataclass
class Known:
    """What the judge knows of a case."""

    state: CaseState = field(default_factory=CaseState)
    planned: dict[Name, Planned] = field(default_factory=dict)
    fired: dict[Name, datetime] = field(default_factory=dict)
    changed: datetime = LONG_AGO
    """When something was last recorded in it that no timer did."""


@dataclass
class Judge:
    """Of one run."""

    calendar: Calendar
    cases: dict[str, Known] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    """What was heard, by its kind, so that a run in which nothing happens proves nothing."""
    outage_ended: datetime | None = None
    """When workers last were there again after they had been away."""
    digest: str = ""
    """Of all reminders so far."""
    soon: timedelta = SOON

    def hear(self, recorded: Iterable[Recorded]) -> None:
        for each in recorded:
            if isinstance(each.event, ReminderRecorded):
                self._fired(each, each.event)

    def changes(self, case: str, now: datetime) -> None:
        """Something is about to be recorded in it: what should have gone out by now has."""
        if case in self.cases:
            self._require_none_lost(case, now)

    def changed(self, case: str, state: CaseState, now: datetime) -> None:
        """A person's entry was recorded in it, or the calendar's days are others."""
        known = self.cases.setdefault(case, Known())
        before, known.state, known.changed = known.planned, state, now
        known.planned = dict(self._plan(case, state))
        self.seen["planned"] += len(known.planned.keys() - before.keys())
        gone = before.keys() - known.planned.keys() - known.fired.keys()
        self.seen["called off" if state.is_open else "closed before"] += len(gone)

    def require_all_settled(self, now: datetime) -> None:
        for case in self.cases:
            self._require_none_lost(case, now)

    def _plan(self, case: str, state: CaseState) -> Iterator[tuple[Name, Planned]]:
        """Each review's own reminder, and what goes to the supervisors while it is not held."""
        if not state.is_open:
            return
        for due in dues(state, self.calendar):
            day, known = self._reminded_on(due, state)
            yield (due.key, day), _to_come(day, known, case)
            if not _is_seen_to(due, state):
                since = max(due.window_end, day)
                for level, days in enumerate(came_by(due, state).escalation_days, start=1):
                    on = self.calendar.on_or_after(since + timedelta(days=days))
                    name = f"{ReviewKind.ESCALATION}/{level}/{due.key}"
                    yield (name, on), _to_come(on, known, case)

    def _reminded_on(self, due: Due, state: CaseState) -> tuple[date, datetime]:
        """On its day; again on the last that it was put off to, if that is later. Known since when."""
        noticed = state.noticed.get(due.key)
        if noticed is None or not noticed.snoozes or noticed.snoozes[-1].until <= due.due_on:
            return due.due_on, due.known_since
        snooze = noticed.snoozes[-1]
        again = self.calendar.on_or_after(snooze.until)
        return again, max(due.known_since, snooze.when.known)

    def _fired(self, recorded: Recorded, event: ReminderRecorded) -> None:
        assert event.review is not None
        assert event.due_on is not None
        case, name = name_of(recorded.envelope.stream), (event.review, event.due_on)
        known, at = self.cases[case], self.instant(recorded, event)
        wrong = self._wrong(known, name, event, at)
        if wrong is not None:
            raise WrongError(f"case {case}, at {at}: the reminder of {name} {wrong}")
        known.fired[name] = at
        self.seen[_kind(event)] += 1
        self.digest = sha256(f"{self.digest} {case} {name} {at}".encode()).hexdigest()

    def instant(self, recorded: Recorded, _event: ReminderRecorded) -> datetime:
        """When it went out."""
        return recorded.envelope.recorded_at

    def _wrong(self, known: Known, name: Name, event: ReminderRecorded, at: datetime) -> str | None:
        planned = known.planned.get(name)
        outright = {
            "comes after the case was closed": not known.state.is_open,
            "came before": name in known.fired,
            "comes in a pause": known.state.pause_on(local_date(at)) is not None,
            "was not planned": planned is None,
            "goes to nobody": not event.to,
            f"says level {event.level}": event.level != _level(name[0]),
        }
        if any(outright.values()) or planned is None:
            return ", and ".join(wrong for wrong, so in outright.items() if so)
        if event.missed is not planned.missed:
            return f"says missed={event.missed}"
        latest = self._latest(known, planned)
        if not planned.at - CLOCKS_DIFFER <= at <= latest:
            return f"was to come at {planned.at}, or by {latest}"
        return None

    def _latest(self, known: Known, planned: Planned) -> datetime:
        """By when it has gone out, whatever went wrong."""
        latest = max(planned.at, known.changed)
        if self.outage_ended is not None:
            latest = max(latest, self.outage_ended)
        return latest + self.soon

    def _require_none_lost(self, case: str, now: datetime) -> None:
        known = self.cases[case]
        for name, planned in known.planned.items():
            if name not in known.fired and self._latest(known, planned) < now:
                if _under_another_name(name, known):
                    continue
                raise WrongError(
                    f"case {case}, by {now}: the reminder of {name} is lost, planned for {planned.at}"
                )


def _is_seen_to(due: Due, state: CaseState) -> bool:
    """Somebody said so since it fell due."""
    noticed = state.noticed.get(due.key)
    acknowledged = noticed.acknowledged if noticed is not None else None
    return acknowledged is not None and due.due_on <= acknowledged.on


def _level(review: str) -> int:
    """1 and 2: what goes to the supervisors."""
    kind, _, rest = review.partition("/")
    return int(rest[0]) if kind == ReviewKind.ESCALATION else 0


def _to_come(day: date, known_since: datetime, case: str) -> Planned:
    """In the morning, at the case's own moment; what was past when it came to be known, an hour later."""
    place = int.from_bytes(sha256(case.encode()).digest()[:4], "big") % SPREAD
    at = local_instant(day, HOUR) + timedelta(seconds=place)
    missed = at <= known_since
    return Planned(known_since + BACKLOG if missed else at, missed)


def _under_another_name(name: Name, known: Known) -> bool:
    """An older stay was told of since, and the numbers moved: it went out under the one it had."""
    review, day = name
    kinds = _without_numbers(review)
    return any(on == day and _without_numbers(each) == kinds for each, on in known.fired)


def _without_numbers(review: str) -> tuple[str, ...]:
    return tuple(part for part in review.split("/") if not part.isdigit())


def _kind(event: ReminderRecorded) -> str:
    kind = (event.review or "").partition("/")[0]
    return f"{kind}, missed" if event.missed else kind
