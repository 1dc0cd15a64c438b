"""What a stream has come to, as far as the views need it: a state, and what no rule asks.

A fold changes in place, event by event, and is made anew where one belongs earlier. It depends
on its own stream alone, so it comes out the same whatever batches the events came in.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from domain.agreement.events import AgreementSigned
from domain.agreement.state import AgreementState
from domain.beneficiary.events import CaseLinked
from domain.beneficiary.state import BeneficiaryState
from domain.case.state import CaseState
from domain.ceremony import events as ceremony
from domain.ceremony.state import CeremonyState
from domain.commands import evolve
from domain.folding import BEFORE_ALL, BY_DAY, belongs_earlier, in_order, latest_day
from domain.message import Envelope, OriginKind, Recorded, StreamKind
from domain.money import NOTHING
from domain.project.events import ItemsDelivered, ProjectDecided, ProjectRegistered
from domain.project.state import ProjectState
from domain.project.vocabulary import DecisionKind
from domain.tracks.self_employment.events import DeliveryConfirmed, ProjectProposed
from domain.tracks.self_employment.state import SelfEmployment
from domain.trades import Trade


class Fold(Protocol):
    """A stream folded so far."""

    kind: StreamKind
    state: Any
    latest: date
    """The latest day folded, where the stream folds by day."""

    def note(self, recorded: Recorded) -> None:
        """Keep what the state does not; called after the state has changed."""


def take(fold: Fold, recorded: Recorded) -> None:
    """Fold one more event, which does not belong earlier."""
    fold.state = evolve(fold.kind, fold.state, recorded.event, recorded.envelope)
    fold.latest = latest_day(fold.latest, (recorded,))
    fold.note(recorded)


def is_late(fold: Fold, recorded: Recorded) -> bool:
    """Whether the stream must be folded anew, because this happened before what is folded."""
    return fold.kind in BY_DAY and belongs_earlier(recorded, fold.latest)


def folded(kind: StreamKind, events: Iterable[Recorded]) -> Fold:
    """The fold of a stream's events, given as they were recorded."""
    fold = FOLDS[kind]()
    for recorded in in_order(events) if kind in BY_DAY else events:
        take(fold, recorded)
    return fold


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
    """The day of the last thing anyone did; a reminder is nobody's doing."""
    deliveries: list[Delivery] = field(default_factory=list)
    projects: list[UUID] = field(default_factory=list)
    """All that were proposed, those rejected too."""

    def note(self, recorded: Recorded) -> None:
        envelope, event = recorded.envelope, recorded.event
        if envelope.origin.kind is not OriginKind.TIMER:
            self.last_event_on = max(self.last_event_on or BEFORE_ALL, envelope.occurred_on)
        if isinstance(event, ProjectProposed):
            self.projects.append(event.project_id)
        elif isinstance(event, DeliveryConfirmed):
            self._deliver(event, envelope)

    def _deliver(self, event: DeliveryConfirmed, envelope: Envelope) -> None:
        track = self.state.tracks.get(event.track_id)
        assert isinstance(track, SelfEmployment)  # noqa: S101 - the event is its own
        self.deliveries.append(
            Delivery(
                position=envelope.position,
                on=envelope.occurred_on,
                goods=event.goods,
                cash=event.cash,
                complete=event.complete,
                project_id=track.project_id,
                agreement_id=track.agreement_id,
                ceremony_id=event.ceremony_id,
                trade=track.trade,
                province=self.state.province,
                centre=self.state.centre,
            )
        )


@dataclass(slots=True)
class BeneficiaryFold:
    state: BeneficiaryState = field(default_factory=BeneficiaryState)
    kind: StreamKind = StreamKind.BENEFICIARY
    latest: date = BEFORE_ALL
    cases: list[UUID] = field(default_factory=list)

    def note(self, recorded: Recorded) -> None:
        event = recorded.event
        if isinstance(event, CaseLinked) and event.case_id not in self.cases:
            self.cases.append(event.case_id)


@dataclass(slots=True)
class AgreementFold:
    state: AgreementState = field(default_factory=AgreementState)
    kind: StreamKind = StreamKind.AGREEMENT
    latest: date = BEFORE_ALL
    signed: AgreementSigned | None = None
    signed_on: date | None = None

    def note(self, recorded: Recorded) -> None:
        if isinstance(recorded.event, AgreementSigned):
            self.signed, self.signed_on = recorded.event, recorded.envelope.occurred_on


@dataclass(slots=True)
class ProjectFold:
    state: ProjectState = field(default_factory=ProjectState)
    kind: StreamKind = StreamKind.PROJECT
    latest: date = BEFORE_ALL
    registered: ProjectRegistered | None = None
    decision: DecisionKind | None = None
    agreement_id: UUID | None = None
    delivered_goods: Decimal = NOTHING

    def note(self, recorded: Recorded) -> None:
        match recorded.event:
            case ProjectRegistered() as event:
                self.registered = event
            case ProjectDecided() as event:
                self.decision, self.agreement_id = event.decision, event.agreement_id
            case ItemsDelivered() as event:
                prices = self.state.prices
                for line in event.items:
                    self.delivered_goods += prices.get(line.item, NOTHING)


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

    def note(self, recorded: Recorded) -> None:
        match recorded.event:
            case ceremony.CeremonyScheduled() as event:
                self.scheduled = event
            case ceremony.BeneficiaryListed() as event:
                self.lines[event.case_id] = Line(event.project_id, event.agreement_id)
            case ceremony.BeneficiaryUnlisted() as event:
                self.lines.pop(event.case_id, None)
            case ceremony.LineConfirmed() as event:
                line = self.lines.get(event.case_id) or Line(None, None)
                self.lines[event.case_id] = replace(
                    line,
                    confirmed=True,
                    goods=line.goods + event.goods,
                    cash=line.cash + event.cash,
                )


FOLDS: Mapping[str, Callable[[], Fold]] = {
    StreamKind.CASE: CaseFold,
    StreamKind.BENEFICIARY: BeneficiaryFold,
    StreamKind.AGREEMENT: AgreementFold,
    StreamKind.PROJECT: ProjectFold,
    StreamKind.CEREMONY: CeremonyFold,
}
"""The kinds of streams that views are made of."""
