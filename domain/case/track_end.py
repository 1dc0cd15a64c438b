"""The end of a track, which leaves room for a second of its kind."""

from uuid import UUID

from domain.case import events as e
from domain.case import steps as s
from domain.case.moment import moment
from domain.case.state import CaseState
from domain.case.track import Track
from domain.case.vocabulary import TrackEnd
from domain.errors import NotAllowed, Refused
from domain.folds.evolution import Evolution
from domain.message import Envelope, Event, Role
from domain.steps.checks import not_before
from domain.steps.handling import Context, World

evolve_track_end: Evolution[CaseState] = Evolution()


@evolve_track_end.on(e.TrackEnded)
def _ended(state: CaseState, event: e.TrackEnded, envelope: Envelope) -> CaseState:
    return state.with_track_ended(event.track_id, moment(envelope), event.ended_as)


def end_track(world: World, step: s.EndTrack, ctx: Context) -> Event:
    """No money is to come, and no session is still to decide about it."""
    track_id, track = _meant(world.case, step.track_id)
    if track.ended is not None:
        raise Refused("track_ended")
    require_no_more_to_come(track)
    if step.ended_as is TrackEnd.COMPLETED and not track.achieved:
        raise Refused("track_not_completed")
    _require_who(track, step, ctx)
    not_before(step.occurred_on, track.latest_on)
    return e.TrackEnded(track_id=track_id, ended_as=step.ended_as, explanation=step.explanation)


def require_no_more_to_come(track: Track) -> None:
    """Raises `Refused` where something is."""
    code = more_to_come(track)
    if code is not None:
        raise Refused(code)


def more_to_come(track: Track) -> str | None:
    """The code of what is: money is promised to it, or a session is still to decide about some."""
    if track.money_open:
        return "approval_still_open"
    return "already_submitted" if track.undecided else None


def _require_who(track: Track, step: s.EndTrack, ctx: Context) -> None:
    """The coordinator ends what public money went into, and whatever is ended by decision."""
    weighty = step.ended_as is TrackEnd.BY_DECISION or track.money_spent
    if weighty and ctx.actor.role is Role.CASEWORKER:
        raise NotAllowed("ending_takes_coordinator")


def _meant(case: CaseState, named: UUID | None) -> tuple[UUID, Track]:
    """The one named, else the only one that is open; raises `Refused` for none, and for several."""
    if named is not None:
        track = case.tracks.get(named)
        if track is None:
            raise Refused("track_not_open")
        return named, track
    found = [(each, track) for each, track in case.tracks.items() if track.ended is None]
    if len(found) > 1:
        raise Refused("track_not_named")
    if not found:
        raise Refused("track_ended" if case.tracks else "track_not_open")
    return found[0]
