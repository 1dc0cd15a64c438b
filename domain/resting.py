"""What rests on what in a case: late entries, corrections and retractions are judged by it alike.

Each is a change of one case's ordered list of events. An event whose step had all that life must
have been like (`domain.steps.conditions`), and what it names, and no longer has it in the changed
list, has fallen: the change is refused with the list of those.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from domain.asking.rows import Asking
from domain.case import events as e
from domain.case.custody import events as custody
from domain.case.custody.evolve import bound_by
from domain.case.custody.vocabulary import EpisodeKind, TrackInside
from domain.case.ending import ending_of, missing_for
from domain.case.events import TrackEvent
from domain.case.moment import day_of
from domain.case.path import EXEMPTION, PAUSE, RENEWAL
from domain.case.references import NAMED
from domain.case.referral import resting as referral
from domain.case.rolling import standing_name
from domain.case.state import CaseState
from domain.case.track_end import more_to_come
from domain.errors import Refused
from domain.events.veil import outward_day
from domain.message import Event, Recorded, StreamKind
from domain.steps.conditions import Condition
from domain.tracks.opening import opened_under
from domain.tracks.parts import ENTERED
from domain.tracks.self_employment import events as t
from domain.tracks.self_employment.conditions import LISTED, TO_ORDER, TRACK
from domain.tracks.self_employment.path import END_OF_APPROVAL
from domain.tracks.self_employment.problems import key_of
from domain.tracks.self_employment.state import find_track
from domain.tracks.table import TRACKS, evolve_whole_case

Conditions = tuple[Condition, ...]
Codes = frozenset[str]


@dataclass(frozen=True, slots=True)
class Fallen:
    """An event of the case that no longer stands, and the codes of what it rested on."""

    recorded: Recorded
    lost: Codes


def fallen(before: Sequence[Recorded], after: Sequence[Recorded]) -> tuple[Fallen, ...]:
    """What stood in one case's events and does not in others; both in the order in which they fold.

    Judged is what stands in both, by its event id: of what is in `after` alone its own rule is the
    judge. What has fallen takes with it what rests on it in its turn.
    """
    return _changed(before, after).fallen


@dataclass(frozen=True, slots=True)
class _Change:
    """What a change of a case's events came to."""

    fallen: tuple[Fallen, ...]
    was: CaseState
    now: CaseState
    """Without what has fallen."""


def _changed(before: Sequence[Recorded], after: Sequence[Recorded]) -> _Change:
    shared = _shared(before, after)
    begun = _Judging()
    for each in before[:shared]:
        begun.state = begun.come_to(each)
    stood, judging = dict[UUID, Codes](), replace(begun)
    for each in before[shared:]:
        came_to = judging.come_to(each)
        stood[each.envelope.event_id] = judging.missing(each, came_to)
        judging.state = came_to
    found: list[Fallen] = []
    for each in after[shared:]:
        came_to = begun.come_to(each)
        missing = begun.missing(each, came_to)
        lost = missing - stood.get(each.envelope.event_id, missing)
        if lost:
            found.append(Fallen(each, lost))
        else:
            begun.state = came_to
    return _Change(tuple(found), judging.state, begun.state)


def require_standing(before: Sequence[Recorded], after: Sequence[Recorded]) -> None:
    """Raises `Refused` with the list of what has fallen, by the change from one to the other.

    And where it brings something back to a track that has ended: what was told of days after an end
    that came late stands, but nobody could deliver or give up what it would come to.
    """
    change = _changed(before, after)
    if found := change.fallen:
        raise Refused("rests_on_it", entries=listed(found), count=len(found))
    for track_id, track in change.now.tracks.items():
        if track.ended is None or more_to_come(track) is None:
            continue
        was = change.was.tracks.get(track_id)
        if was is None or was.ended is None or more_to_come(was) is None:
            raise Refused("ended_track_owed", ended_on=str(track.ended.on))


