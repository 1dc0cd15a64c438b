"""The last number a centre gave in a year, and the fold that says so."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.message import Envelope, StreamKind, stream_id
from domain.reference import events as e


@dataclass(frozen=True)
class ReferenceState:
    version: int = 0
    seen: int = 0
    last: int = 0
    """0 before the first."""
    complaints: tuple[UUID, ...] = ()
    """About a case, in the order in which they came to be: for its person's erasure alone."""


evolve_reference: Evolution[ReferenceState] = Evolution()


@evolve_reference.on(e.ReferenceGiven)
def _given(state: ReferenceState, event: e.ReferenceGiven, _: Envelope) -> ReferenceState:
    return replace(state, last=event.number)


@evolve_reference.on(e.ComplaintKept)
def _kept(state: ReferenceState, event: e.ComplaintKept, _: Envelope) -> ReferenceState:
    others = (each for each in state.complaints if each != event.complaint_id)
    return replace(state, complaints=(*others, event.complaint_id))


def complaints_about(case_id: UUID) -> str:
    """The stream that keeps which complaints are about a case: no code has a dot."""
    return stream_id(StreamKind.REFERENCE, f"complaints-about.{case_id}")


def references_of(centre: str, day: date) -> str:
    """The stream that numbers the cases a centre opens in that day's year."""
    return stream_id(StreamKind.REFERENCE, f"{centre}-{day.year}")


def series_of(what: str, centre: str, day: date) -> str:
    """The stream that numbers something else of a centre's in that day's year: no code has a dot."""
    return stream_id(StreamKind.REFERENCE, f"{what}.{centre}-{day.year}")


def reference(code: str, day: date, number: int) -> str:
    """`FES-24-0173`: the centre's letters, the year of the opening, the number in it."""
    return f"{code}-{day:%y}-{number:04}"
