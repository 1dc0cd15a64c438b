"""Between which days centres are closed, and what they serve: the fold that says so."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.registry.centres import events as e
from domain.registry.centres.serving import Said, Serving, parts_of, with_said

Turns = tuple[tuple[date, bool], ...]
"""Of one centre, by day: from when on it is closed, and from when on it is open again."""

Closings = Mapping[str, Turns]
"""By the centre's code."""

evolve_centres: Evolution[Any] = Evolution()


def closed_since(turns: Turns, day: date) -> date | None:
    """From when on a centre is closed that is closed on that day."""
    since: date | None = None
    for turn, closed in turns:
        if turn <= day:
            since = (since or turn) if closed else None
    return since


@evolve_centres.on(e.CentreClosed)
def _closed(state: Any, event: e.CentreClosed, _: Envelope) -> Any:
    return _turned(state, event.centre, [(event.closed_from, True)])


@evolve_centres.on(e.CentreReopened)
def _reopened(state: Any, event: e.CentreReopened, _: Envelope) -> Any:
    """A closing that was to begin on that day never was."""
    before = state.closings.get(event.centre, ())
    kept = tuple(each for each in before if each != (event.open_from, True))
    state = replace(state, closings={**state.closings, event.centre: kept})
    if closed_since(kept, event.open_from) is None:
        return state
    return _turned(state, event.centre, [(event.open_from, False)])


def _turned(state: Any, centre: str, more: Iterable[tuple[date, bool]]) -> Any:
    """In the order of days, and not of entries: what was closed and opened later stays so."""
    turns = sorted((*state.closings.get(centre, ()), *more), key=lambda each: each[0])
    return replace(state, closings={**state.closings, centre: tuple(turns)})


@evolve_centres.on(e.CatchmentChanged)
def _changed(state: Any, event: e.CatchmentChanged, _: Envelope) -> Any:
    said = state.served.get(event.centre, ())
    return serving(state, event.centre, with_said(said, Serving(event.since, event.provinces)))


@evolve_centres.on(e.CatchmentCorrected)
def _corrected(state: Any, event: e.CatchmentCorrected, _: Envelope) -> Any:
    said = state.served.get(event.centre, ())
    told = [Serving(event.since, event.provinces)] if event.provinces else []
    return serving(state, event.centre, with_said(said, *told, without=event.mends))


def serving(state: Any, centre: str, said: Said) -> Any:
    """The state with what is said of a centre's provinces; of one that is not known nothing is."""
    known = state.centres.get(centre)
    if known is None:
        return state
    served = known.model_copy(update={"catchment": parts_of(said)})
    return replace(
        state,
        centres={**state.centres, centre: served},
        served={**state.served, centre: said},
    )
