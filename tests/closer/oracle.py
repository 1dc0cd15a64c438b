"""What the money must be, told from the events and the programme's formulas.

It shares nothing with the folds, and takes the agreement's word for nothing that happens in a
project or an order: what is contracted, paid, refunded and delivered it counts where it happened.
Amounts in MAD.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal
from typing import Any
from uuid import UUID

from domain.agreement import events as a
from domain.message import Envelope, Event, Recorded, name_of
from domain.order import events as o
from domain.project import events as p
from domain.project.vocabulary import DecisionKind
from tests.closer.counted import ZERO, Approval, Line, Money, Project, Purse, Sums, When

CENTIME = Decimal("0.01")


class Oracle:
    """Hears every event once, in order."""

    def __init__(self) -> None:
        self.orders: dict[UUID, dict[int, Line]] = {}
        self.payments: dict[UUID, list[o.InvoicePaid]] = defaultdict(list)
        self.refunds: dict[UUID, list[o.RefundReceived]] = defaultdict(list)
        self.projects: dict[UUID, Project] = {}
        self.purses: dict[UUID, Purse] = defaultdict(Purse)
        self.under: dict[UUID, dict[UUID, Money]] = defaultdict(dict)
        """Agreement → the money of its approvals, by project."""
        self.total: dict[UUID, Money] = defaultdict(Money)
        """Agreement → their sum."""

    def hear(self, commit: Iterable[Recorded]) -> set[UUID]:
        """Take in what one step recorded; the agreements whose money it may have moved."""
        agreements: set[UUID] = set()
        projects: set[UUID] = set()
        for each in commit:
            at = each.envelope
            name = UUID(name_of(at.stream)) if _is_of_money(each.event) else None
            match each.event:
                case a.AgreementEvent() if name:
                    self._on_agreement(name, (at.occurred_on, at.position), each.event)
                    agreements.add(name)
                case o.OrderEvent() if name:
                    projects |= self._on_order(name, each.event)
                case p.ProjectEvent() if name:
                    self._on_project(name, each.event, at)
                    projects.add(name)
                case _:
                    pass
        for project_id in projects:
            agreements |= self._count(project_id)
        return agreements

    def _mended(self, project: Project, event: p.ProjectEntriesMended) -> None:
        """What a decision approved, and what was handed over, is taken back; all else moves nothing."""
        for version in event.entries:
            told = project.told.get(version)
            match told:
                case p.ProjectDecided(decision=DecisionKind.APPROVE):
                    approval = project.approvals.pop(told.agreement_id)
                    approval.equipment -= told.equipment_amount
                    approval.cash -= told.cash_grant
                    project.undecided[told.agreement_id] = approval
                case p.ItemsDelivered():
                    self._taken_back(project, told, version)
                case p.HolderRefunded():
                    project.approvals[told.agreement_id].back -= told.amount
                case _:
                    pass
        project.reopened = True

    def _taken_back(self, project: Project, told: p.ItemsDelivered, version: int) -> None:
        parts, payer = project.handed[version]
        for agreement, part in parts.items():
            project.approvals[agreement].delivered -= part
        cash = sum((each.amount for each in told.cash), ZERO)
        if payer is not None:
            project.approvals[payer].cash_paid -= cash
            project.approvals[payer].delivered -= cash
        project.over -= {each.item for each in told.items}

    def _judge_anew(self, project: Project) -> None:
        """Once a commit that mends is heard whole: what is complete now, and what is not."""
        for approval in project.approvals.values():
            approval.complete = _is_complete(project, approval)
            if not (approval.complete or approval.ended):
                approval.freed = ZERO
        project.undecided.clear()
        project.reopened = False

    def _count(self, project_id: UUID) -> set[UUID]:
        """Its approvals anew, and the sums they stand in; one that was none counts no more."""
        if self.projects[project_id].reopened:
            self._judge_anew(self.projects[project_id])
        gone = [
            each
            for each, known in self.under.items()
            if project_id in known and each not in self.projects[project_id].approvals
        ]
        for agreement_id in gone:
            before = self.under[agreement_id].pop(project_id)
            self.total[agreement_id] = self.total[agreement_id].changed(before, Money())
        for agreement_id in self.projects[project_id].approvals:
            known, now = self.under[agreement_id], self._money(project_id, agreement_id)
            before = known.get(project_id, Money())
            self.total[agreement_id] = self.total[agreement_id].changed(before, now)
            known[project_id] = now
        return {*gone, *self.projects[project_id].approvals}

    def _money(self, project_id: UUID, agreement_id: UUID) -> Money:
        project = self.projects[project_id]
        approval = project.approvals[agreement_id]
        lines = [line for line in project.lines if agreement_id in line.parts]
        contracted = sum((line.parts[agreement_id] for line in lines), ZERO)
        approved = approval.equipment + approval.cash
        if approval.complete or approval.ended:
            approval.freed = approved - contracted - approval.cash_paid + approval.back
        return Money(
            approved,
            approval.freed,
            contracted,
            sum((line.paid[agreement_id] for line in lines), ZERO),
            sum((line.refunded[agreement_id] for line in lines), ZERO) + approval.back,
            approval.cash_paid,
            approval.delivered,
        )

    def room(self, agreement_id: UUID) -> Decimal:
        purse = self.purses[agreement_id]
        return purse.envelope - self.total[agreement_id].committed - purse.gone

    def in_hand(self, agreement_id: UUID) -> Decimal:
        purse = self.purses[agreement_id]
        return purse.come - self.total[agreement_id].spent - purse.gone

    def places_taken(self, agreement_id: UUID) -> int:
        approvals = (self.projects[each].approvals for each in self.under[agreement_id])
        return sum(each[agreement_id].takes_place for each in approvals)

    def broken(self, agreement_id: UUID) -> list[str]:
        """What may never be, whatever happens at once."""
        room, purse = self.room(agreement_id), self.purses[agreement_id]
        taken, over = self.places_taken(agreement_id), purse.come - purse.envelope
        return [
            *([f"room is {room}"] if room < ZERO else ()),
            *([f"{taken} places are taken of {purse.places}"] if taken > purse.places else ()),
            *([f"{over} came above the envelope"] if over > ZERO else ()),
        ]

    def _on_agreement(self, name: UUID, at: When, event: Event) -> None:
        purse = self.purses[name]
        match event:
            case a.AgreementSigned():
                purse.terms = [(0, at, event.envelope, event.planned_places)]
            case a.AgreementAmended():
                purse.terms.append((event.number, at, event.envelope, event.planned_places))
            case a.MorePlacesAllowed():
                purse.allowed.append((at, event.places))
            case a.FundsReceived() | a.FundsRepaid() | a.FundsCarriedOut() | a.ShortfallDeclared():
                purse.entries.append(event)
                purse.enter(event, 1)
            case a.FundsReversed():
                purse.enter(purse.entries[event.movement - 1], -1)
            case a.FundsCarriedIn():
                purse.come += event.amount
            case a.ReceiptOfFundsReversed() | a.CarriedFundsReversed():
                purse.come -= event.amount
            case _:
                pass

    def _on_order(self, name: UUID, event: Event) -> set[UUID]:
        """The projects on its lines."""
        lines = self.orders.setdefault(name, {})
        match event:
            case o.OrderPlaced():
                self._placed(lines, event)
            case o.LinesReceived():
                for number in event.lines:
                    lines[number].came = True
            case o.RefundReceived() | o.RefundReversed():
                self._refunded(name, lines, event)
            case o.InvoicePaid() | o.PaymentCancelled() | o.InvoiceReversed():
                self._paid(name, lines, event)
            case o.LineCancelled():
                line = lines[event.line]
                line.parts = _in_proportion(event.fee, line.parts)
            case o.ReceiptCorrected() | o.LossReversed() | o.LineLost():
                _of_goods(lines, event)
            case o.LineAssigned():
                return {lines[event.line].project, self._given(lines, event)}
            case _:
                return set()
        return {line.project for line in lines.values()}

    def _given(self, lines: dict[int, Line], event: o.LineAssigned) -> UUID:
        """The line's cost now is the other's, out of whose approval it was; who has it then."""
        line = lines[event.line]
        giver, taker = self.projects[line.project], self.projects[event.project_id]
        for agreement, part in line.parts.items():
            if part > ZERO:
                giver.approvals[agreement].equipment -= part
                taker.approvals[agreement].equipment += part
        lines[event.line] = given = line.given(event.project_id, event.item)
        taker.lines.append(given)
        taker.stands_on[event.item] = given
        return event.project_id

    def _placed(self, lines: dict[int, Line], event: o.OrderPlaced) -> None:
        for number, ordered in enumerate(event.lines, 1):
            project = self.projects[ordered.project_id]
            parts = _parts(project, ordered)
            lines[number] = line = Line(ordered.project_id, ordered.item, parts, dict(parts))
            project.lines.append(line)
            project.stands_on[ordered.item] = line

    def _paid(
        self,
        name: UUID,
        lines: dict[int, Line],
        event: o.InvoicePaid | o.PaymentCancelled | o.InvoiceReversed,
    ) -> None:
        """Of what never came no more is owed than was paid."""
        sign, payment = 1, event
        if isinstance(payment, o.InvoicePaid):
            self.payments[name].append(payment)
        else:
            sign, payment = -1, self.payments[name][payment.payment - 1]
        for each in payment.lines:
            line = lines[each.line]
            line.paid[payment.agreement_id] += sign * each.amount
            if sign < 0 and line.never_came:
                line.parts[payment.agreement_id] -= each.amount
                line.given_up[payment.agreement_id] += each.amount

    def _refunded(
        self, name: UUID, lines: dict[int, Line], event: o.RefundReceived | o.RefundReversed
    ) -> None:
        """So much less is paid, and owed; the other way round where it is undone."""
        sign, refund = 1, event
        if isinstance(refund, o.RefundReceived):
            self.refunds[name].append(refund)
        else:
            sign, refund = -1, self.refunds[name][refund.refund - 1]
        for each in refund.lines:
            lines[each.line].refunded[refund.agreement_id] += sign * each.amount
            lines[each.line].parts[refund.agreement_id] -= sign * each.amount

    def _on_project(self, name: UUID, event: Event, at: Envelope) -> None:
        if isinstance(event, p.ProjectRegistered):
            self.projects[name] = Project(dict(enumerate(event.items, 1)))
            return
        project = self.projects[name]
        project.told[at.version] = event
        if isinstance(event, p.ProjectEntriesMended):
            self._mended(project, event)
        else:
            self._told(project, event, at)

    def _told(self, project: Project, event: Event, at: Envelope) -> None:
        match event:
            case p.PlanRevised():
                project.asked = dict(enumerate(event.items, 1))
            case p.ItemReplaced():
                project.asked[event.number] = event.by
                project.over.add(event.item)
            case p.OwnPartPaid():
                project.own_paid += event.amount
            case p.OwnPartReturned():
                project.own_paid -= event.amount
            case p.ProjectDecided(decision=DecisionKind.APPROVE):
                self._approved(project, event, anew=at.mends is None)
            case p.ProjectApprovalEnded():
                project.approvals[event.agreement_id].ended = True
            case p.ItemsDelivered():
                self._delivered(project, event, at)
                self._settle(project)
            case p.HolderRefunded():
                project.approvals[event.agreement_id].back += event.amount
            case p.ItemsDropped():
                project.over |= set(event.items)
                project.cash_dropped = project.cash_dropped or event.cash
                self._settle(project)
            case _:
                pass

    def _settle(self, project: Project) -> None:
        for approval in project.approvals.values():
            approval.complete = approval.complete or _is_complete(project, approval)

    def _approved(self, project: Project, event: p.ProjectDecided, *, anew: bool) -> None:
        """One that is told otherwise stays as settled or ended as it was."""
        before = project.undecided.pop(event.agreement_id, None)
        if before is not None:
            project.approvals[event.agreement_id] = before
        approval = project.approvals.setdefault(event.agreement_id, Approval(event.source))
        approval.equipment += event.equipment_amount
        approval.cash += event.cash_grant
        if anew:
            approval.ended = approval.complete = False

    def _delivered(self, project: Project, event: p.ItemsDelivered, at: Envelope) -> None:
        """Goods at the price they were ordered at; cash out of the first grant that has so much left,
        or where it was told otherwise, out of that which is named.
        """
        parts: Sums = defaultdict(Decimal)
        for each in event.items:
            for agreement, part in project.stands_on[each.item].ordered.items():
                project.approvals[agreement].delivered += part
                parts[agreement] += part
            project.over.add(each.item)
        cash = sum((each.amount for each in event.cash), ZERO)
        granting = [
            name
            for name, approval in project.approvals.items()
            if not approval.ended and approval.cash - approval.cash_paid >= cash
        ]
        payer = event.cash_of if at.mends is not None else next(iter(granting), None)
        if cash and payer is not None:
            project.approvals[payer].cash_paid += cash
            project.approvals[payer].delivered += cash
        project.handed[at.version] = parts, payer if cash else None


def _is_complete(project: Project, approval: Approval) -> bool:
    asked = {number for number, item in project.asked.items() if _asks(item, approval.source)}
    paid = approval.cash_paid == approval.cash or project.cash_dropped
    return asked <= project.over and paid


def _asks(item: p.AskedItem, source: str) -> bool:
    return _asked_of(item, source) > ZERO


def _asked_of(item: p.AskedItem, source: str) -> Decimal:
    if item.sources:
        return sum((part.amount for part in item.sources if part.source == source), ZERO)
    return item.estimated - item.own_cash - item.own_in_kind


def _parts(project: Project, line: o.OrderedLine) -> Sums:
    """A lower price in proportion, the odd centime the first source's; a higher one is the holder's
    as far as the line says so.
    """
    item = project.asked[line.item]
    asked = {
        agreement: part
        for agreement, approval in project.approvals.items()
        if not approval.ended and (part := _asked_of(item, approval.source))
    }
    planned, first = item.estimated - item.own_in_kind, next(iter(asked))
    if line.price >= planned:
        return asked | {first: asked[first] + line.price - planned - line.own_extra}
    own = planned - sum(asked.values(), ZERO)
    cut = {each: _cut(line.price, part, planned) for each, part in asked.items()}
    odd = line.price - sum(cut.values(), ZERO) - _cut(line.price, own, planned)
    return cut | {first: cut[first] + odd}


def _cut(price: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    return (price * part / whole).quantize(CENTIME, ROUND_DOWN)


def _in_proportion(amount: Decimal, parts: Sums) -> Sums:
    """Rounded down to the centime, and the odd one is the first's."""
    whole = sum(parts.values(), ZERO)
    cut = {each: _cut(amount, part, whole) if whole else ZERO for each, part in parts.items()}
    first = next(iter(parts))
    return cut | {first: cut[first] + amount - sum(cut.values(), ZERO)}


