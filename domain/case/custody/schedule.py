"""Which reviews custody calls for beside those before a release: all are seen to by a meeting.

After a transfer or a return to detention; before a conditional release can be asked for; while an
alternative penalty or the conditions of a release run. An episode's number stands in the name.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.case.custody.state import Episode
from domain.case.custody.vocabulary import EpisodeKind
from domain.case.schedule import Due, ReviewKind, deadline, numbered
from domain.case.state import CaseState
from domain.rules import Rules
from domain.values.calendar import Calendar, months_after


def of_custody(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Those outstanding: none that a meeting has answered since."""
    custody = state.custody
    if state.set_aside_for is not None:
        return
    if custody.in_detention:
        yield from _after_move(state, rules, calendar)
        if custody.detention is not None:
            yield from _before_request(custody.detention, rules, calendar)
    penalty = custody.running(EpisodeKind.ALTERNATIVE_PENALTY)
    if penalty is not None:
        yield from _in_penalty(state, penalty, rules, calendar)
        days = rules.penalty_end_days
        yield from _before_end(state, penalty, ReviewKind.PENALTY_END, days, calendar)
    conditions = custody.running(EpisodeKind.CONDITIONAL_RELEASE)
    if conditions is not None:
        days = rules.conditions_end_days
        yield from _before_end(state, conditions, ReviewKind.CONDITIONS_END, days, calendar)


def _met_since(state: CaseState, day: date) -> bool:
    return state.last_contact is not None and state.last_contact.on >= day


def _after_move(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """After the last of them; a person who was met since has been seen there."""
    moves = state.custody.moves
    if moves and not _met_since(state, moves[-1].on):
        key = numbered(ReviewKind.TRANSFER, len(moves))
        yield deadline(ReviewKind.TRANSFER, key, moves[-1], rules.transfer_days, calendar)


def _before_request(detention: Episode, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Until the request is prepared."""
    earliest = detention.conditional_from
    if earliest is None or detention.prepared is not None:
        return
    due_on = calendar.on_or_before(earliest.on - timedelta(days=rules.conditional_request_days))
    kind = ReviewKind.CONDITIONAL_REQUEST
    start = due_on - timedelta(days=rules.pre_release_window_days)
    key = numbered(kind, detention.number)
    yield Due(key, kind, due_on, start, max(due_on, earliest.on), earliest.known)


def _in_penalty(
    state: CaseState, penalty: Episode, rules: Rules, calendar: Calendar
) -> Iterator[Due]:
    """The first some days after the beginning, each further one a month after a meeting."""
    started, met = penalty.started, state.last_contact
    if started is None:
        return
    kind, number = ReviewKind.PENALTY, penalty.number
    if met is None or met.on <= started.on:
        key = numbered(kind, number)
        yield deadline(kind, key, started, rules.penalty_first_days, calendar)
        return
    due_on = calendar.on_or_after(months_after(met.on, rules.penalty_months))
    if penalty.expected_end is None or due_on < penalty.expected_end:
        width = timedelta(days=rules.contact_window_days)
        yield Due(
            f"{kind}/{number}/{state.occasions}",
            kind,
            due_on,
            due_on - width,
            due_on + width,
            met.known,
        )


def _before_end(
    state: CaseState, episode: Episode, kind: ReviewKind, days: int, calendar: Calendar
) -> Iterator[Due]:
    """So many days before the end, where that is known; met in its window, it is seen to."""
    end, known = episode.expected_end, episode.expected_known
    if end is None or known is None:
        return
    due_on = calendar.on_or_before(end - timedelta(days=days))
    start = due_on - timedelta(days=days)
    if not _met_since(state, start):
        yield Due(numbered(kind, episode.number), kind, due_on, start, end, known.known)
