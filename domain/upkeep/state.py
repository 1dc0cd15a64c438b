"""What the upkeep has come to: the last of each act, and the fold that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.upkeep.events import OperatorActed
from domain.upkeep.vocabulary import Act, Fact


class Done(NamedTuple):
    """When something was last done, by which entry it is told, and what it came to."""

    at: datetime
    position: int
    result: str = ""


@dataclass(frozen=True)
class UpkeepState:
    """The house's upkeep at some version."""

    version: int = 0
    seen: int = 0
    last: Mapping[str, Done] = field(default_factory=dict)
    """By act."""
    checked: Mapping[str, Done] = field(default_factory=dict)
    """When each kind of check was last run to its end."""


evolve_upkeep: Evolution[UpkeepState] = Evolution()


@evolve_upkeep.on(OperatorActed)
def _acted(state: UpkeepState, event: OperatorActed, envelope: Envelope) -> UpkeepState:
    result = event.facts.get(Fact.RESULT, "")
    done = Done(envelope.recorded_at, envelope.position, result)
    checked = state.checked
    if event.act == Act.CHECKED:
        checked = {**checked, event.facts.get(Fact.KIND, ""): done}
    return replace(state, last={**state.last, event.act: done}, checked=checked)
