"""What an agreement is warned of by the step that brings it about."""

from collections import defaultdict
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.agreement import events as e
from domain.message import Event, name_of
from domain.steps.handling import Events, World
from domain.steps.roles import StreamRole
from domain.steps.warning import Warned, WarningCode
from domain.values.money import NOTHING


def paid_above_in_hand(world: World, events: Events) -> list[Warned]:
    """A warning for each agreement of which more is paid than is in hand; the funder may be late."""
    spent: defaultdict[StreamRole[Any], Decimal] = defaultdict(Decimal)
    for role, event in events:
        spent[role] += _spent(event)
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


def _spent(event: Event) -> Decimal:
    """MAD that leave the agreement by it, less what comes in by it."""
    match event:
        case e.FundsPaid() | e.FundsRefundReversed() | e.ReceiptOfFundsReversed():
            return event.amount
        case e.FundsDelivered():
            return event.cash
        case e.FundsReceived() | e.PaymentReversed():
            return -event.amount
        case _:
            return NOTHING
