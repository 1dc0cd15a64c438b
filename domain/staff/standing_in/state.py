"""Delegations, as they were named and ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import replace as with_changed
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.staff.standing_in import events as e


@dataclass(frozen=True, slots=True)
class Delegation:
    """Whose cases somebody has beside their own, and when."""

    delegation_id: UUID
    staff_id: UUID
    delegate: UUID
    since: date
    until: date
    named_on: date
    named_by: UUID
    known: datetime
    """When it was recorded (UTC)."""
    ended_at: datetime | None = None
    """Since when it holds no more, where it was ended (UTC)."""

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day that has not passed."""
        return self.ended_at is None and self.since <= day <= self.until

    def held(self, day: date, at: datetime) -> bool:
        """Whether it held at an instant, whose day in Morocco is `day`."""
        ended = self.ended_at is not None and self.ended_at <= at
        return self.known <= at and self.since <= day <= self.until and not ended

    def is_over(self, today: date) -> bool:
        return self.ended_at is not None or self.until < today

    def meets(self, since: date, until: date) -> bool:
        """Whether it and a span of days have one in common."""
        return self.ended_at is None and self.since <= until and since <= self.until


Delegations = Mapping[UUID, Delegation]
"""By their ids, those that are over too."""

evolve_delegations: Evolution[Any] = Evolution()


@evolve_delegations.on(e.DelegateNamed)
def _named(state: Any, event: e.DelegateNamed, envelope: Envelope) -> Any:
    named = Delegation(
        delegation_id=event.delegation_id,
        staff_id=event.staff_id,
        delegate=event.delegate,
        since=event.since,
        until=event.until,
        named_on=envelope.occurred_on,
        named_by=envelope.actor.id,
        known=envelope.recorded_at,
    )
    return with_delegations(state, [named])


@evolve_delegations.on(e.DelegationEnded)
def _ended(state: Any, event: e.DelegationEnded, envelope: Envelope) -> Any:
    before = delegations_of(state).get(event.delegation_id)
    if before is None:
        return state
    return with_delegations(state, [with_changed(before, ended_at=envelope.recorded_at)])


def delegations_of(state: Any) -> Delegations:
    known: Delegations = state.delegations
    return known


def with_delegations(state: Any, changed: Iterable[Delegation]) -> Any:
    news = {each.delegation_id: each for each in changed}
    return replace(state, delegations={**delegations_of(state), **news})


def ended_with(state: Any, staff_id: UUID, at: datetime) -> Any:
    """The state once somebody works here no more: nothing of theirs, or by them, holds."""
    theirs = (
        each
        for each in delegations_of(state).values()
        if each.ended_at is None and staff_id in (each.staff_id, each.delegate)
    )
    return with_delegations(state, [with_changed(each, ended_at=at) for each in theirs])
