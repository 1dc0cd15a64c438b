"""A step that may be open on an order, drawn by chance."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

from domain.order import steps as o
from domain.order.vocabulary import IncidentKind, IncidentResult, LineStatus
from domain.values.money import CENTIME, NOTHING
from tests.closer import moves, stocking
from tests.closer.moves import WHY, on_order
from tests.closer.site import TODAY, Site, Try

Draw = Callable[[Site, UUID, int], Try | None]


def of_order(site: Site, order_id: UUID) -> Try | None:
    """Mostly that it comes, and is paid; what is in stock goes somewhere else."""
    random, order = site.random, site.order(order_id)
    if random.random() < 0.6 and (gone := stocking.out_of_stock(site, order_id)):
        return gone
    weights: dict[Draw, float] = {
        _paid: 30,
        _refunded: 6,
        _received: 30,
        _payment_cancelled: 5,
        _payment_reversed: 3,
        _payment_corrected: 4,
        _refund_reversed: 2,
        _receipt_corrected: 3,
        _loss_reversed: 3,
        _line_cancelled: 8,
        _lost: 35 if order.requests else 9,
        _kept: 1,
        _incident: 2,
    }
    (draw,) = random.choices(list(weights), list(weights.values()))
    return draw(site, order_id, random.choice(list(order.lines)))


def _paid(site: Site, order_id: UUID, number: int) -> Try | None:
    """All that is owed of a line, or a part."""
    random, line = site.random, site.order(order_id).lines[number]
    agreement_id = random.choice([*line.parts, None])
    if agreement_id is None or not (owed := moves.some(random, line.owed(agreement_id))):
        return None
    by_funder = random.random() < 0.2
    step = moves.paid(site, agreement_id, {number: owed}, by_funder=by_funder)
    return on_order(order_id, step)


def _refunded(site: Site, order_id: UUID, number: int) -> Try | None:
    line = site.order(order_id).lines[number]
    agreement_id = site.random.choice([*line.parts, None])
    if agreement_id is None or not (back := moves.some(site.random, line.paid_by(agreement_id))):
        return None
    return on_order(order_id, moves.refunded(agreement_id, number, back))


def _received(site: Site, order_id: UUID, number: int) -> Try | None:
    """What is on its way, or one of it; at times what is not."""
    random, lines = site.random, site.order(order_id).lines.items()
    coming = [n for n, line in lines if line.status is LineStatus.ORDERED]
    if not coming and random.random() < 0.9:
        return None
    some = coming if random.random() < 0.3 else [random.choice(coming or [number])]
    step = o.ReceiveLines(occurred_on=TODAY, lines=tuple(some or [number]))
    return on_order(order_id, step)


def _payment_cancelled(site: Site, order_id: UUID, _: int) -> Try | None:
    payment = site.random.randint(1, 1 + len(site.order(order_id).payments))
    step = o.CancelPayment(occurred_on=TODAY, payment=payment, explanation=WHY)
    return on_order(order_id, step)


def _payment_reversed(site: Site, order_id: UUID, _: int) -> Try | None:
    payment = site.random.randint(1, 1 + len(site.order(order_id).payments))
    step = o.ReversePayment(occurred_on=TODAY, payment=payment, explanation=WHY)
    return on_order(order_id, step)


def _payment_corrected(site: Site, order_id: UUID, number: int) -> Try | None:
    """For less or more, of the same line or another, under the same agreement or another."""
    random, order = site.random, site.order(order_id)
    if not order.payments:
        return None
    payment = random.choice(list(order.payments))
    wrong = order.payments[payment]
    line = random.choice([number, *wrong.lines])
    told_of = sum(wrong.lines.values(), NOTHING)
    amount = max(CENTIME, told_of * random.choice([Decimal(1), Decimal("0.5"), Decimal(2)]))
    agreement_id = random.choice([wrong.agreement_id, *order.lines[line].parts])
    paid = moves.paid(
        site, agreement_id, {line: amount.quantize(CENTIME)}, by_funder=random.random() < 0.2
    )
    told = {name: getattr(paid, name) for name in type(paid).model_fields}
    return on_order(order_id, o.CorrectPayment(payment=payment, explanation=WHY, **told))


def _receipt_corrected(site: Site, order_id: UUID, number: int) -> Try | None:
    """They came on another day, or did not."""
    lines = site.order(order_id).lines.items()
    here = [n for n, line in lines if line.status is LineStatus.RECEIVED] or [number]
    came = site.order(order_id).begun_on if site.random.random() < 0.4 else None
    some = tuple(site.random.sample(here, site.random.randint(1, len(here))))
    step = o.CorrectReceipt(occurred_on=TODAY, lines=some, received_on=came, explanation=WHY)
    return on_order(order_id, step)


def _loss_reversed(site: Site, order_id: UUID, number: int) -> Try | None:
    lines = site.order(order_id).lines.items()
    lost = [n for n, line in lines if line.status is LineStatus.LOST] or [number]
    line = site.random.choice(lost)
    step = o.ReverseLoss(occurred_on=TODAY, line=line, explanation=WHY)
    return on_order(order_id, step)


def _refund_reversed(site: Site, order_id: UUID, _: int) -> Try | None:
    """Also after what came back was promised to others."""
    refund = site.random.randint(1, 1 + len(site.order(order_id).refunds))
    step = o.ReverseRefund(occurred_on=TODAY, refund=refund, explanation=WHY)
    return on_order(order_id, step)


def _line_cancelled(site: Site, order_id: UUID, number: int) -> Try | None:
    fee = site.random.choice([NOTHING, NOTHING, Decimal("99.99")])
    step = o.CancelLine(occurred_on=TODAY, line=number, fee=fee, explanation=WHY)
    return on_order(order_id, step)


def _lost(site: Site, order_id: UUID, number: int) -> Try | None:
    refuse = on_order(order_id, o.RefuseOrderRequest(occurred_on=TODAY, explanation=WHY))
    return moves.answered(site, [*moves.lost(site, order_id, number)], refuse)


def _kept(_: Site, order_id: UUID, number: int) -> Try | None:
    """Whether or not it is in stock."""
    step = o.KeepInInventory(occurred_on=TODAY, lines=(number,), explanation=WHY)
    return on_order(order_id, step)


def _incident(site: Site, order_id: UUID, number: int) -> Try | None:
    """Something is wrong with a line; or was, and is not any more."""
    random, incidents = site.random, site.order(order_id).incidents
    kind, result = random.choice(list(IncidentKind)), random.choice(list(IncidentResult))
    if not incidents:
        raised = o.RecordIncident(occurred_on=TODAY, lines=(number,), kind=kind, explanation=WHY)
        return on_order(order_id, raised)
    one = random.randint(1, len(incidents))
    ended = o.ResolveIncident(occurred_on=TODAY, incident=one, result=result, explanation=WHY)
    return on_order(order_id, ended)
