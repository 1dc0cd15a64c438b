"""What a stream has come to, as far as the views need it: a state, and what no rule asks.

`noting.py` says which events change what of it.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from domain.agreement.events import AgreementSigned
from domain.agreement.state import AgreementState
from domain.beneficiary.state import BeneficiaryState
from domain.case.schedule import Due
from domain.case.state import CaseState
from domain.ceremony import events as ceremony
from domain.ceremony.state import CeremonyState
from domain.folds.order import BEFORE_ALL
from domain.message import StreamKind
from domain.money import NOTHING
from domain.project.events import ProjectRegistered
from domain.project.state import ProjectState
from domain.project.vocabulary import DecisionKind
from domain.trades import Trade


class Fold(Protocol):
    """A stream folded so far."""

    kind: StreamKind
    state: Any
    latest: date
    """The latest day folded, where the stream folds by day."""


@dataclass(slots=True)
class Delivery:
    """A confirmed handover, with what the case was when it was confirmed."""

    position: int
    on: date
    goods: Decimal
    cash: Decimal
    complete: bool
    project_id: UUID | None
    agreement_id: UUID | None
    ceremony_id: UUID | None
    trade: Trade | None
    province: str | None
    centre: str | None


@dataclass(slots=True)
class CaseFold:
    state: CaseState = field(default_factory=CaseState)
    kind: StreamKind = StreamKind.CASE
    latest: date = BEFORE_ALL
    last_event_on: date | None = None
    """The day of the last thing anyone did, as everybody may know it: of what is behind a veil
    the month's first. A reminder is nobody's doing."""
    deliveries: list[Delivery] = field(default_factory=list)
    projects: list[UUID] = field(default_factory=list)
    """All that were proposed, those rejected too."""
    outstanding: tuple[CaseState, tuple[Due, ...]] | None = None
    """What two views ask of one state, remembered; see `projections.deriving.outstanding`."""


@dataclass(slots=True)
class BeneficiaryFold:
    state: BeneficiaryState = field(default_factory=BeneficiaryState)
    kind: StreamKind = StreamKind.BENEFICIARY
    latest: date = BEFORE_ALL
    cases: list[UUID] = field(default_factory=list)


@dataclass(slots=True)
class AgreementFold:
    state: AgreementState = field(default_factory=AgreementState)
    kind: StreamKind = StreamKind.AGREEMENT
    latest: date = BEFORE_ALL
    signed: AgreementSigned | None = None
    signed_on: date | None = None


@dataclass(slots=True)
class ProjectFold:
    state: ProjectState = field(default_factory=ProjectState)
    kind: StreamKind = StreamKind.PROJECT
    latest: date = BEFORE_ALL
    registered: ProjectRegistered | None = None
    decision: DecisionKind | None = None
    agreement_id: UUID | None = None
    delivered_goods: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Line:
    """One person's line on a ceremony's list."""

    project_id: UUID | None
    agreement_id: UUID | None
    confirmed: bool = False
    goods: Decimal = NOTHING
    cash: Decimal = NOTHING


@dataclass(slots=True)
class CeremonyFold:
    state: CeremonyState = field(default_factory=CeremonyState)
    kind: StreamKind = StreamKind.CEREMONY
    latest: date = BEFORE_ALL
    scheduled: ceremony.CeremonyScheduled | None = None
    lines: dict[UUID, Line] = field(default_factory=dict)