def listed(found: Sequence[Fallen]) -> str:
    """`14 sign-undertaking 2024-08-07; …`: the number of each entry, its step, its day.

    As everybody may know them: behind a veil a step has the veil's name, and its month's first day.
    """
    return "; ".join(_named(each.recorded) for each in found)


def _named(recorded: Recorded) -> str:
    veil = recorded.event.veil
    step = veil.step if veil else recorded.envelope.step
    return f"{recorded.envelope.version} {step} {outward_day(recorded)}"


def _shared(before: Sequence[Recorded], after: Sequence[Recorded]) -> int:
    """How many events both begin with."""
    pairs = zip(before, after, strict=False)
    return next(
        (number for number, (old, new) in enumerate(pairs) if old is not new and old != new),
        min(len(before), len(after)),
    )


@dataclass
class _Judging:
    """A case on the way through its events; what one command did is judged as of before all of it."""

    state: CaseState = field(default_factory=CaseState)
    command: UUID | None = None
    judged: CaseState = field(default_factory=CaseState)

    def missing(self, recorded: Recorded, came_to: CaseState) -> Codes:
        """What it should rest on and does not find; `came_to` is the case with it."""
        if recorded.envelope.command_id != self.command:
            self.command, self.judged = recorded.envelope.command_id, self.state
        case, event = self.judged, recorded.event
        seen = case.with_only(event.track_id) if isinstance(event, TrackEvent) else case
        lost: set[str | None] = {each.code for each in stands_on(recorded) if not each.holds(seen)}
        refers = _REFERS.get(type(event))
        if refers is not None and not refers.holds(seen, recorded):
            lost.add(refers.code)
        lost.update(_of_tracks(case, event))
        if isinstance(event, e.CaseClosed) and event.outcome is not None:
            lost.add(missing_for(case, ending_of(event.outcome), recorded.envelope.occurred_on))
        lost.update(_too_late(self.state, came_to))
        return frozenset(code for code in lost if code is not None)

    def come_to(self, recorded: Recorded) -> CaseState:
        """The case with it."""
        return evolve_whole_case(self.state, recorded.event, recorded.envelope)


def _too_late(before: CaseState, after: CaseState) -> Iterator[str]:
    """Nobody is met after they died, and nothing is done in a case between its closing and reopening."""
    seen, died = after.seen_last, before.died_on
    if died is not None and seen is not None and seen > died and seen != before.seen_last:
        yield "person_died"
    worked, closed = after.worked_last, day_of(before.turned)
    if before.is_open or after.is_open or closed is None or worked is None:
        return
    if worked > closed and worked != before.worked_last:
        yield "case_closed"


def stands_on(recorded: Recorded) -> Conditions:
    """What life must have been like for it, whoever's step it came of."""
    kind = type(recorded.event)
    if isinstance(recorded.event, e.TrackOpened):
        return opened_under(recorded.event.track)
    if kind in _BY_EVENT:
        return _BY_EVENT[kind]
    return _BY_STEP.get(recorded.envelope.step, ())


def _of_life(conditions: Conditions) -> Conditions:
    return tuple(each for each in conditions if each.rests)


def _confirmed(*askings: Asking) -> Mapping[type[Event], Conditions]:
    """What comes of a step that two people take, recorded as the second confirms it."""
    return {
        made: _of_life(asking.row.when)
        for asking in askings
        for made in asking.row.makes
        if made.stream is StreamKind.CASE
    }


_BY_STEP: Mapping[str, Conditions] = {step: _of_life(row.when) for step, row in ENTERED.items()}
_BY_EVENT: Mapping[type[Event], Conditions] = {
    **_confirmed(EXEMPTION, PAUSE, RENEWAL, END_OF_APPROVAL),
    t.EquipmentOrdered: _of_life(TO_ORDER),
    t.TakenOffCeremony: _of_life((TRACK, LISTED)),
}
"""Where the step alone does not say it: taken on an order, on another's case, or by two people."""


