"""The requests of a stream that wait for a second person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.asking.events import Answered, Requested
from domain.errors import Refused
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.rules import NEWEST

ANSWERED_WITHIN = timedelta(days=NEWEST.confirmation_days)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that nobody has answered."""

    what: Requested
    step: str
    """The name of the step that asked."""
    by: UUID
    centre: str | None
    """Of whoever asked."""
    position: int
    """In the ledger."""
    known: datetime
    """When it was recorded (UTC)."""
    on: date
    """The day it was asked, as whoever asked dates it."""

    @property
    def lapses_at(self) -> datetime:
        """The last instant at which it can be answered (UTC)."""
        return self.known + ANSWERED_WITHIN

    def lapsed(self, now: datetime) -> bool:
        return now > self.lapses_at


Requests = Mapping[UUID, Asked]
"""By their ids, those that lapsed too."""


def remember(
    fold: Evolution[Any], asked: Iterable[type[Requested]], answered: Iterable[type[Answered]]
) -> None:
    """Have a fold, whose state has `requests`, keep them until they are answered."""
    fold.on(*asked)(_asked)
    fold.on(*answered)(_answered)


def _asked(state: Any, event: Requested, envelope: Envelope) -> Any:
    asked = Asked(
        what=event,
        step=envelope.step,
        by=envelope.actor.id,
        centre=envelope.actor.centre,
        position=envelope.position,
        known=envelope.recorded_at,
        on=envelope.occurred_on,
    )
    return replace(state, requests={**state.requests, event.request_id: asked})


def _answered(state: Any, event: Answered, _: Envelope) -> Any:
    left = {name: each for name, each in state.requests.items() if name != event.request_id}
    return replace(state, requests=left)


def meant(requests: Requests, request_id: UUID | None, now: datetime) -> Asked:
    """The request of this id, or the only one that waits; raises `Refused`."""
    waiting = [each for each in requests.values() if not each.lapsed(now)]
    if request_id is None and len(waiting) > 1:
        raise Refused("request_not_named")
    found = latest(requests, request_id)
    if found is None:
        raise Refused("request_not_found")
    if found.lapsed(now):
        raise Refused("request_lapsed", date=str(found.on))
    return found


def latest(requests: Requests, request_id: UUID | None) -> Asked | None:
    """The one of this id; else the one asked last: the only one that waits, where there is one."""
    if request_id is not None:
        return requests.get(request_id)
    return max(requests.values(), key=lambda each: each.position, default=None)


def require_new(requests: Requests, asked: Requested, now: datetime) -> None:
    """The same is not asked twice while it waits; raises `Refused`."""
    for other in requests.values():
        if not other.lapsed(now) and _says(other.what) == _says(asked):
            raise Refused("already_requested", date=str(other.on))


def _says(asked: Requested) -> tuple[type[Requested], dict[str, Any]]:
    return type(asked), asked.model_dump(exclude={"request_id"})
