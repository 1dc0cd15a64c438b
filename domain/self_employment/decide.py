"""The rules of the self-employment track, read as the programme states them.

A step that moves money writes the case, the project and the agreement together.
"""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from domain.agreement import events as a
from domain.agreement.decide import require_room
from domain.agreement.state import AgreementState
from domain.case.decide import outstanding
from domain.case.schedule import ReviewKind
from domain.case.state import CaseState
from domain.ceremony import events as c
from domain.checks import known, not_before, plausible_plan
from domain.errors import NotAllowed, Refused
from domain.handling import Context, World
from domain.message import Command, Event, StreamKind, derived_id, stream_id
from domain.money import NOTHING, total
from domain.project import events as p
from domain.project.state import ProjectState
from domain.recording import echo
from domain.rules import RULES
from domain.self_employment import events as e
from domain.self_employment import steps as s
from domain.self_employment.state import SelfEmployment
from domain.self_employment.vocabulary import DecisionKind, ReceivedBy
from domain.trades import sector_of


def track_of(state: CaseState) -> SelfEmployment:
    if state.self_employment is None:
        raise Refused("track_not_open")
    return state.self_employment


def _stream(kind: StreamKind, name: UUID | None) -> tuple[str, ...]:
    return () if name is None else (stream_id(kind, name),)


def reads_new_project(command: Command, _state: CaseState) -> Sequence[str]:
    return (stream_id(StreamKind.PROJECT, derived_id(command.id, "project")),)


def reads_agreement_named(command: Command, _state: CaseState) -> Sequence[str]:
    step = command.step
    return _stream(StreamKind.AGREEMENT, getattr(step, "agreement_id", None))


def reads_ceremony_named(command: Command, _state: CaseState) -> Sequence[str]:
    step = command.step
    return _stream(StreamKind.CEREMONY, getattr(step, "ceremony_id", None))


def reads_all(_command: Command, state: CaseState) -> Sequence[str]:
    """The project, its agreement and its ceremony, as far as there are any."""
    track = state.self_employment
    if track is None:
        return ()
    return (
        *_stream(StreamKind.PROJECT, track.project_id),
        *_stream(StreamKind.AGREEMENT, track.agreement_id),
        *_stream(StreamKind.CEREMONY, track.ceremony_id),
    )


def enrol(_: World, step: s.EnrolInTraining, ctx: Context) -> list[Event]:
    plausible_plan(step.planned_end, ctx.today)
    not_before(step.planned_end, step.occurred_on)
    return [echo(e.TrainingEnrolled, step)]


def complete_training(world: World, step: s.CompleteTraining, _: Context) -> list[Event]:
    enrolled = track_of(world.case).enrolled
    not_before(step.occurred_on, enrolled.on if enrolled else None)
    return [echo(e.TrainingCompleted, step)]


def propose(world: World, step: s.ProposeProject, ctx: Context) -> list[Event]:
    """The project becomes a stream of its own, held by this person."""
    case, project_id = world.case, derived_id(ctx.command_id, "project")
    cost = total(item.estimated for item in step.items)
    if step.own_contribution > cost:
        raise Refused("contribution_exceeds_cost", cost=str(cost))
    not_before(step.occurred_on, track_of(case).opened.on)
    holder = p.Holder(beneficiary_id=known(case.beneficiary_id), case_id=ctx.name)
    registered = p.ProjectRegistered(
        holders=(holder,),
        trade=step.trade,
        sector=sector_of(step.trade),
        province=known(case.province),
        items=step.items,
        premises=step.premises,
        own_contribution=step.own_contribution,
        permits=step.permits,
        address=step.address,
    )
    proposed = e.ProjectProposed(
        project_id=project_id,
        trade=step.trade,
        sector=sector_of(step.trade),
        estimated_cost=cost,
        own_contribution=step.own_contribution,
    )
    return [proposed, registered]


def record_study(world: World, step: s.RecordStudy, _: Context) -> list[Event]:
    proposed = track_of(world.case).proposed
    not_before(step.occurred_on, proposed.on if proposed else None)
    return [echo(e.StudyRecorded, step)]


def submit(world: World, step: s.SubmitToCommittee, ctx: Context) -> list[Event]:
    agreement, studied = world.agreement, track_of(world.case).studied
    if not agreement.exists:
        raise Refused("agreement_not_found")
    if agreement.closed:
        raise Refused("agreement_closed")
    if agreement.province != world.case.province:
        raise Refused("agreement_of_other_province", province=agreement.province)
    not_before(step.occurred_on, studied.on if studied else None)
    if step.session_on is not None:
        plausible_plan(step.session_on, ctx.today)
        not_before(step.session_on, step.occurred_on)
    return [echo(e.SubmittedToCommittee, step)]


