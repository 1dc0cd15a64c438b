"""How what becomes of the approvals changes an agreement."""

from decimal import Decimal
from uuid import UUID

from domain.agreement import events as e
from domain.agreement.money import Approval
from domain.agreement.moving import moved
from domain.agreement.state import AgreementState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope

evolve_approvals: Evolution[AgreementState] = Evolution()
on = evolve_approvals.on


def _approval(
    state: AgreementState, event: e.ApprovalEvent, at: Envelope, /, **by: Decimal
) -> AgreementState:
    """With the money of its approval, and of them all, so much larger."""
    approval = state.approvals.get(event.project_id, Approval())
    approval = replace(approval, money=approval.money.moved(**by))
    return moved(
        state,
        at,
        money=state.money.moved(**by),
        approvals={**state.approvals, event.project_id: approval},
    )


@on(e.FundsCommitted)
def _committed(state: AgreementState, event: e.FundsCommitted, at: Envelope) -> AgreementState:
    taken = state.places_taken + (not _takes_place(state, event.project_id))
    state = _approval(state, event, at, equipment=event.equipment, cash=event.cash)
    approval = replace(
        state.approvals[event.project_id], case_id=event.case_id, settled=False, ended=False
    )
    approvals = {**state.approvals, event.project_id: approval}
    return replace(state, approvals=approvals, places_taken=taken)


@on(e.CommitmentCorrected)
def _corrected(state: AgreementState, event: e.CommitmentCorrected, at: Envelope) -> AgreementState:
    return _approval(
        state,
        event,
        at,
        equipment=event.equipment - event.equipment_before,
        cash=event.cash - event.cash_before,
    )


@on(e.CommitmentReversed)
def _uncommitted(
    state: AgreementState, event: e.CommitmentReversed, at: Envelope
) -> AgreementState:
    left = _takes_place(state, event.project_id)
    state = _approval(state, event, at, equipment=-event.equipment, cash=-event.cash)
    others = {name: each for name, each in state.approvals.items() if name != event.project_id}
    return replace(state, approvals=others, places_taken=state.places_taken - left)


@on(e.ApprovalUnsettled)
def _unsettled(state: AgreementState, event: e.ApprovalUnsettled, at: Envelope) -> AgreementState:
    """One that was ended in error stands again, and has its place."""
    before = _takes_place(state, event.project_id)
    approval = state.approvals.get(event.project_id, Approval())
    approval = replace(approval, settled=False, ended=False)
    approvals = {**state.approvals, event.project_id: approval}
    taken = approval.takes_place - before
    return moved(state, at, approvals=approvals, places_taken=state.places_taken + taken)


def _takes_place(state: AgreementState, project_id: UUID) -> bool:
    approval = state.approvals.get(project_id)
    return approval is not None and approval.takes_place


@on(e.FundsContracted)
def _contracted(state: AgreementState, event: e.FundsContracted, at: Envelope) -> AgreementState:
    return _approval(state, event, at, contracted=event.amount)


@on(e.ContractReduced)
def _reduced(state: AgreementState, event: e.ContractReduced, at: Envelope) -> AgreementState:
    return _approval(state, event, at, contracted=-event.amount)


@on(e.FundsPaid)
def _paid(state: AgreementState, event: e.FundsPaid, at: Envelope) -> AgreementState:
    return _approval(state, event, at, paid=event.amount)


@on(e.PaymentReversed)
def _reversed(state: AgreementState, event: e.PaymentReversed, at: Envelope) -> AgreementState:
    return _approval(state, event, at, paid=-event.amount)


@on(e.FundsRefunded)
def _refunded(state: AgreementState, event: e.FundsRefunded, at: Envelope) -> AgreementState:
    return _approval(state, event, at, refunded=event.amount)


@on(e.FundsRefundReversed)
def _not_refunded(
    state: AgreementState, event: e.FundsRefundReversed, at: Envelope
) -> AgreementState:
    return _approval(state, event, at, refunded=-event.amount)


@on(e.FundsRecovered)
def _recovered(state: AgreementState, event: e.FundsRecovered, at: Envelope) -> AgreementState:
    return _approval(state, event, at, refunded=event.amount, recovered=event.amount)


@on(e.RecoveryCorrected)
def _recovered_otherwise(
    state: AgreementState, event: e.RecoveryCorrected, at: Envelope
) -> AgreementState:
    more = event.amount - event.amount_before
    return _approval(state, event, at, refunded=more, recovered=more)


@on(e.FundsDelivered)
def _delivered(state: AgreementState, event: e.FundsDelivered, at: Envelope) -> AgreementState:
    handed = event.goods + event.cash
    return _approval(state, event, at, delivered=handed, cash_paid=event.cash)


@on(e.DeliveryCorrected)
def _handed_otherwise(
    state: AgreementState, event: e.DeliveryCorrected, at: Envelope
) -> AgreementState:
    """Where nothing was handed over after all, an ended approval gives its place back."""
    before = _takes_place(state, event.project_id)
    goods, cash = event.goods - event.goods_before, event.cash - event.cash_before
    state = _approval(state, event, at, delivered=goods + cash, cash_paid=cash)
    taken = _takes_place(state, event.project_id) - before
    return replace(state, places_taken=state.places_taken + taken)


@on(e.FundsFreed)
def _freed(state: AgreementState, event: e.FundsFreed, at: Envelope) -> AgreementState:
    return _approval(state, event, at, freed=event.amount)


@on(e.SavingReversed)
def _claimed_again(state: AgreementState, event: e.SavingReversed, at: Envelope) -> AgreementState:
    return _approval(state, event, at, freed=-event.amount)


@on(e.CostMoved)
def _moved_over(state: AgreementState, event: e.CostMoved, at: Envelope) -> AgreementState:
    """Nothing changes for the agreement as a whole."""
    approvals = dict(state.approvals)
    for project_id, sign in ((event.project_id, -1), (event.to, 1)):
        approval = approvals.get(project_id, Approval())
        cost, paid = sign * event.contracted, sign * event.paid
        money = approval.money.moved(equipment=cost, contracted=cost, paid=paid)
        approvals[project_id] = replace(approval, money=money)
    return moved(state, at, approvals=approvals)


@on(e.ApprovalSettled)
def _settled(state: AgreementState, event: e.ApprovalSettled, at: Envelope) -> AgreementState:
    before = _takes_place(state, event.project_id)
    approval = state.approvals.get(event.project_id, Approval())
    approval = replace(approval, settled=True, ended=event.ended)
    left = before and not approval.takes_place
    approvals = {**state.approvals, event.project_id: approval}
    return moved(
        state,
        at,
        no_earlier=event.given_up_on or at.occurred_on,
        approvals=approvals,
        places_taken=state.places_taken - left,
    )
