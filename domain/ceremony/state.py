"""A ceremony and its list, and the fold that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from domain.ceremony import events as e
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.rules import NEWEST
from domain.values.money import NOTHING


@dataclass(frozen=True)
class Line:
    """One person's line on the list; what they received, in MAD."""

    project_id: UUID | None = None
    agreement_id: UUID | None = None
    confirmed: bool = False
    goods: Decimal = NOTHING
    cash: Decimal = NOTHING


@dataclass(frozen=True)
class CeremonyState:
    """A ceremony at some version."""

    version: int = 0
    seen: int = 0
    centre: str | None = None
    """Whose it is: the centre that scheduled it. None: the division's own."""
    province: str | None = None
    city: str | None = None
    place: str | None = None
    presided_by: str | None = None
    begun_on: date | None = None
    """The day it was announced."""
    scheduled_on: date | None = None
    """The day first planned."""
    held_on: date | None = None
    """The day planned now, or held."""
    lines: Mapping[UUID, Line] = field(default_factory=dict)
    """By case."""
    held: bool = False
    cancelled: bool = False

    @property
    def exists(self) -> bool:
        return self.version > 0

    def lends_lines_to(self, centre: str | None, day: date) -> bool:
        """Whether the centre may read and confirm on that day what its ceremony has of others.

        Whoever puts a person on another centre's list lets that centre hand over to them.
        """
        if centre is None or centre != self.centre or self.cancelled or self.held_on is None:
            return False
        return day <= self.held_on + timedelta(days=NEWEST.lent_line_days)

    @property
    def confirmed(self) -> frozenset[UUID]:
        """The cases whose line was confirmed, as far as it was."""
        return frozenset(case for case, line in self.lines.items() if line.confirmed)


evolve_ceremony: Evolution[CeremonyState] = Evolution()
on = evolve_ceremony.on


@on(e.CeremonyScheduled)
def _scheduled(
    state: CeremonyState, event: e.CeremonyScheduled, envelope: Envelope
) -> CeremonyState:
    return replace(
        state,
        centre=envelope.actor.centre,
        begun_on=envelope.occurred_on,
        province=event.province,
        city=event.city,
        place=event.place,
        presided_by=event.presided_by,
        scheduled_on=event.held_on,
        held_on=event.held_on,
    )


@on(e.CeremonyPostponed)
def _postponed(state: CeremonyState, event: e.CeremonyPostponed, _: Envelope) -> CeremonyState:
    return replace(state, held_on=event.held_on)


@on(e.CeremonyCancelled)
def _cancelled(state: CeremonyState, _: e.CeremonyCancelled, __: Envelope) -> CeremonyState:
    return replace(state, cancelled=True)


@on(e.CeremonyHeld)
def _held(state: CeremonyState, _: e.CeremonyHeld, __: Envelope) -> CeremonyState:
    return replace(state, held=True)


@on(e.BeneficiaryListed)
def _listed(state: CeremonyState, event: e.BeneficiaryListed, _: Envelope) -> CeremonyState:
    line = Line(event.project_id, event.agreement_id)
    return replace(state, lines={**state.lines, event.case_id: line})


@on(e.BeneficiaryUnlisted)
def _unlisted(state: CeremonyState, event: e.BeneficiaryUnlisted, _: Envelope) -> CeremonyState:
    lines = {case: line for case, line in state.lines.items() if case != event.case_id}
    return replace(state, lines=lines)


@on(e.LineConfirmed)
def _confirmed(state: CeremonyState, event: e.LineConfirmed, _: Envelope) -> CeremonyState:
    line = state.lines.get(event.case_id, Line())
    line = replace(
        line, confirmed=True, goods=line.goods + event.goods, cash=line.cash + event.cash
    )
    return replace(state, lines={**state.lines, event.case_id: line})
