"""What mends a stream: events that say which of its entries are left out, and what stands there now.

Staff make mistakes. What was recorded stays recorded; an event beside it says that it does not
count, and another one may stand in its place (`Envelope.mends`). `order.py` folds by both.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope, Event, Recorded


class Mended(Event):
    """Entries of the stream are left out. Its own types have `entries`, and how (`AMENDS`)."""

    def entries_mended(self) -> tuple[int, ...]:
        """The versions that are left out; none that can still be read, once they are erased."""
        entries: tuple[int, ...] | None = getattr(self, "entries", None)
        return entries or ()


@dataclass(frozen=True, slots=True)
class Mending:
    """What became of an entry."""

    by: int
    """The version of the event that says so."""
    at: datetime
    """When that was recorded (UTC)."""
    corrected: bool
    """Whether something stands in its place; else it was retracted."""
    wrong_person: bool
    """Whether it was told in the wrong person's case: nothing of it is to be read there."""


Mendings = Mapping[int, Mending]
"""By the version of the entry."""


def remember_mended(fold: Evolution[Any], *types: type[Mended]) -> None:
    """Have a fold, whose state has `mended`, keep what became of its entries."""
    fold.on(*types)(_mended)


def _mended(state: Any, event: Mended, envelope: Envelope) -> Any:
    corrected: Collection[int] = getattr(event, "corrected", None) or ()
    wrong_person = bool(getattr(event, "wrong_person", None))
    said = {
        entry: Mending(envelope.version, envelope.recorded_at, entry in corrected, wrong_person)
        for entry in event.entries_mended()
    }
    return replace(state, mended={**state.mended, **said}) if said else state


def mends(recorded: Recorded) -> bool:
    """Whether it changes what an earlier one comes to: its stream folds anew."""
    return recorded.envelope.mends is not None or isinstance(recorded.event, Mended)


def left_out(events: Iterable[Recorded]) -> frozenset[int]:
    """The versions that do not count; of one stream's events, given by version."""
    return frozenset(ended_by(events))


def ended_by(events: Iterable[Recorded]) -> dict[int, int]:
    """The versions that do not count, each with that of the entry by which it does not.

    What mends may be mended in its turn, by a later one: what it had left out counts again.
    """
    out: dict[int, int] = {}
    mending = [each for each in events if isinstance(each.event, Mended)]
    for each in reversed(mending):
        by = each.envelope.version
        if by not in out:
            for entry in each.event.entries_mended():  # type: ignore[attr-defined]  # asked above
                out.setdefault(entry, by)
    return out
