"""What the upkeep has come to: the last of each act, and the fold that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.upkeep.events import OperatorActed


class Done(NamedTuple):
    """When something was last done, and by which entry it is told."""

    at: datetime
    position: int


@dataclass(frozen=True)
class UpkeepState:
    """The house's upkeep at some version."""

    version: int = 0
    seen: int = 0
    last: Mapping[str, Done] = field(default_factory=dict)
    """By act."""


evolve_upkeep: Evolution[UpkeepState] = Evolution()


@evolve_upkeep.on(OperatorActed)
def _acted(state: UpkeepState, event: OperatorActed, envelope: Envelope) -> UpkeepState:
    done = Done(envelope.recorded_at, envelope.position)
    return replace(state, last={**state.last, event.act: done})