def record_decision(world: World, step: s.RecordDecision, ctx: Context) -> list[Event]:
    """Whoever proposed a project does not record its decision; an approval takes its room."""
    track = track_of(world.case)
    if ctx.actor.id == track.proposed_by:
        raise NotAllowed("recorder_is_proposer")
    not_before(step.occurred_on, step.session_on)
    not_before(step.session_on, track.submitted.on if track.submitted else None)
    amount = step.equipment_amount + step.cash_grant
    recorded = echo(e.DecisionRecorded, step)
    decided = p.ProjectDecided(
        decision=step.decision,
        agreement_id=known(track.agreement_id),
        equipment_amount=step.equipment_amount,
        cash_grant=step.cash_grant,
    )
    if step.decision is not DecisionKind.APPROVE:
        if amount > NOTHING:
            raise Refused("amount_without_approval")
        return [recorded, decided]
    _require_fundable(world.agreement, world.project, step, world.case.rules_version)
    require_room(world.agreement, amount)
    committed = a.FundsCommitted(
        project_id=known(track.project_id), case_id=ctx.name, amount=amount
    )
    return [recorded, decided, committed]


def _require_fundable(
    agreement: AgreementState, project: ProjectState, step: s.RecordDecision, version: str
) -> None:
    """Within the project's cost, and within the ceiling of whoever funds it."""
    cost = project.estimated_cost
    if step.equipment_amount <= NOTHING:
        raise Refused("equipment_amount_missing")
    if step.equipment_amount > cost:
        raise Refused("amount_exceeds_cost", cost=str(cost))
    ceilings = RULES[version].ceilings
    ceiling = ceilings.get(agreement.funding_source) if agreement.funding_source else None
    if ceiling is None:
        return
    most = min(ceiling.amount, (cost * ceiling.share).quantize(Decimal("0.01")))
    if step.equipment_amount + step.cash_grant > most:
        raise Refused("ceiling_exceeded", most=str(most), source=str(agreement.funding_source))


def sign_undertaking(world: World, step: s.SignUndertaking, _: Context) -> list[Event]:
    """Signed in freedom, after the approval."""
    approved, released = track_of(world.case).approved, world.case.custody.released
    not_before(step.occurred_on, approved.on if approved else None)
    not_before(step.occurred_on, released.on if released else None)
    return [echo(e.UndertakingSigned, step)]


def order(world: World, step: s.OrderEquipment, _: Context) -> list[Event]:
    """Each item once, and all of them within what was approved."""
    track, project = track_of(world.case), world.project
    numbers = [line.item for line in step.prices]
    if len(set(numbers)) < len(numbers):
        raise Refused("item_repeated")
    for number in numbers:
        _require_item(number, len(project.estimates))
        if number in project.prices:
            raise Refused("item_already_ordered", item=number)
    not_before(step.occurred_on, track.approved.on if track.approved else None)
    amount = total(line.price for line in step.prices)
    if project.ordered_total + amount > project.equipment_amount:
        left = project.equipment_amount - project.ordered_total
        raise Refused("order_exceeds_approval", left=str(left), asked=str(amount))
    complete = len(project.prices) + len(numbers) == len(project.estimates)
    return [
        e.EquipmentOrdered(total=amount, complete=complete),
        echo(p.ItemsOrdered, step),
        a.FundsContracted(project_id=known(track.project_id), amount=amount),
    ]


def _require_item(number: int, items: int) -> None:
    if number > items:
        raise Refused("item_unknown", item=number, items=items)


def record_payment(world: World, step: s.RecordPayment, _: Context) -> list[Event]:
    project, track = world.project, track_of(world.case)
    left = project.ordered_total - project.paid
    if step.amount > left:
        raise Refused("payment_exceeds_order", left=str(left), asked=str(step.amount))
    not_before(step.occurred_on, track.ordered.on if track.ordered else None)
    return [
        echo(e.PaymentRecorded, step),
        echo(p.SupplierPaid, step),
        a.FundsPaid(project_id=known(track.project_id), amount=step.amount),
    ]


def receive(world: World, step: s.ReceiveEquipment, _: Context) -> list[Event]:
    project, track = world.project, track_of(world.case)
    for number in step.items:
        if number not in project.prices:
            raise Refused("item_not_ordered", item=number)
        if number in project.received:
            raise Refused("item_already_received", item=number)
    not_before(step.occurred_on, track.ordered.on if track.ordered else None)
    complete = (project.received | set(step.items)) == project.prices.keys()
    return [e.EquipmentReceived(complete=complete), echo(p.ItemsReceived, step)]


