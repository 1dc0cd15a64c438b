"""What is due in a case, when, and what is overdue.

Reviews are derived from the case's state and its rules, never stored. One is outstanding
until it is done or missed, or the person is exempt from it. Read `schedule.py` for where they
come from, `held.py` for which were held.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from itertools import chain, zip_longest

from domain.case.awaiting.reviews import unanswered
from domain.case.custody.resting import of_tracks
from domain.case.custody.schedule import of_custody
from domain.case.death import STILL_DUE
from domain.case.held import Completed, Series, completed, joined, passed_by
from domain.case.held import is_missed as is_missed_occasion
from domain.case.minors import came_of_age, coming_of_age
from domain.case.moving_rules.state import Moved, rules_first, rules_for, steps_of
from domain.case.noticed.going_out import going_out, went_out
from domain.case.papers import expiring
from domain.case.putting_off import after_exemption, after_pause
from domain.case.referral.schedule import awaiting
from domain.case.schedule import Due, answered, scheduled, series
from domain.case.state import CaseState
from domain.case.support.reviews import looked_at_again
from domain.case.track import Track
from domain.rules import Rules
from domain.values.calendar import Calendar, local_date, local_instant


def rules_of(state: CaseState) -> Rules:
    return state.rules


def dues(state: CaseState, calendar: Calendar) -> tuple[Due, ...]:
    """The outstanding reviews of an open case that is neither paused nor restricted, soonest first."""
    return _sorted(_outstanding(state, calendar))


def next_of_track(state: CaseState, track: Track, calendar: Calendar) -> Due | None:
    """What falls due first of a track, of what stays due until it is done: without its visits."""
    calls = _by_versions(lambda by: track.scheduled(state, by, calendar), state)
    told = (known_late(each) for each in calls)
    at_work = state.is_open and state.restricted is None
    found = (put_off(each, state, calendar) for each in told if at_work)
    return next(iter(_sorted(each for each in found if _needs_somebody(each, state))), None)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A review among those that come one after another."""

    due: Due
    """As it falls due, after all that puts it off."""
    window: Due
    """In which it is held in time."""
    series: Series
    done: Mapping[str, Completed]
    """Of the series, those that were held."""

    @property
    def completed(self) -> Completed | None:
        return self.done.get(self.due.key)

    @property
    def missed(self) -> bool:
        return self.completed is None and is_missed_occasion(self.window, self.series, self.done)

    @property
    def rests(self) -> bool:
        """Whether it is not to be held because the person is, or was, in detention."""
        return self.completed is None and self.due.key in self.series.exempt

    def open_on(self, day: date) -> bool:
        """Whether it could be held in time on that day, whenever that came to be known."""
        return day <= self.window.window_end and not self.passed_by(day)

    def passed_by(self, day: date) -> bool:
        return passed_by(self.due.key, day, self.series, self.done)


def _all_series(state: CaseState, calendar: Calendar) -> Sequence[Series]:
    """The case's own occasions, and its tracks'.

    Of a case that was moved to other rules those whose window had begun by then stay as they were.
    """
    moves = state.moved_to_rules
    found = _series_by(state, rules_first(moves, state.rules), calendar)
    for moved, rules in steps_of(moves, state.rules):
        pairs = zip_longest(found, _series_by(state, rules, calendar))
        found = [_from_then_on(old, new, moved) for old, new in pairs if new is not None]
    return found


def _by_versions(by: Callable[[Rules], Iterable[Due]], state: CaseState) -> Sequence[Due]:
    """What stays due until it is done, by the case's rules: what had begun before the case was moved
    to other ones by those it had, done or not. Of what comes by others the case knows since then, so
    that nothing becomes late by the move.
    """
    moves = state.moved_to_rules
    found = [*by(rules_first(moves, state.rules))]
    for moved, rules in steps_of(moves, state.rules):
        kept = [due for due in found if moved.keeps(due)]
        keys = {due.key for due in kept}
        known = moved.when.known
        ahead = (due for due in by(rules) if due.key not in keys)
        found = [
            *kept,
            *(replace(due, known_since=max(due.known_since, known)) for due in ahead),
        ]
    return found


