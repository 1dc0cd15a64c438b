"""What a stay in detention does to a track's visits where the track was suspended at the entry.

While the person is inside they rest. After a short stay those that fell into it are due once the
person is out. After a long one (`long_stay_days`) they are exempt, and those left count from the
resuming: of months 1, 3 and 6 at least.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from domain.case.custody.state import Custody
from domain.case.custody.vocabulary import TrackInside
from domain.case.held import Series
from domain.case.moment import Moment
from domain.case.schedule import Due
from domain.case.state import CaseState
from domain.rules import Rules
from domain.values.calendar import Calendar, months_after


@dataclass(frozen=True, slots=True)
class Rest:
    """From an entry to the release, if there was one."""

    since: Moment
    until: Moment | None


def rests_of(custody: Custody, track_id: UUID) -> tuple[Rest, ...]:
    return tuple(
        Rest(stay.entered, stay.left)
        for stay in custody.stays
        if stay.entered and stay.choices.get(track_id) is TrackInside.SUSPENDED
    )


@dataclass(frozen=True, slots=True)
class Rested:
    """Visits as they are due after some rests, and which of them are not to be held."""

    dues: tuple[Due, ...]
    months: tuple[int, ...]
    """After what they hang on."""
    exempt: frozenset[str] = frozenset()

    def after(self, rest: Rest, rules: Rules, calendar: Calendar) -> "Rested":
        ahead = [due for due in self._open() if due.due_on >= rest.since.on]
        if rest.until is None:
            resting = {due.key for due in self._open()}
            return replace(self, exempt=self.exempt | resting)
        if (rest.until.on - rest.since.on).days > rules.long_stay_days:
            return self._anew(ahead, rest.until, rules, calendar)
        put_off = {
            due.key: _not_before(due, rest.until, rules, calendar)
            for due in ahead
            if due.due_on < rest.until.on
        }
        return replace(self, dues=tuple(put_off.get(due.key, due) for due in self.dues))

    def _open(self) -> list[Due]:
        return [due for due in self.dues if due.key not in self.exempt]

    def _anew(
        self, ahead: Sequence[Due], resumed: Moment, rules: Rules, calendar: Calendar
    ) -> "Rested":
        """Those left, or as many as are held at least, if any were ahead at the entry."""
        if not ahead:
            return self
        left = sum(due.due_on >= resumed.on for due in ahead)
        months = self.months[: max(left, len(rules.resumed_visit_months))]
        names = [due.key for due in ahead][-len(months) :]
        names += [_further(ahead[-1], number) for number in range(1, len(months) - len(names) + 1)]
        again = [
            _due(ahead[-1], name, months_after(resumed.on, each), resumed, rules, calendar)
            for name, each in zip(names, months, strict=True)
        ]
        kept = [due for due in self.dues if due.key not in names]
        exempt = {due.key for due in ahead} - set(names)
        return replace(self, dues=(*kept, *again), exempt=self.exempt | exempt)


def _further(last: Due, number: int) -> str:
    """A name after the last's, by months as theirs are."""
    kind, months, *among = last.key.split("/")
    return "/".join((kind, str(int(months) + 3 * number), *among))


def _due(like: Due, key: str, day: date, resumed: Moment, rules: Rules, calendar: Calendar) -> Due:
    due_on, width = calendar.on_or_after(day), timedelta(days=rules.visit_window_days)
    return Due(key, like.kind, due_on, due_on - width, due_on + width, resumed.known)


def _not_before(due: Due, resumed: Moment, rules: Rules, calendar: Calendar) -> Due:
    """With days to prepare it, as after an exemption."""
    due_on = calendar.on_or_after(resumed.on + timedelta(days=rules.exemption_days))
    end = due_on + timedelta(days=rules.visit_window_days)
    return replace(due, due_on=due_on, window_end=end, known_since=resumed.known)


def of_tracks(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Series]:
    """The visits of all tracks."""
    for track_id, track in state.tracks.items():
        rests = rests_of(state.custody, track_id)
        for series in track.series(rules, calendar):
            yield rested(series, rests, rules, calendar)


def rested(series: Series, rests: Sequence[Rest], rules: Rules, calendar: Calendar) -> Series:
    """A track's visits with what its rests did to them."""
    if not rests:
        return series

    def visits(delivered: Moment) -> Rested:
        found = Rested(tuple(series.occasions(delivered)), series.months)
        for rest in rests:
            found = found.after(rest, rules, calendar)
        return found

    def occasions(delivered: Moment) -> Sequence[Due]:
        return visits(delivered).dues

    exempt = visits(series.hung_on).exempt if series.hung_on else frozenset()
    return replace(series, occasions=occasions, exempt=exempt)
