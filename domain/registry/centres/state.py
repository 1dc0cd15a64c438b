"""Between which days centres are closed, and what they serve: the fold that says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.registry.centres import events as e
from domain.registry.events import ServedProvince

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closing:
    """From one day on, and up to the day before another, where it was opened again."""

    since: date
    until: date | None = None
    """The last day."""

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


Closings = Mapping[str, tuple[Closing, ...]]
"""By the centre's code, the first first."""

evolve_centres: Evolution[Any] = Evolution()


@evolve_centres.on(e.CentreClosed)
def _closed(state: Any, event: e.CentreClosed, _: Envelope) -> Any:
    before = state.closings.get(event.centre, ())
    return _with(state, event.centre, (*before, Closing(event.closed_from)))


@evolve_centres.on(e.CentreReopened)
def _reopened(state: Any, event: e.CentreReopened, _: Envelope) -> Any:
    """One that was to begin on that day or later never was."""
    *before, last = state.closings.get(event.centre) or (None,)
    if last is None:
        return state
    until = event.open_from - DAY
    kept = [Closing(last.since, until)] if last.since <= until else []
    return _with(state, event.centre, (*before, *kept))


def _with(state: Any, centre: str, closings: tuple[Closing, ...]) -> Any:
    return replace(state, closings={**state.closings, centre: closings})


@evolve_centres.on(e.CatchmentChanged)
def _changed(state: Any, event: e.CatchmentChanged, _: Envelope) -> Any:
    known = state.centres.get(event.centre)
    if known is None:
        return state
    served = tuple(_served(known.catchment, event.since, event.provinces))
    changed = known.model_copy(update={"catchment": served})
    return replace(state, centres={**state.centres, event.centre: changed})


def _served(
    before: Sequence[ServedProvince], since: date, provinces: Sequence[str]
) -> Iterator[ServedProvince]:
    """What was served until the day, then what is from it on; what was planned beyond is dropped."""
    going = set[str]()
    for part in before:
        if part.since >= since:
            continue
        if part.until is not None and part.until < since:
            yield part
        elif part.province in provinces:
            going.add(part.province)
            yield part.model_copy(update={"until": None})
        else:
            yield part.model_copy(update={"until": since - DAY})
    for province in provinces:
        if province not in going:
            yield ServedProvince(province=province, since=since)