def settled(state: CaseState, calendar: Calendar) -> Iterator[tuple[Due, date]]:
    """What each case has once, and was done, with its day."""
    days: dict[str, date] = {}

    def done(rules: Rules) -> Iterator[Due]:
        both = (answered(state, rules, calendar), came_of_age(state, rules, calendar))
        for due, on in chain(*both):
            days[due.key] = on
            yield due

    for each in _by_versions(done, state):
        yield each, days[each.key]


def called_to(state: CaseState, calendar: Calendar) -> Sequence[Due]:
    """All that stays due until it is done, before anything puts it off."""
    return _by_versions(lambda rules: lasting(state, rules, calendar), state)


def _series_by(state: CaseState, rules: Rules, calendar: Calendar) -> list[Series]:
    return [*series(state, rules, calendar), *of_tracks(state, rules, calendar)]


def _from_then_on(old: Series | None, new: Series, moved: Moved) -> Series:
    if old is None or old.hung_on != new.hung_on:
        return new
    return joined(old, new, moved.keeps)


def occasions(state: CaseState, calendar: Calendar) -> Iterator[Occasion]:
    """Every occasion of the case, held or not."""
    windows = partial(put_off, state=state, calendar=calendar, overdue=False)
    for each in _all_series(state, calendar):
        done = completed(each, windows)
        for due in each.dues():
            yield Occasion(put_off(due, state, calendar), windows(due), each, done)


def called_for(state: CaseState, key: str, calendar: Calendar) -> Due | None:
    """A review of that name as the rules alone have it, whether somebody is exempt from it or not."""
    hung = (due for each in _all_series(state, calendar) for due in each.dues())
    among = chain(called_to(state, calendar), hung)
    return next((due for due in among if due.key == key), None)


def _outstanding(state: CaseState, calendar: Calendar) -> Iterator[Due]:
    if not state.is_open or state.restricted is not None:
        return
    for due in chain(_deadlines(state, calendar), _not_held(state, calendar)):
        if _needs_somebody(due, state):
            yield due


def _needs_somebody(due: Due, state: CaseState) -> bool:
    about_the_person = due.kind not in STILL_DUE
    return _is_asked_for(due, state) and not (state.died and about_the_person)


def _is_asked_for(due: Due, state: CaseState) -> bool:
    exemption = state.exemptions.get(due.key)
    return exemption is None or exemption.until is not None


def known_late(due: Due) -> Due:
    """What had to be done before the case knew of it is due on the day it does."""
    return replace(due, window_end=max(due.window_end, local_date(due.known_since)))


