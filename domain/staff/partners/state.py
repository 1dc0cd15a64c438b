"""Partners' systems, as they were registered and ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as with_changed
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope, FieldClass
from domain.staff.partners import events as e
from domain.staff.partners.heard import Heard


@dataclass(frozen=True, slots=True)
class Partner:
    """Where a system listens, and of what it is told."""

    partner: str
    partner_id: UUID
    name: str
    url: str
    hears: frozenset[Heard]
    secret_id: Annotated[UUID, FieldClass.HIDDEN]
    since: int
    """The position from which on it is told."""
    ended_on: date | None = None
    gone: bool = False
    """Whether it ended by its own answer."""

    @property
    def listens(self) -> bool:
        return self.ended_on is None


Partners = Mapping[str, Partner]
"""By their codes, those that ended too."""

evolve_partners: Evolution[Any] = Evolution()


@evolve_partners.on(e.PartnerRegistered)
def _registered(state: Any, event: e.PartnerRegistered, envelope: Envelope) -> Any:
    """What was told before it changed is told; an end in between leaves a gap."""
    before = state.partners.get(event.partner)
    goes_on = before is not None and before.listens
    known = Partner(
        partner=event.partner,
        partner_id=event.partner_id,
        name=event.name,
        url=event.url,
        hears=frozenset(event.hears),
        secret_id=event.secret_id,
        since=before.since if goes_on else envelope.position,
    )
    return replace(state, partners={**state.partners, event.partner: known})


@evolve_partners.on(e.PartnerEnded)
def _ended(state: Any, event: e.PartnerEnded, envelope: Envelope) -> Any:
    return _over(state, event.partner, envelope, gone=False)


@evolve_partners.on(e.PartnerGone)
def _gone(state: Any, event: e.PartnerGone, envelope: Envelope) -> Any:
    return _over(state, event.partner, envelope, gone=True)


def _over(state: Any, partner: str, envelope: Envelope, *, gone: bool) -> Any:
    before = state.partners.get(partner)
    if before is None:
        return state
    over = with_changed(before, ended_on=envelope.occurred_on, gone=gone)
    return replace(state, partners={**state.partners, partner: over})