@dataclass(frozen=True, slots=True)
class _Reference:
    """What an event names must be there, made by another before it; `code` says what is missing."""

    code: str
    holds: Callable[[CaseState, Recorded], bool]


def _naming(holds: Callable[[CaseState, Any], bool]) -> Callable[[CaseState, Recorded], bool]:
    """Whether what an event names is there, of whatever day it is."""
    return lambda case, recorded: holds(case, recorded.event)


def _paused(case: CaseState, recorded: Recorded) -> bool:
    return case.pause_on(recorded.envelope.occurred_on) is not None


def _of_problem(case: CaseState, event: Any) -> bool:
    track = find_track(case)
    return track is not None and key_of(event.raised_on, event.number) in track.problems


def _of_submission(case: CaseState, event: Any) -> bool:
    track = find_track(case)
    return track is not None and event.agreement_id in track.submissions


def _exempt(case: CaseState, event: e.ExemptionCleared) -> bool:
    return event.review is None or standing_name(case, event.review) in case.exemptions


def _of_tracks(case: CaseState, event: Event) -> Iterator[str | None]:
    """A track is opened where none of its kind is, and ended where nothing more is to come."""
    going = [track.kind for track in case.tracks.values() if track.ended is None]
    if isinstance(event, e.TrackOpened) and event.track in going:
        yield "track_already_open"
    ended = [event.track_id] if isinstance(event, e.TrackEnded) else []
    if isinstance(event, custody.DetentionBegun | custody.ReturnedToDetention):
        told = event.tracks or ()
        ended = [
            each.track_id for each in told if each.choice is TrackInside.ENDED and each.track_id
        ]
    for track in (case.tracks[each] for each in ended if each in case.tracks):
        yield more_to_come(track)


def _of_penalty(case: CaseState, _: Any) -> bool:
    penalty = case.custody.running(EpisodeKind.ALTERNATIVE_PENALTY)
    return penalty is not None and penalty.hours_ordered is not None


def _of_episode(case: CaseState, event: Any) -> bool:
    """A remand may be a mark on the sentence. None is named of what runs, or once it is erased."""
    detention = case.custody.detention
    marked = event.episode is EpisodeKind.REMAND and detention is not None and detention.remands
    return bool(marked) or bound_by(case.custody, event.episode) is not None


_REFERS: Mapping[type[Event], _Reference] = {
    **{kind: _Reference(code, _naming(holds)) for kind, (code, holds) in NAMED.items()},
    **{
        kind: _Reference(each.code, _naming(each.holds))
        for tables in TRACKS.values()
        for kind, each in tables.refers.items()
    },
    **dict.fromkeys(
        (t.ProblemDecided, t.RecoveryRecorded, t.EquipmentPassedOn, t.ProblemResolved),
        _Reference("problem_unknown", _naming(_of_problem)),
    ),
    **dict.fromkeys(
        (t.DecisionRecorded, t.SubmissionWithdrawn),
        _Reference("not_submitted", _naming(_of_submission)),
    ),
    **dict.fromkeys(
        (e.CaseRequestConfirmed, e.CaseRequestRefused),
        _Reference(
            "request_not_found", _naming(lambda case, event: event.request_id in case.requests)
        ),
    ),
    **dict.fromkeys(referral.ANSWERS, _Reference(referral.NO_REFERRAL, _naming(referral.waits))),
    custody.PenaltyHoursRecorded: _Reference("episode_not_running", _naming(_of_penalty)),
    custody.EpisodeEnded: _Reference("episode_not_running", _naming(_of_episode)),
    custody.ExpectedEndChanged: _Reference("episode_not_running", _naming(_of_episode)),
    **dict.fromkeys((e.PauseRenewed, e.CaseResumed), _Reference("case_not_paused", _paused)),
    e.TrackEnded: _Reference("track_not_open", lambda case, _: bool(case.tracks)),
    e.ExemptionCleared: _Reference(
        "review_not_exempt",
        _naming(_exempt),
    ),
}
