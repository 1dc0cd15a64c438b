"""A ceremony and its list, and the fold that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from domain.ceremony import events as e
from domain.ceremony.vocabulary import LineState, SiteKind
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.papers.state import Papers, remember_papers
from domain.rules import NEWEST
from domain.values.money import NOTHING


@dataclass(frozen=True)
class Line:
    """One person's line on the list; what they received on the ceremony's day, in MAD."""

    project_id: UUID | None = None
    agreement_id: UUID | None = None
    track_id: UUID | None = None
    state: LineState = LineState.LISTED
    replaced_by: UUID | None = None
    """The case of who came instead."""
    goods: Decimal = NOTHING
    cash: Decimal = NOTHING


NO_LINE = Line()


@dataclass(frozen=True)
class CeremonyState:
    """A ceremony at some version."""

    version: int = 0
    seen: int = 0
    papers: Papers = field(default_factory=dict)
    centre: str | None = None
    """Whose it is: the centre that scheduled it. None: the division's own."""
    province: str | None = None
    city: str | None = None
    site: SiteKind | None = None
    site_name: str | None = None
    presided_by: str | None = None
    begun_on: date | None = None
    """The day it was announced."""
    scheduled_on: date | None = None
    """The day first planned."""
    held_on: date | None = None
    """The day planned now, or held."""
    list_changed_on: date | None = None
    """The latest day on which somebody was placed on the list, or taken off it."""
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

    def line(self, case_id: UUID) -> Line | None:
        return self.lines.get(case_id)

    def cases(self, state: LineState) -> frozenset[UUID]:
        """The cases whose line stands so."""
        return frozenset(case for case, line in self.lines.items() if line.state is state)


evolve_ceremony: Evolution[CeremonyState] = Evolution()
on = evolve_ceremony.on

remember_papers(evolve_ceremony, e.CeremonyDocumentAttached, e.CeremonyDocumentWithdrawn)


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
        site=event.site,
        site_name=event.site_name,
        presided_by=event.presided_by,
        scheduled_on=event.held_on,
        held_on=event.held_on,
    )


@on(e.CeremonyPostponed)
def _postponed(state: CeremonyState, event: e.CeremonyPostponed, _: Envelope) -> CeremonyState:
    return replace(state, held_on=event.held_on)


@on(e.CeremonyCancelled)
def _cancelled(state: CeremonyState, _: e.CeremonyCancelled, __: Envelope) -> CeremonyState:
    """Whoever waited is free; what was handed over on another day stays said."""
    kept = {c: line for c, line in state.lines.items() if line.state is not LineState.LISTED}
    return replace(state, cancelled=True, lines=kept)


@on(e.CeremonyHeld)
def _held(state: CeremonyState, _: e.CeremonyHeld, __: Envelope) -> CeremonyState:
    return replace(state, held=True)


@on(e.BeneficiaryListed)
def _listed(state: CeremonyState, event: e.BeneficiaryListed, envelope: Envelope) -> CeremonyState:
    line = Line(event.project_id, event.agreement_id, event.track_id)
    return _changed(_with(state, event.case_id, line), envelope)


@on(e.BeneficiaryUnlisted)
def _unlisted(
    state: CeremonyState, event: e.BeneficiaryUnlisted, envelope: Envelope
) -> CeremonyState:
    lines = {case: line for case, line in state.lines.items() if case != event.case_id}
    return _changed(replace(state, lines=lines), envelope)


@on(e.LineReplaced)
def _replaced(state: CeremonyState, event: e.LineReplaced, envelope: Envelope) -> CeremonyState:
    line = replace(_line(state, event.case_id), state=LineState.REPLACED, replaced_by=event.by)
    return _changed(_with(state, event.case_id, line), envelope)


@on(e.LineMissed)
def _missed(state: CeremonyState, event: e.LineMissed, _: Envelope) -> CeremonyState:
    line = replace(_line(state, event.case_id), state=LineState(event.because))
    return _with(state, event.case_id, line)


@on(e.LineConfirmed)
def _confirmed(state: CeremonyState, event: e.LineConfirmed, _: Envelope) -> CeremonyState:
    line = _line(state, event.case_id)
    if event.later:
        line = replace(line, state=LineState.LATER)
    else:
        line = replace(
            line,
            state=LineState.TOLD,
            goods=line.goods + event.goods,
            cash=line.cash + event.cash,
        )
    return _with(state, event.case_id, line)


@on(e.LineCorrected)
def _corrected(state: CeremonyState, event: e.LineCorrected, _: Envelope) -> CeremonyState:
    line = _line(state, event.case_id)
    line = replace(
        line,
        state=event.state,
        goods=line.goods + event.goods - event.goods_before,
        cash=line.cash + event.cash - event.cash_before,
    )
    return _with(state, event.case_id, line)


def _line(state: CeremonyState, case_id: UUID) -> Line:
    return state.lines.get(case_id, NO_LINE)


def _with(state: CeremonyState, case_id: UUID, line: Line) -> CeremonyState:
    return replace(state, lines={**state.lines, case_id: line})


def _changed(state: CeremonyState, envelope: Envelope) -> CeremonyState:
    latest = max(envelope.occurred_on, state.list_changed_on or envelope.occurred_on)
    return replace(state, list_changed_on=latest)
