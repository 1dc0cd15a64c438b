"""The centres with what they serve, the other entries, and the fold that says so.

An entry has the names it was given from a day on, so that what happened before is told by those it
had. Two that are one go by one of them (`goes_by`); each keeps its own days, and a step may name the
one that goes on wherever one of them was there.
"""

from bisect import insort_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.errors import Refused
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.registry import events as e
from domain.registry.centres.serving import Said as Served
from domain.registry.centres.serving import said_at_first
from domain.registry.centres.state import Closings, closed_since, evolve_centres, serving
from domain.registry.rules.state import (
    CAME_WITH_JISR,
    KnownRules,
    Versions,
    evolve_rules,
    in_force,
)
from domain.steps.roles import CENTRES
from domain.values.validity import Validity

REGISTRY = CENTRES.only

NAMES = ("name_fr", "name_ar", "name_tifinagh")

Said = tuple[date, e.EntryRegistered]
"""What was said of an entry, and from which day on it is called so."""


@dataclass(frozen=True)
class RegistryState:
    """All that is registered, by code."""

    version: int = 0
    seen: int = 0
    centres: Mapping[str, e.CentreRegistered] = field(default_factory=dict)
    entries: Mapping[str, e.EntryRegistered] = field(default_factory=dict)
    """Of every kind: a code is of one kind for good. Called as from the last day on; a name of an
    earlier day that is told late is none of today's.
    """
    served: Mapping[str, Served] = field(default_factory=dict)
    """By centre: what was said of its provinces, by day."""
    closings: Closings = field(default_factory=dict)
    said: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)
    """By entry: all that was said of it, by day."""
    merged: Mapping[str, str] = field(default_factory=dict)
    """Entry → the one that it was merged into."""
    rules: Versions = field(default_factory=lambda: CAME_WITH_JISR)

    def rules_on(self, day: date) -> KnownRules:
        """Those that a case takes that is opened on that day."""
        return in_force(self.rules, day)

    def closing_of(self, centre: str) -> date | None:
        """From when on a centre is closed, or is to be, where it does not open again."""
        return closed_since(self.closings.get(centre, ()), date.max)

    def closed_on(self, centre: str, day: date) -> bool:
        """Whether the centre takes no case on that day."""
        return closed_since(self.closings.get(centre, ()), day) is not None

    def goes_by(self, entry: str) -> str:
        """The one that goes on for it: mostly itself."""
        while entry in self.merged:
            entry = self.merged[entry]
        return entry

    def going_by(self, entry: str) -> tuple[str, ...]:
        """Those that were merged into it, and into those in their turn."""
        return tuple(sorted(each for each in self.merged if entry in self._ahead_of(each)))

    def _ahead_of(self, entry: str) -> Iterator[str]:
        while entry in self.merged:
            entry = self.merged[entry]
            yield entry

    def days_of(self, entry: str) -> tuple[Validity, ...]:
        """When it may be named: its own days first, then those of all that goes by it."""
        known = (self.entries[each] for each in (entry, *self.going_by(entry)))
        return tuple(Validity(each.since, each.until) for each in known)

    def called_on(self, entry: str, day: date) -> e.EntryRegistered | None:
        """What it was called on a day; before its first name, by that."""
        said = self.said.get(entry, ())
        then = [known for since, known in said if since <= day] or [known for _, known in said[:1]]
        return then[-1] if then else None

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

    def passes_on(
        self, centre: str, province: str | None, today: date
    ) -> tuple[date, frozenset[str]] | None:
        """From when on others serve the province and the centre does not: today, or as planned.

        None while it does, and where nobody else would.
        """
        said = (each.since for each in self.served.get(centre, ()) if each.since > today)
        for day in (today, *said):
            others = self.serving(province, day)
            if others and centre not in others:
                return day, others
        return None

    def serving(self, province: str | None, day: date) -> frozenset[str]:
        """The centres that take cases of the province on that day."""
        return frozenset(centre for centre in self.centres if self.serves(centre, province, day))


def require_centre_open(registry: RegistryState, centre: str, day: date) -> None:
    """Raises `Refused` unless there is such a centre, and it takes cases on that day."""
    if centre not in registry.centres:
        raise Refused("centre_unknown", centre=centre)
    since = closed_since(registry.closings.get(centre, ()), day)
    if since is not None:
        raise Refused("centre_closed", centre=centre, since=str(since))


evolve_registry: Evolution[RegistryState] = Evolution(evolve_centres, evolve_rules)


@evolve_registry.on(e.CentreRegistered)
def _centre(state: RegistryState, event: e.CentreRegistered, _: Envelope) -> RegistryState:
    """Again: its names alone are new, since what it serves is changed and mended by day."""
    said = state.served.get(event.centre) or said_at_first(event.catchment)
    named = replace(state, centres={**state.centres, event.centre: event})
    served: RegistryState = serving(named, event.centre, said)
    return served


@evolve_registry.on(e.EntryRegistered)
def _entry(state: RegistryState, event: e.EntryRegistered, env: Envelope) -> RegistryState:
    said = list(state.said.get(event.entry, ()))
    insort_right(said, (env.occurred_on, event), key=lambda each: each[0])
    last = said[-1][1]
    names = {name: getattr(last, name) for name in NAMES}
    return replace(
        state,
        entries={**state.entries, event.entry: event.model_copy(update=names)},
        said={**state.said, event.entry: tuple(said)},
    )


@evolve_registry.on(e.EntriesMerged)
def _merged(state: RegistryState, event: e.EntriesMerged, _: Envelope) -> RegistryState:
    return replace(state, merged={**state.merged, event.entry: event.goes_by})


@evolve_registry.on(e.EntryMergeUndone)
def _parted(state: RegistryState, event: e.EntryMergeUndone, _: Envelope) -> RegistryState:
    merged = {entry: by for entry, by in state.merged.items() if entry != event.entry}
    return replace(state, merged=merged)
