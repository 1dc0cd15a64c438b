"""The kinds of tracks, each with what its folder brings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType

from domain.case.attestation.evolve import evolve_attestations
from domain.case.awaiting.evolve import evolve_awaiting
from domain.case.consents.evolve import evolve_consents
from domain.case.death import evolve_death
from domain.case.emergency.evolve import evolve_emergency
from domain.case.events import TrackOpened
from domain.case.evolve import evolve_case
from domain.case.household.evolve import evolve_household
from domain.case.moment import moment
from domain.case.moving_rules.evolve import evolve_moving_rules
from domain.case.noticed.evolve import evolve_noticed
from domain.case.path import ELIGIBLE
from domain.case.plan.evolve import evolve_plan
from domain.case.referral.evolve import evolve_referral
from domain.case.residence.evolve import evolve_residence
from domain.case.restricted.evolve import evolve_restricted
from domain.case.state import CaseState
from domain.case.steps import OpenTrack
from domain.case.support.evolve import evolve_support
from domain.case.track_end import evolve_track_end
from domain.case.vocabulary import TrackKind
from domain.folds.evolution import Evolution
from domain.message import Envelope, Event
from domain.steps.conditions import Condition
from domain.steps.handling import World
from domain.steps.table import TableFault
from domain.tracks.base import TrackState
from domain.tracks.employment import events as employment_events
from domain.tracks.employment.conditions import EMPLOYMENT_REFERS
from domain.tracks.employment.evolve import evolve_employment
from domain.tracks.employment.state import Employment
from domain.tracks.reference import Reference
from domain.tracks.schooling import events as schooling_events
from domain.tracks.schooling.conditions import SCHOOLING_REFERS
from domain.tracks.schooling.decide import require_minor
from domain.tracks.schooling.evolve import evolve_schooling
from domain.tracks.schooling.state import Schooling
from domain.tracks.self_employment import events as self_employment_events
from domain.tracks.self_employment.evolve import evolve_self_employment
from domain.tracks.self_employment.state import SelfEmployment
from domain.tracks.training.evolve import evolve_training
from domain.tracks.vocational_training import events as vocational_training_events
from domain.tracks.vocational_training.decide import require_age
from domain.tracks.vocational_training.evolve import evolve_vocational_training
from domain.tracks.vocational_training.state import VocationalTraining


def _asks_no_more(_world: World, _step: OpenTrack) -> None:
    """It is open to everybody."""


@dataclass(frozen=True, slots=True)
class TrackTables:
    """What a track's folder brings, beside its part of the path."""

    state: type[TrackState]
    events: ModuleType
    evolve: Evolution[CaseState]
    when: tuple[Condition, ...] = ()
    """What must hold for one to be opened: about life, on the day of the opening."""
    require: Callable[[World, OpenTrack], None] = _asks_no_more
    """What else a kind asks for on that day, such as an age or a guardian: raises `Refused`."""
    refers: Mapping[type[Event], Reference] = field(default_factory=dict)
    """What an event of it names that another made before it."""


TRACKS: Mapping[TrackKind, TrackTables] = {
    TrackKind.SELF_EMPLOYMENT: TrackTables(
        SelfEmployment, self_employment_events, evolve_self_employment, when=(ELIGIBLE,)
    ),
    TrackKind.VOCATIONAL_TRAINING: TrackTables(
        VocationalTraining,
        vocational_training_events,
        evolve_vocational_training,
        require=require_age,
    ),
    TrackKind.EMPLOYMENT: TrackTables(
        Employment, employment_events, evolve_employment, refers=EMPLOYMENT_REFERS
    ),
    TrackKind.SCHOOLING: TrackTables(
        Schooling,
        schooling_events,
        evolve_schooling,
        require=require_minor,
        refers=SCHOOLING_REFERS,
    ),
}
if TRACKS.keys() != set(TrackKind):
    raise TableFault("a kind of track has no folder")

opening: Evolution[CaseState] = Evolution()


@opening.on(TrackOpened)
def _opened(state: CaseState, event: TrackOpened, envelope: Envelope) -> CaseState:
    before, when = state.tracks.get(event.track_id), moment(envelope)
    track = TRACKS[event.track].state.opened_on(before, when, event.number)
    return state.with_track(event.track_id, track)


evolve_whole_case: Evolution[CaseState] = Evolution(
    evolve_case,
    evolve_death,
    evolve_referral,
    evolve_moving_rules,
    evolve_residence,
    evolve_track_end,
    evolve_attestations,
    evolve_support,
    evolve_awaiting,
    evolve_household,
    evolve_consents,
    evolve_plan,
    evolve_noticed,
    evolve_emergency,
    evolve_restricted,
    opening,
    evolve_training,
    *(tables.evolve for tables in TRACKS.values()),
)
"""The fold of a case with all that hangs on it."""