def _of_goods(
    lines: dict[int, Line], event: o.ReceiptCorrected | o.LossReversed | o.LineLost
) -> None:
    """What of an order came, was lost, or was not."""
    if isinstance(event, o.ReceiptCorrected):
        for number in event.lines:
            lines[number].came = event.received_on is not None
        return
    line = lines[event.line]
    if isinstance(event, o.LossReversed):
        line.never_came = False
        for each, part in line.given_up.items():
            line.parts[each] += part
        line.given_up.clear()
    elif not line.came:
        line.given_up.update({each: part - line.net(each) for each, part in line.parts.items()})
        line.parts = {each: line.net(each) for each in line.parts}
        line.never_came = True


def disagreements(oracle: Oracle, agreement_id: UUID, state: Any) -> list[str]:
    """Where an agreement's state says something else, or something that may never be."""
    told, said, purse = oracle.total[agreement_id], state.money, oracle.purses[agreement_id]
    pairs = [
        ("room", state.room, oracle.room(agreement_id)),
        ("in hand", state.in_hand, oracle.in_hand(agreement_id)),
        ("places", state.places, purse.places),
        ("places taken", state.places_taken, oracle.places_taken(agreement_id)),
        *((name, getattr(said, name), getattr(told, name)) for name in NUMBERS),
    ]
    for project_id, money in oracle.under[agreement_id].items():
        kept = state.approvals[project_id].money
        pairs += [
            (f"{name} of {project_id}", getattr(kept, name), value)
            for name, value in zip(Money._fields, money, strict=True)
        ]
    wrong = [f"{name} is {one}, must be {other}" for name, one, other in pairs if one != other]
    return wrong + oracle.broken(agreement_id)


NUMBERS = (*Money._fields, "committed", "spent", "to_come")


def _is_of_money(event: Event) -> bool:
    return isinstance(event, a.AgreementEvent | o.OrderEvent | p.ProjectEvent)
