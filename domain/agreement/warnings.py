"""What an agreement is warned of by the step that brings it about."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.agreement import events as e
from domain.agreement.funds import Funds, FundsKind
from domain.agreement.state import AgreementState
from domain.message import Event, StreamKind, name_of
from domain.steps.handling import Events, World
from domain.steps.roles import StreamRole
from domain.steps.warning import Warned, WarningCode
from domain.values.money import NOTHING

SIGNS: Mapping[type[Event], int] = {
    **dict.fromkeys((e.FundsPaid, e.FundsRepaid, e.FundsRefundReversed), 1),
    **dict.fromkeys((e.ReceiptOfFundsReversed, e.CarriedFundsReversed), 1),
    **dict.fromkeys((e.FundsReceived, e.PaymentReversed), -1),
}
"""What leaves the agreement by their amount, and what comes in."""


def paid_above_in_hand(world: World, events: Events) -> list[Warned]:
    """A warning for each agreement of which more is paid than is in hand; the funder may be late."""
    spent: defaultdict[StreamRole[Any], Decimal] = defaultdict(Decimal)
    for role, event in events:
        if role.kind is StreamKind.AGREEMENT:
            spent[role] += _spent(world[role], event)
    left = {role: world[role].in_hand - more for role, more in spent.items() if more > NOTHING}
    return [
        Warned(
            code=WarningCode.PAID_ABOVE_IN_HAND,
            about=UUID(name_of(world.ids[role])),
            params={"in_hand": str(in_hand)},
        )
        for role, in_hand in left.items()
        if in_hand < NOTHING
    ]


def _spent(agreement: AgreementState, event: Event) -> Decimal:
    """MAD that leave the agreement by it, less what comes in by it."""
    match event:
        case e.FundsDelivered():
            return event.cash
        case e.DeliveryCorrected():
            return event.cash - event.cash_before
        case e.RecoveryCorrected():
            return event.amount_before - event.amount
        case e.FundsReversed():
            return _undone(agreement.funds[event.movement])
        case _:
            amount: Decimal = getattr(event, "amount", NOTHING)
            return SIGNS.get(type(event), 0) * amount


def _undone(funds: Funds) -> Decimal:
    """MAD that the agreement has less, once the entry is undone."""
    match funds.kind:
        case FundsKind.RECEIVED:
            return funds.amount
        case FundsKind.SHORTFALL:
            return NOTHING
        case _:
            return -funds.amount
