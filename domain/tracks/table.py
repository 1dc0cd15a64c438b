"""The kinds of tracks, each with what its folder brings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType

from domain.case.death import evolve_death
from domain.case.events import TrackOpened
from domain.case.evolve import evolve_case
from domain.case.moment import Moment, moment
from domain.case.referral.evolve import evolve_referral
from domain.case.state import CaseState
from domain.case.track import Track
from domain.case.track_end import evolve_track_end
from domain.case.vocabulary import TrackKind
from domain.folds.evolution import Evolution
from domain.message import Envelope
from domain.steps.table import TableFault
from domain.tracks.self_employment import events as self_employment_events
from domain.tracks.self_employment import evolve as self_employment
from domain.tracks.training.evolve import evolve_training


@dataclass(frozen=True, slots=True)
class TrackTables:
    """What a track's folder brings, beside its part of the path."""

    opened: Callable[[Track | None, Moment, int], Track]
    """The track of that number as it is when opened, with what happened on it before by its day."""
    events: ModuleType
    evolve: Evolution[CaseState]


TRACKS: Mapping[TrackKind, TrackTables] = {
    TrackKind.SELF_EMPLOYMENT: TrackTables(
        self_employment.opened, self_employment_events, self_employment.evolve_self_employment
    ),
}
if TRACKS.keys() != set(TrackKind):
    raise TableFault("a kind of track has no folder")

opening: Evolution[CaseState] = Evolution()


@opening.on(TrackOpened)
def _opened(state: CaseState, event: TrackOpened, envelope: Envelope) -> CaseState:
    before, when = state.tracks.get(event.track_id), moment(envelope)
    track = TRACKS[event.track].opened(before, when, event.number)
    return state.with_track(event.track_id, track)


evolve_whole_case: Evolution[CaseState] = Evolution(
    evolve_case,
    evolve_death,
    evolve_referral,
    evolve_track_end,
    opening,
    evolve_training,
    *(tables.evolve for tables in TRACKS.values()),
)
"""The fold of a case with all that hangs on it."""