def lasting(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """All that stays due until it is done, as the rules alone have it."""
    yield from scheduled(state, rules, calendar)
    yield from of_custody(state, rules, calendar)
    yield from expiring(state, rules, calendar)
    yield from awaiting(state, rules, calendar)
    yield from looked_at_again(state, rules, calendar)
    yield from unanswered(state, rules, calendar)
    if state.set_aside_for is None:
        yield from coming_of_age(state, rules, calendar)


def _deadlines(state: CaseState, calendar: Calendar) -> Iterator[Due]:
    for due in called_to(state, calendar):
        yield put_off(known_late(due), state, calendar)


def _not_held(state: CaseState, calendar: Calendar) -> Iterator[Due]:
    for each in occasions(state, calendar):
        if each.completed is None and not each.missed and not each.rests:
            yield each.due


def _sorted(dues: Iterable[Due]) -> tuple[Due, ...]:
    return tuple(sorted(dues, key=lambda due: (due.due_on, due.key)))


def came_by(due: Due, state: CaseState) -> Rules:
    """The rules by which it came, which say how it is put off too, and when it goes to the supervisors."""
    return rules_for(state.moved_to_rules, state.rules, due)


def put_off(due: Due, state: CaseState, calendar: Calendar, *, overdue: bool = True) -> Due:
    """The review on the day it was moved to, and after its exemption and each pause of the case.

    `overdue`: so too where it was overdue before, which widens no window.
    """
    rules = came_by(due, state)
    due, exemption = _as_moved(due, state), state.exemptions.get(due.key)
    if exemption is not None and (overdue or due.window_end >= exemption.on):
        due = after_exemption(exemption, due, rules, calendar)
    for pause in (*state.pauses, *state.rested):
        if overdue or due.window_end >= pause.since:
            due = after_pause(pause, due, rules, calendar)
    moved = state.moved.get(due.key) if overdue else None
    return due if moved is None else replace(due, known_since=max(due.known_since, moved.known))


def _as_moved(due: Due, state: CaseState) -> Due:
    """A day outside its window was told of another, that it had then."""
    moved = state.moved.get(due.key)
    if moved is None or not due.window_start <= moved.on <= due.window_end:
        return due
    return replace(due, due_on=moved.on)


def outgoing(due: Due, state: CaseState, calendar: Calendar) -> tuple[Due, ...]:
    """All that goes out of a review while it is not done, its own reminder first; recorded or not."""
    rules = came_by(due, state)
    return tuple(going_out(due, state.noticed.get(due.key), rules, calendar))


def gone_out(due: Due, state: CaseState, calendar: Calendar) -> Iterator[Due]:
    """All that went out of a review as it is due now, or would have: also of one acknowledged since."""
    return went_out(due, state.noticed.get(due.key), came_by(due, state), calendar)


def pending(state: CaseState, calendar: Calendar) -> tuple[Due, ...]:
    """The reviews and escalations of which no reminder was recorded yet, soonest first."""
    return _sorted(_pending(state, calendar))


def _pending(state: CaseState, calendar: Calendar) -> Iterator[Due]:
    for each in to_remind_of(state, calendar):
        if (each.key, each.due_on) not in state.reminded:
            yield each


def to_remind_of(state: CaseState, calendar: Calendar) -> Iterator[Due]:
    """The reviews that are outstanding and what goes to the supervisors then, reminded of or not."""
    for due in _outstanding(state, calendar):
        yield from outgoing(due, state, calendar)


def slot(due: Due, rules: Rules, case_name: str) -> datetime:
    """When the reminder goes out (UTC): in the morning, spread over a while by case, to the second:
    with ten thousand of them on one morning eighty would else come at once, each minute.
    """
    place = timedelta(seconds=_place_of(case_name) % (rules.reminder_spread_minutes * 60))
    return local_instant(due.due_on, rules.reminder_hour) + place


@lru_cache(maxsize=8192)
def _place_of(case_name: str) -> int:
    """Evenly spread over all numbers of 32 bits, and the same for ever."""
    return int.from_bytes(hashlib.sha256(case_name.encode()).digest()[:4], "big")


def is_missed(due: Due, rules: Rules, case_name: str) -> bool:
    """Whether the review had fallen due before it was first known of."""
    return slot(due, rules, case_name) <= due.known_since


def fires_at(due: Due, rules: Rules, case_name: str) -> datetime:
    """When the reminder is recorded (UTC): a missed one leaves time to finish a backlog."""
    in_time = slot(due, rules, case_name)
    if in_time <= due.known_since:
        return due.known_since + timedelta(minutes=rules.backlog_minutes)
    return in_time


def next_fire(state: CaseState, case_name: str, calendar: Calendar) -> datetime | None:
    """When the case next has a reminder to record (UTC), if ever."""
    return min(_fires(state, case_name, calendar), default=None)


def _fires(state: CaseState, case_name: str, calendar: Calendar) -> Iterator[datetime]:
    """When reminders go out, the next one's among them.

    A review's escalations are later than itself, so they are looked at only where its own
    reminder is recorded.
    """
    rules = rules_of(state)
    for due in _outstanding(state, calendar):
        own, *further = outgoing(due, state, calendar)
        if (own.key, own.due_on) not in state.reminded:
            yield fires_at(own, rules, case_name)
            continue
        for each in further:
            if (each.key, each.due_on) not in state.reminded:
                yield fires_at(each, rules, case_name)
