"""What a stream has come to, as the views need it: its state, by the domain's own rules.

The views keep nothing of an event that its state does not, so none can be overlooked here
that is folded there. A fold changes in place, event by event, and is made anew where one
belongs earlier. It depends on its own stream alone, so it comes out the same whatever batches
the events came in.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from domain.case.schedule import Due
from domain.checks.table import is_read
from domain.commands import evolve, initial
from domain.events.veil import outward_day
from domain.folds.order import BEFORE_ALL, BY_DAY, belongs_earlier, in_order
from domain.message import OriginKind, Recorded, StreamKind

S = TypeVar("S")

VIEWED = frozenset(
    {
        StreamKind.CASE,
        StreamKind.BENEFICIARY,
        StreamKind.AGREEMENT,
        StreamKind.PROJECT,
        StreamKind.SESSION,
        StreamKind.ORDER,
        StreamKind.CEREMONY,
        StreamKind.COHORT,
        StreamKind.COMPLAINT,
        StreamKind.RECEPTION,
        StreamKind.REGISTRY,
        StreamKind.BATCH,
        StreamKind.FINDING,
    }
)
"""The kinds of streams that views are made of."""


@dataclass(slots=True)
class Fold(Generic[S]):
    """A stream folded so far."""

    kind: StreamKind
    state: S
    latest: date = BEFORE_ALL
    """The latest day folded, where the stream folds by day."""
    last_event_on: date | None = None
    """The day of the last thing anyone did, as everybody may know it: of what is behind a veil
    the month's first. A reminder is nobody's doing."""
    stage: Any = None
    """Of a case, and below since which day it stands there."""
    stage_since: date | None = None
    read: list[Recorded] = field(default_factory=list)
    """What the standing checks read of it, in the order in which it folds."""
    outstanding: tuple[S, tuple[Due, ...]] | None = None
    """What two views ask of one state, remembered; see `projections.deriving.outstanding`."""


def begun(kind: StreamKind) -> Fold[Any]:
    """The fold of a stream without events."""
    return Fold(kind, initial(kind))


def take(fold: Fold[Any], recorded: Recorded) -> None:
    """Fold one more event, which does not belong earlier."""
    about = recorded.envelope
    if is_read(fold.kind, recorded):
        fold.read.append(recorded)
    fold.state = evolve(fold.kind, fold.state, recorded.event, about)
    if fold.kind is StreamKind.CASE and fold.state.stage is not fold.stage:
        fold.stage, fold.stage_since = fold.state.stage, about.occurred_on
    if about.version > 1 and about.occurred_on > fold.latest:
        fold.latest = about.occurred_on
    if about.origin.kind is not OriginKind.TIMER:
        day, last = outward_day(recorded), fold.last_event_on
        if last is None or day > last:
            fold.last_event_on = day


def is_late(fold: Fold[Any], recorded: Recorded) -> bool:
    """Whether the stream must be folded anew, because this happened before what is folded, or mends it."""
    return belongs_earlier(recorded, fold.latest, by_day=fold.kind in BY_DAY)


def folded(kind: StreamKind, events: Iterable[Recorded]) -> Fold[Any]:
    """The fold of a stream's events, given as they were recorded."""
    fold = begun(kind)
    for recorded in in_order(events, by_day=kind in BY_DAY):
        take(fold, recorded)
    return fold
