"""The centres with what they serve, the other entries, and the fold that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.errors import Refused
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.registry import events as e
from domain.registry.centres.state import Closings, evolve_centres
from domain.steps.roles import CENTRES

REGISTRY = CENTRES.only


@dataclass(frozen=True)
class RegistryState:
    """All that is registered, by code."""

    version: int = 0
    seen: int = 0
    centres: Mapping[str, e.CentreRegistered] = field(default_factory=dict)
    entries: Mapping[str, e.EntryRegistered] = field(default_factory=dict)
    """Of every kind: a code is of one kind for good."""
    closings: Closings = field(default_factory=dict)

    def closing_of(self, centre: str) -> date | None:
        """From when on a centre is closed, or is to be, where it does not open again."""
        last = (self.closings.get(centre) or (None,))[-1]
        return last.since if last is not None and last.until is None else None

    def closed_on(self, centre: str, day: date) -> bool:
        """Whether the centre takes no case on that day."""
        return any(each.holds_on(day) for each in self.closings.get(centre, ()))

    def serves(self, centre: str, province: str | None, day: date) -> bool:
        """Whether the centre takes cases of the province on that day."""
        return province in self.provinces_of(centre, day) and not self.closed_on(centre, day)

    def provinces_of(self, centre: str, day: date) -> frozenset[str]:
        """The centre's catchment on that day; one that is closed has its open cases there."""
        known = self.centres.get(centre)
        parts = known.catchment if known else ()
        return frozenset(
            part.province
            for part in parts
            if part.since <= day and (part.until is None or day <= part.until)
        )

    def serving(self, province: str | None, day: date) -> frozenset[str]:
        """The centres that take cases of the province on that day."""
        return frozenset(centre for centre in self.centres if self.serves(centre, province, day))


def require_centre_open(registry: RegistryState, centre: str, day: date) -> None:
    """Raises `Refused` unless there is such a centre, and it takes cases on that day."""
    if centre not in registry.centres:
        raise Refused("centre_unknown", centre=centre)
    if registry.closed_on(centre, day):
        since = max(each.since for each in registry.closings[centre] if each.holds_on(day))
        raise Refused("centre_closed", centre=centre, since=str(since))


evolve_registry: Evolution[RegistryState] = Evolution(evolve_centres)


@evolve_registry.on(e.CentreRegistered)
def _centre(state: RegistryState, event: e.CentreRegistered, _: Envelope) -> RegistryState:
    return replace(state, centres={**state.centres, event.centre: event})


@evolve_registry.on(e.EntryRegistered)
def _entry(state: RegistryState, event: e.EntryRegistered, _: Envelope) -> RegistryState:
    return replace(state, entries={**state.entries, event.entry: event})
