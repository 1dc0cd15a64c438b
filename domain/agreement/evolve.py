"""What an agreement's own events make of it; what its approvals do, `approvals.py` says."""

from domain.agreement import events as e
from domain.agreement.approvals import evolve_approvals
from domain.agreement.funds import Funds, FundsKind
from domain.agreement.moving import moved
from domain.agreement.state import AgreementState
from domain.agreement.terms import Allowance, Terms
from domain.asking.waiting import remember
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.folds.use import Span, use
from domain.message import Envelope
from domain.papers.state import remember_papers

evolve_agreement: Evolution[AgreementState] = Evolution(evolve_approvals)
on = evolve_agreement.on

remember(
    evolve_agreement,
    asked=(e.MorePlacesRequested, e.ReopeningRequested),
    answered=(e.AgreementRequestConfirmed, e.AgreementRequestRefused),
)


remember_papers(evolve_agreement, e.AgreementDocumentAttached, e.AgreementDocumentWithdrawn)


@on(e.AgreementSigned)
def _signed(state: AgreementState, event: e.AgreementSigned, at: Envelope) -> AgreementState:
    return replace(
        state,
        signed_on=at.occurred_on,
        signed_at=event.signed_at,
        parties=event.parties,
        territory=event.territory,
        season=event.season,
        funding_source=event.funding_source,
        indh_phase=event.indh_phase,
        terms=_terms(event, 0, at),
    )


def _terms(event: e.AgreedTerms, number: int, at: Envelope) -> Terms:
    return Terms(
        number=number,
        envelope=event.envelope,
        planned_places=event.planned_places,
        ends_on=event.ends_on,
        tranches=event.tranches,
        since=(at.occurred_on, at.version),
        entered=use(at),
    )


@on(e.AgreementAmended)
def _amended(state: AgreementState, event: e.AgreementAmended, at: Envelope) -> AgreementState:
    """One that is entered after a later one is known of, and changes no terms."""
    terms = _terms(event, event.number, at)
    after = replace(state, amendments={**state.amendments, event.number: terms})
    if event.number > state.terms.number:
        after = moved(after, at, terms=terms)
    return replace(after, gap=_gap(after, at))


def _gap(state: AgreementState, at: Envelope) -> Span | None:
    """Since when a number has been missing; one that is closed stays until the next opens."""
    gap, missing = state.gap, bool(state.missing_amendments)
    if missing and (gap is None or gap.ended is not None):
        return Span(use(at))
    if gap is not None and gap.ended is None and not missing:
        return Span(gap.begun, use(at))
    return gap


@on(e.MorePlacesAllowed)
def _allowed(state: AgreementState, event: e.MorePlacesAllowed, at: Envelope) -> AgreementState:
    allowance = Allowance(event.places, (at.occurred_on, at.version))
    return moved(state, at, allowances=(*state.allowances, allowance))


@on(e.FundsReceived)
def _received(state: AgreementState, event: e.FundsReceived, at: Envelope) -> AgreementState:
    funds = Funds(
        FundsKind.RECEIVED,
        event.amount,
        at.occurred_on,
        event.reference,
        event.tranche,
        event.order_id,
        corrects=event.corrects,
    )
    return moved(_entered(state, funds), at, received=state.received + event.amount)


def _entered(state: AgreementState, funds: Funds) -> AgreementState:
    return replace(state, funds={**state.funds, len(state.funds) + 1: funds})


@on(e.ReceiptOfFundsReversed)
def _not_received(
    state: AgreementState, event: e.ReceiptOfFundsReversed, at: Envelope
) -> AgreementState:
    funds = {number: _unpaid(each, event) for number, each in state.funds.items()}
    return moved(state, at, received=state.received - event.amount, funds=funds)


def _unpaid(funds: Funds, event: e.ReceiptOfFundsReversed) -> Funds:
    said = (funds.order_id, funds.reference) == (event.order_id, event.reference)
    return replace(funds, reversed=True) if said else funds


@on(e.FundsRepaid)
def _repaid(state: AgreementState, event: e.FundsRepaid, at: Envelope) -> AgreementState:
    funds = Funds(
        FundsKind.REPAID, event.amount, at.occurred_on, event.reference, corrects=event.corrects
    )
    return moved(_entered(state, funds), at, repaid=state.repaid + event.amount)


@on(e.FundsCarriedOut)
def _carried_out(state: AgreementState, event: e.FundsCarriedOut, at: Envelope) -> AgreementState:
    funds = Funds(FundsKind.CARRIED_OUT, event.amount, at.occurred_on, into=event.into)
    return moved(_entered(state, funds), at, carried_out=state.carried_out + event.amount)


@on(e.FundsCarriedIn)
def _carried_in(state: AgreementState, event: e.FundsCarriedIn, at: Envelope) -> AgreementState:
    return moved(state, at, carried_in=state.carried_in + event.amount)


@on(e.ShortfallDeclared)
def _short(state: AgreementState, event: e.ShortfallDeclared, at: Envelope) -> AgreementState:
    funds = Funds(FundsKind.SHORTFALL, event.amount, at.occurred_on)
    return moved(_entered(state, funds), at, shortfall=state.shortfall + event.amount)


@on(e.FundsReversed)
def _undone(state: AgreementState, event: e.FundsReversed, at: Envelope) -> AgreementState:
    funds = state.funds[event.movement]
    state = replace(state, funds={**state.funds, event.movement: replace(funds, reversed=True)})
    name = str(funds.kind)
    return moved(state, at, **{name: getattr(state, name) - funds.amount})


@on(e.CarriedFundsReversed)
def _not_carried(
    state: AgreementState, event: e.CarriedFundsReversed, at: Envelope
) -> AgreementState:
    return moved(state, at, carried_in=state.carried_in - event.amount)


@on(e.AgreementClosed)
def _closed(state: AgreementState, _: e.AgreementClosed, at: Envelope) -> AgreementState:
    return replace(state, closed=True, turned_on=at.occurred_on)


@on(e.AgreementReopened)
def _reopened(state: AgreementState, _: e.AgreementReopened, at: Envelope) -> AgreementState:
    return replace(state, closed=False, over_since=None, turned_on=at.occurred_on)
