"""A decision or a delivery that was entered wrongly, and is told otherwise; drawn by chance."""

from decimal import Decimal
from uuid import UUID

from domain.message import Recorded, Step
from domain.project.items import CashInstalment, ItemHandover
from domain.project.vocabulary import DecisionKind, RejectionReason
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.values.money import CENTIME, NOTHING
from tests.closer.moves import WHY, on_case
from tests.closer.site import TODAY, Site, Try

FACTORS = (Decimal(1), Decimal("0.9"), Decimal("0.5"), Decimal("1.1"))


def of_case(site: Site, case_id: UUID) -> Try | None:
    """One of those that were entered: the last, mostly."""
    told = site.told[case_id]
    if not told:
        return None
    one = told[-1] if site.random.random() < 0.7 else site.random.choice(told)
    made = {e.DecisionRecorded: _decided, e.DeliveryConfirmed: _handed, e.RecoveryRecorded: _back}
    return on_case(case_id, made[type(one.event)](site, one))


def _back(site: Site, told: Recorded) -> Step:
    """Less or more money, fewer goods, or nothing."""
    was, random = told.event, site.random
    assert isinstance(was, e.RecoveryRecorded)
    amount = (was.amount * random.choice([*FACTORS, NOTHING])).quantize(CENTIME)
    items = tuple(number for number in was.items if random.random() < 0.5)
    return s.CorrectRecovery(
        occurred_on=told.envelope.occurred_on,
        entry_number=told.envelope.version,
        items=items,
        amount=amount or None,
        reference="R",
        explanation=WHY,
    )


def _decided(site: Site, told: Recorded) -> Step:
    """Another amount, or another decision."""
    was, random = told.event, site.random
    assert isinstance(was, e.DecisionRecorded)
    kind = was.decision if random.random() < 0.6 else random.choice(list(DecisionKind))
    equipment = cash = NOTHING
    if kind is DecisionKind.APPROVE:
        equipment = (was.equipment_amount or Decimal(4000)) * random.choice(FACTORS)
        cash = random.choice([was.cash_grant, NOTHING, Decimal(2000)])
    return s.CorrectDecision(
        occurred_on=random.choice([told.envelope.occurred_on, TODAY]),
        entry_number=told.envelope.version,
        decision=kind,
        reason=RejectionReason.OTHER if kind is DecisionKind.REJECT else None,
        equipment_amount=equipment.quantize(CENTIME),
        cash_grant=cash,
        reasons=WHY,
        explanation=WHY,
    )


def _handed(site: Site, told: Recorded) -> Step:
    """Less of it, something else, on another day, or nothing at all."""
    was, random = told.event, site.random
    assert isinstance(was, e.DeliveryConfirmed)
    items = tuple(number for number in was.items if random.random() < 0.7)
    cash = (was.cash * random.choice([*FACTORS, NOTHING])).quantize(CENTIME)
    if random.random() < 0.2:
        items, cash = (), NOTHING
    cheque = f"Q-{random.getrandbits(40)}"
    return s.CorrectDelivery(
        occurred_on=random.choice([told.envelope.occurred_on, told.envelope.occurred_on, TODAY]),
        entry_number=told.envelope.version,
        items=tuple(ItemHandover(item=number) for number in items),
        cash=(CashInstalment(amount=cash, cheque=cheque),) if cash else (),
        explanation=WHY,
    )
