"""The centres and what they serve, and the fold that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope, StreamKind, stream_id
from domain.registry import events as e

REGISTRY = stream_id(StreamKind.REGISTRY, "centres")


@dataclass(frozen=True)
class RegistryState:
    """All centres, by code."""

    version: int = 0
    seen: int = 0
    centres: Mapping[str, e.CentreRegistered] = field(default_factory=dict)

    def serves(self, centre: str, province: str, day: date) -> bool:
        """Whether the centre's catchment has the province on that day."""
        return any(
            part.province == province
            and part.since <= day
            and (part.until is None or day <= part.until)
            for part in self.centres[centre].catchment
        )


evolve_registry: Evolution[RegistryState] = Evolution()


@evolve_registry.on(e.CentreRegistered)
def _registered(state: RegistryState, event: e.CentreRegistered, _: Envelope) -> RegistryState:
    return replace(state, centres={**state.centres, event.centre: event})
