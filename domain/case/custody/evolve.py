"""The fold of custody. Events come by their day: what began last says whether a person is free.

An episode that begins replaces the remand or sentence that ran. What binds in freedom goes on
beside a new arrest, until it ends or is revoked.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from domain.case.custody import events as e
from domain.case.custody.state import Custody, Episode, Stay
from domain.case.custody.vocabulary import (
    INSIDE,
    EpisodeEnd,
    EpisodeKind,
    PardonKind,
    ReleaseKind,
    TrackInside,
)
from domain.case.moment import Moment, moment
from domain.case.state import CaseState
from domain.case.vocabulary import TrackEnd
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope

evolve_custody: Evolution[CaseState] = Evolution()
on = evolve_custody.on

Entry = e.DetentionBegun | e.ReturnedToDetention

REVOCABLE = (EpisodeKind.CONDITIONAL_RELEASE, EpisodeKind.ALTERNATIVE_PENALTY)
"""What binds a person in freedom, and can end in prison."""


def can_return(custody: Custody) -> bool:
    """Whether an escape, or what binds the person in freedom, could end in prison."""
    last = custody.last
    escaped = last is not None and last.end is EpisodeEnd.ESCAPE
    return escaped or any(custody.running(kind) for kind in REVOCABLE)


@dataclass(frozen=True, slots=True)
class Ending:
    """When an episode ended, and how."""

    when: Moment
    end: EpisodeEnd
    pardoned: bool = False


def _ended(custody: Custody, ending: Ending, *kinds: EpisodeKind) -> Custody:
    """Without what runs of these kinds."""
    episodes = (
        replace(each, ended=ending.when, end=ending.end, remands=())
        if each.kind in kinds and each.running
        else each
        for each in custody.episodes
    )
    return replace(custody, episodes=tuple(episodes))


def _begun(custody: Custody, kind: EpisodeKind, when: Moment | None, **told: Any) -> Custody:
    episode = Episode(len(custody.episodes) + 1, kind, when, **told)
    return replace(custody, episodes=(*custody.episodes, episode))


def _in(state: CaseState, custody: Custody, when: Moment, *, pardoned: bool = False) -> CaseState:
    """The state with this custody: a stay begins or is over where somebody is free no longer, or again.

    A contact on the very day of a release, entered before it, is the first one outside.
    """
    if custody.holds and not custody.in_detention:
        stay = Stay(len(custody.stays) + 1, when)
        custody = replace(custody, stays=(*custody.stays, stay))
    elif custody.in_detention and not custody.holds:
        stay = replace(custody.stays[-1], left=when, pardoned=pardoned)
        return _out(state, custody.with_stay(stay), when)
    return replace(state, custody=custody)


def _out(state: CaseState, custody: Custody, when: Moment) -> CaseState:
    last = state.last_contact
    first = last if last is not None and last.on >= when.on else None
    return replace(state, custody=custody, first_contact=first)


def _with_number(state: CaseState, event: Entry) -> CaseState:
    """Of the stay that the entry began, or fell into."""
    number, stay = event.detention_number, state.custody.stay
    if number is None or stay is None or number in stay.numbers:
        return state
    stay = replace(stay, numbers=(*stay.numbers, number))
    return replace(state, custody=state.custody.with_stay(stay))


@on(e.DetentionBegun)
def _detained(state: CaseState, event: e.DetentionBegun, envelope: Envelope) -> CaseState:
    """A remand during a sentence is a mark on it."""
    if event.kind is None:
        return state
    custody, when, kind = state.custody, moment(envelope), EpisodeKind(event.kind)
    running = custody.detention
    if running and running.kind is EpisodeKind.SENTENCE and kind is EpisodeKind.REMAND:
        marked = replace(running, remands=(*running.remands, when))
        return _with_number(replace(state, custody=custody.with_episode(marked)), event)
    custody = _ended(custody, Ending(when, EpisodeEnd.REPLACED), *INSIDE)
    conditional = event.conditional_from
    told = {"conditional_from": Moment(conditional, when.known) if conditional else None}
    custody = _begun(custody, kind, when, **_place(event, when), **told)
    if custody.stays and not custody.in_detention:
        custody = replace(custody, moves=(*custody.moves, when))
    return _with_number(_with_choices(_in(state, custody, when), event, when), event)


def _place(event: Entry, when: Moment) -> dict[str, Any]:
    return {
        "place": event.prison,
        "expected_end": event.expected_end,
        "expected_known": when,
    }


@on(e.ReturnedToDetention)
def _returned(state: CaseState, event: e.ReturnedToDetention, envelope: Envelope) -> CaseState:
    """To the remand or sentence that an escape interrupted; else to what is left of a sentence."""
    custody, when, last = state.custody, moment(envelope), state.custody.last
    escaped = last is not None and last.end is EpisodeEnd.ESCAPE
    kind = last.kind if last is not None and escaped else EpisodeKind.SENTENCE
    custody = _ended(custody, Ending(when, EpisodeEnd.REVOKED), *REVOCABLE)
    custody = _begun(custody, kind, when, returned=True, **_place(event, when))
    custody = replace(custody, moves=(*custody.moves, when))
    return _with_number(_with_choices(_in(state, custody, when), event, when), event)


def _with_choices(state: CaseState, event: Entry, when: Moment) -> CaseState:
    stay = state.custody.stay
    if stay is None or not event.tracks:
        return state
    told = {each.track_id: each.choice for each in event.tracks if each.track_id}
    stay = replace(stay, choices={**stay.choices, **told})
    state = replace(state, custody=state.custody.with_stay(stay))
    for track_id, choice in told.items():
        if choice is TrackInside.ENDED:
            state = state.with_track_ended(track_id, when, TrackEnd.IMPOSSIBLE)
    return state


@on(e.AlternativePenaltyBegun)
def _penalty(state: CaseState, event: e.AlternativePenaltyBegun, envelope: Envelope) -> CaseState:
    """It takes the place of the remand or sentence that ran: a release, where there was one."""
    told = {"penalty": event.penalty, "hours_ordered": event.hours_ordered}
    return _outside(state, EpisodeKind.ALTERNATIVE_PENALTY, event, envelope, **told)


@on(e.PlacedInChildProtection)
def _placed(state: CaseState, event: e.PlacedInChildProtection, envelope: Envelope) -> CaseState:
    return _outside(state, EpisodeKind.CHILD_PROTECTION, event, envelope)


def _outside(
    state: CaseState,
    kind: EpisodeKind,
    event: e.AlternativePenaltyBegun | e.PlacedInChildProtection,
    envelope: Envelope,
    **told: Any,
) -> CaseState:
    """Another of its kind that ran is replaced, and what held the person inside."""
    when = moment(envelope)
    custody = _ended(state.custody, Ending(when, EpisodeEnd.REPLACED), kind, *INSIDE)
    place = {"place": event.institution, "expected_end": event.expected_end}
    custody = _begun(custody, kind, when, expected_known=when, **place, **told)
    return _in(state, custody, when)


@on(e.PenaltyHoursRecorded)
def _hours(state: CaseState, event: e.PenaltyHoursRecorded, _: Envelope) -> CaseState:
    penalty = state.custody.running(EpisodeKind.ALTERNATIVE_PENALTY)
    if penalty is None or event.hours_done is None:
        return state
    done = replace(penalty, hours_done=event.hours_done)
    return replace(state, custody=state.custody.with_episode(done))


@on(e.ConditionalReleasePrepared)
def _prepared(
    state: CaseState, event: e.ConditionalReleasePrepared, envelope: Envelope
) -> CaseState:
    told: dict[str, Any] = {"prepared": moment(envelope)}
    if event.earliest_on is not None:
        told["conditional_from"] = Moment(event.earliest_on, envelope.recorded_at)
    return _with_detention(state, **told)


@on(e.ConditionalReleaseAnswered)
def _answered(state: CaseState, event: e.ConditionalReleaseAnswered, _: Envelope) -> CaseState:
    """Refused, the next earliest day is still to be told."""
    return state if event.granted else _with_detention(state, prepared=None, conditional_from=None)


@on(e.BreachRecorded)
def _breached(state: CaseState, _: e.BreachRecorded, envelope: Envelope) -> CaseState:
    episode = revocable(state.custody)
    if episode is None:
        return state
    told = replace(episode, breached=moment(envelope))
    return replace(state, custody=state.custody.with_episode(told))


def revocable(custody: Custody) -> Episode | None:
    """What binds the person in freedom and can end in prison: the last that runs."""
    running = [each for each in custody.episodes if each.kind in REVOCABLE and each.running]
    return running[-1] if running else None


@on(e.PrisonTransferRecorded)
def _transferred(
    state: CaseState, event: e.PrisonTransferRecorded, envelope: Envelope
) -> CaseState:
    when = moment(envelope)
    return _moved(_with_detention(state, place=event.prison), when)


def _moved(state: CaseState, when: Moment) -> CaseState:
    """Somebody newly in a prison is seen to soon."""
    custody = state.custody
    return replace(state, custody=replace(custody, moves=(*custody.moves, when)))


def _with_detention(state: CaseState, **told: Any) -> CaseState:
    """What the person is inside for, changed; nothing where they are not."""
    detention = state.custody.detention
    if detention is None:
        return state
    custody = state.custody.with_episode(replace(detention, **told))
    return replace(state, custody=custody)


def bound_by(custody: Custody, kind: EpisodeKind | None = None) -> Episode | None:
    """What runs of this kind; of no kind, what they are inside for, else the last that runs."""
    if kind is not None:
        return custody.running(kind)
    running = (each for each in reversed(custody.episodes) if each.running)
    return custody.detention or next(running, None)


@on(e.ExpectedEndChanged)
def _expected(state: CaseState, event: e.ExpectedEndChanged, envelope: Envelope) -> CaseState:
    episode = bound_by(state.custody, event.episode)
    if episode is None:
        return state
    told = episode.expecting(event.expected_end, moment(envelope))
    return replace(state, custody=state.custody.with_episode(told))


@on(e.PardonRecorded)
def _pardoned(state: CaseState, event: e.PardonRecorded, envelope: Envelope) -> CaseState:
    """Reductions add up: each shortens what the one before left."""
    episode = bound_by(state.custody)
    if episode is None:
        return state
    end, known = episode.expected_end, episode.expected_known
    if event.expected_end is not None:
        end, known = event.expected_end, moment(envelope)
    elif end is not None and event.reduced_days is not None:
        end, known = end - timedelta(days=event.reduced_days), moment(envelope)
    if end != episode.expected_end:
        episode = episode.expecting(end, known)
    told = replace(episode, pardoned=episode.pardoned or event.pardon is PardonKind.REMAINDER)
    return replace(state, custody=state.custody.with_episode(told))


@on(e.ReleaseRecorded)
def _released(state: CaseState, event: e.ReleaseRecorded, envelope: Envelope) -> CaseState:
    """It ends all that the person was inside for; a conditional one begins its conditions."""
    if event.release is None:
        return state
    custody, when, last = state.custody, moment(envelope), state.custody.last
    pardoned = event.release is ReleaseKind.PARDON or bool(event.pardon_list)
    ending = Ending(when, EpisodeEnd(event.release))
    if last is None:
        return _out(state, _left_only(custody, ending, pardoned=pardoned), when)
    custody = _ended(_recaptured(custody), ending, *INSIDE)
    if event.release is ReleaseKind.CONDITIONAL:
        told = {"expected_end": event.conditions_until, "expected_known": when}
        custody = _begun(custody, EpisodeKind.CONDITIONAL_RELEASE, when, **told)
    return _in(state, custody, when, pardoned=pardoned or last.pardoned)


def _left_only(custody: Custody, ending: Ending, *, pardoned: bool) -> Custody:
    """Only that they left prison is told: not since when they were inside."""
    custody = _begun(custody, EpisodeKind.SENTENCE, None, ended=ending.when, end=ending.end)
    stay = Stay(len(custody.stays) + 1, None, ending.when, pardoned)
    return replace(custody, stays=(*custody.stays, stay))


def _recaptured(custody: Custody) -> Custody:
    """What an escape ended runs again, so that a release may end it."""
    last = custody.last
    if last is None or last.end is not EpisodeEnd.ESCAPE:
        return custody
    return custody.with_episode(replace(last, ended=None, end=None))


@on(e.EpisodeEnded)
def _over(state: CaseState, event: e.EpisodeEnded, envelope: Envelope) -> CaseState:
    """A remand during a sentence is taken off it; one that outlasts the sentence goes on alone."""
    if event.episode is None or event.end is None:
        return state
    custody, when, running = state.custody, moment(envelope), state.custody.detention
    marks = running.remands if running else ()
    if running and event.episode is EpisodeKind.REMAND and running.kind is EpisodeKind.SENTENCE:
        return replace(state, custody=custody.with_episode(replace(running, remands=marks[:-1])))
    custody = _ended(custody, Ending(when, event.end), event.episode)
    if marks and event.end is not EpisodeEnd.ESCAPE:
        custody = _begun(custody, EpisodeKind.REMAND, when)
    return _in(state, custody, when)