def place_on_ceremony(world: World, step: s.PlaceOnCeremony, ctx: Context) -> list[Event]:
    ceremony, track = world.ceremony, track_of(world.case)
    if not ceremony.exists:
        raise Refused("ceremony_not_found")
    if ceremony.cancelled:
        raise Refused("ceremony_cancelled")
    if ceremony.province != world.case.province:
        raise Refused("ceremony_of_other_province", province=ceremony.province)
    listed = c.BeneficiaryListed(
        case_id=ctx.name, project_id=known(track.project_id), agreement_id=known(track.agreement_id)
    )
    return [echo(e.PlacedOnCeremony, step), listed]


def take_off_ceremony(world: World, _: s.TakeOffCeremony, ctx: Context) -> list[Event]:
    case_id = ctx.name
    return [
        e.TakenOffCeremony(ceremony_id=known(track_of(world.case).ceremony_id)),
        c.BeneficiaryUnlisted(case_id=case_id),
    ]


def confirm_delivery(world: World, step: s.ConfirmDelivery, ctx: Context) -> list[Event]:
    """Line by line, each thing once; complete when all that was ordered and granted is given."""
    project, track = world.project, track_of(world.case)
    if not step.items and not step.cash:
        raise Refused("nothing_delivered")
    if (step.received_by is ReceivedBy.PROXY) != (step.proxy is not None):
        raise Refused("proxy_missing_or_superfluous")
    not_before(step.occurred_on, track.received.on if track.received else None)
    numbers = _handed_over(step, project)
    cash = total(part.amount for part in step.cash)
    if project.cash_paid + cash > project.cash_grant:
        left = project.cash_grant - project.cash_paid
        raise Refused("cash_exceeds_grant", left=str(left), asked=str(cash))
    goods = total(project.prices[number] for number in numbers)
    everything = (project.delivered | numbers) == project.prices.keys()
    confirmed = e.DeliveryConfirmed(
        goods=goods,
        cash=cash,
        complete=everything and project.cash_paid + cash == project.cash_grant,
        ceremony_id=track.ceremony_id,
        proxy=step.proxy,
    )
    events: list[Event] = [
        confirmed,
        echo(p.ItemsDelivered, step),
        a.FundsDelivered(project_id=known(track.project_id), amount=goods + cash),
    ]
    if track.ceremony_id is not None:
        events.append(_line(world, step, ctx, goods, cash))
    return events


def _handed_over(step: s.ConfirmDelivery, project: ProjectState) -> frozenset[int]:
    numbers = [line.item for line in step.items]
    if len(set(numbers)) < len(numbers):
        raise Refused("item_repeated")
    for number in numbers:
        if number not in project.received:
            raise Refused("item_not_received", item=number)
        if number in project.delivered:
            raise Refused("item_already_delivered", item=number)
    return frozenset(numbers)


def _line(
    world: World, step: s.ConfirmDelivery, ctx: Context, goods: Decimal, cash: Decimal
) -> Event:
    """The person's line on the ceremony's list, never before the day of the ceremony."""
    if world.ceremony.cancelled:
        raise Refused("ceremony_cancelled")
    not_before(step.occurred_on, world.ceremony.held_on)
    return c.LineConfirmed(case_id=ctx.name, goods=goods, cash=cash)


def cancel_approval(world: World, step: s.CancelApproval, ctx: Context) -> list[Event]:
    """The money and the place return, unless something was paid or handed over already."""
    project, track = world.project, track_of(world.case)
    if project.paid > NOTHING:
        raise Refused("supplier_already_paid", paid=str(project.paid))
    released = a.FundsReleased(
        project_id=known(track.project_id),
        amount=project.equipment_amount + project.cash_grant,
        contracted=project.ordered_total,
    )
    events = [echo(e.ApprovalCancelled, step), p.ProjectCancelled(), released]
    if track.ceremony_id is not None:
        events.append(c.BeneficiaryUnlisted(case_id=ctx.name))
    return events


def record_visit(world: World, step: s.RecordVisit, ctx: Context) -> list[Event]:
    """A visit completes the review it is held for, from that review's window on."""
    delivered = track_of(world.case).delivered
    not_before(step.occurred_on, delivered.on if delivered else None)
    if step.review is not None:
        due = outstanding(world.case, step.review, ctx)
        if due.kind is not ReviewKind.VISIT:
            raise Refused("review_of_another_kind", review=step.review)
        not_before(step.occurred_on, due.window_start)
    return [echo(e.VisitRecorded, step), echo(p.ProjectVisited, step)]


def reschedule_visit(world: World, step: s.RescheduleVisit, ctx: Context) -> list[Event]:
    due = outstanding(world.case, step.review, ctx)
    if due.kind is not ReviewKind.VISIT:
        raise Refused("review_of_another_kind", review=step.review)
    if not due.window_start <= step.due_on <= due.window_end:
        raise Refused("outside_window", earliest=str(due.window_start), latest=str(due.window_end))
    return [echo(e.VisitRescheduled, step)]
