"""The rules of correcting what came in under an agreement, and what left it.

Room and money in hand hold as for any movement: nothing is undone that others rest on.
"""

from decimal import Decimal

from domain.agreement import events as e
from domain.agreement import steps as s
from domain.agreement.decide import (
    CARRIED_INTO,
    require_in_hand,
    require_takes,
    require_tranche,
)
from domain.agreement.funds import Funds, FundsKind
from domain.agreement.state import AgreementState
from domain.errors import Refused
from domain.folds.replacing import replace
from domain.message import Command, Event, StreamKind, stream_id
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import AGREEMENT
from domain.values.money import NOTHING


def reads_other(command: Command, agreement: AgreementState) -> Roles:
    """Where it was carried over, the agreement that took it."""
    funds = agreement.funds.get(getattr(command.step, "movement", 0))
    into = funds.into if funds is not None else None
    return {} if into is None else {CARRIED_INTO: stream_id(StreamKind.AGREEMENT, into)}


def reverse(world: World, step: s.ReverseFunds, ctx: Context) -> Events:
    agreement, funds = world.agreement, _standing(world.agreement, step.movement)
    not_before(step.occurred_on, funds.on)
    undone: Events = [(AGREEMENT, echo(e.FundsReversed, step))]
    match funds.kind:
        case FundsKind.RECEIVED:
            _require_unneeded(agreement, funds.amount)
        case FundsKind.SHORTFALL if agreement.closed:
            raise Refused("agreement_closed_to_spending")
        case FundsKind.CARRIED_OUT:
            _require_unneeded(world[CARRIED_INTO], funds.amount)
            carried = e.CarriedFundsReversed(out_of=ctx.name, amount=funds.amount)
            return [*undone, (CARRIED_INTO, carried)]
        case _:
            pass
    return undone


def correct(world: World, step: s.CorrectFunds, _: Context) -> Events:
    """Of what was received or repaid; what was carried over or lacks is undone, and entered anew."""
    agreement, funds = world.agreement, _standing(world.agreement, step.movement)
    undone = e.FundsReversed(movement=step.movement, explanation=step.explanation)
    return [(AGREEMENT, undone), (AGREEMENT, _as_it_was(agreement, funds, step))]


def _as_it_was(agreement: AgreementState, funds: Funds, step: s.CorrectFunds) -> Event:
    more = step.amount - funds.amount
    match funds.kind:
        case FundsKind.RECEIVED:
            if more > NOTHING:
                require_takes(agreement, more)
            _require_unneeded(agreement, -more)
            require_tranche(agreement, step.tranche)
            return e.FundsReceived(
                amount=step.amount,
                reference=step.reference,
                tranche=step.tranche,
                corrects=step.movement,
            )
        case FundsKind.REPAID if step.tranche is None:
            without = replace(agreement, repaid=agreement.repaid - funds.amount)
            require_in_hand(without, step.amount)
            return e.FundsRepaid(
                amount=step.amount, reference=step.reference, corrects=step.movement
            )
        case _:
            raise Refused("funds_of_another_kind", movement=step.movement)


def _standing(agreement: AgreementState, movement: int) -> Funds:
    if movement not in agreement.funds:
        raise Refused("funds_unknown", movement=movement)
    funds = agreement.funds[movement]
    if funds.reversed:
        raise Refused("funds_already_reversed", movement=movement)
    if funds.order_id is not None:
        raise Refused("funds_of_a_payment", movement=movement)
    return funds


def _require_unneeded(agreement: AgreementState, less: Decimal) -> None:
    """Raises `Refused` unless so much (MAD) less may have come in: what left it rests on that."""
    if less <= NOTHING:
        return
    if agreement.closed:
        raise Refused("agreement_closed_to_spending")
    if agreement.come - less < agreement.gone:
        most = agreement.come - agreement.gone
        raise Refused("funds_gone_since", gone=str(agreement.gone), most=str(most))
