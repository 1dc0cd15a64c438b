"""The steps of an order, from placing it to what goes wrong with it."""

from domain.agreement import events as a
from domain.asking.rows import Asking, two_people
from domain.message import Event, Role, Step
from domain.order import decide, paying, placing, stock
from domain.order import events as e
from domain.order import steps as s
from domain.order.reads import follows_cases, of_its_lines, reads_projects
from domain.order.telling import telling_lines
from domain.papers.decide import attaching, withdrawing
from domain.project import events as p
from domain.steps.conditions import house
from domain.steps.handling import Handling, Rule, of_its_centre
from domain.steps.table import Part, row
from domain.tracks.self_employment import events as t

BUYERS = frozenset({Role.CASEWORKER, Role.COORDINATOR, Role.DIVISION})
SUPERVISORS = frozenset({Role.COORDINATOR, Role.DIVISION})

NOT_PLACED_YET = house("order_already_placed", lambda order: not order.exists)
PLACED = house("order_not_found", lambda order: order.exists)
REQUESTED = house("request_not_found", lambda order: bool(order.requests))
HAS_PAPER = house(
    "paper_not_found", lambda order: any(each.stands for each in order.papers.values())
)


def _row(
    step: type[Step], *makes: type[Event], by: Rule, who: frozenset[Role] = SUPERVISORS
) -> Handling:
    return row(
        step,
        *makes,
        who=who,
        when=(PLACED,),
        by=telling_lines(by),
        reads=reads_projects,
        follows=follows_cases,
        whose=of_its_lines,
    )


LESS = (a.ContractReduced, a.FundsFreed)
MORE = (a.FundsContracted, a.SavingReversed)
UNPAID = (p.SupplierPaymentReversed, a.PaymentReversed, a.ReceiptOfFundsReversed, *LESS)
UNDONE = (p.ItemsUnordered, t.EquipmentUnordered, *LESS)

LOSS = Asking(_row(s.RecordLoss, e.LineLost, *UNDONE, by=decide.record_loss), e.LossRequested)

ORDERS = Part(
    "orders",
    (
        row(
            s.PlaceOrder,
            *(e.OrderPlaced, t.EquipmentOrdered, p.ItemsOrdered, a.FundsContracted),
            who=BUYERS,
            when=(NOT_PLACED_YET,),
            by=telling_lines(placing.place),
            reads=reads_projects,
            follows=follows_cases,
            creates=True,
        ),
        _row(
            s.ReceiveLines,
            *(e.LinesReceived, p.ItemsReceived, t.EquipmentReceived),
            who=BUYERS,
            by=decide.receive,
        ),
        _row(
            s.PayInvoice,
            *(e.InvoicePaid, p.SupplierPaid, a.FundsReceived, a.FundsPaid, t.PaymentRecorded),
            who=BUYERS,
            by=paying.pay,
        ),
        _row(s.CancelPayment, e.PaymentCancelled, *UNPAID, by=paying.cancel),
        _row(s.ReversePayment, e.InvoiceReversed, *UNPAID, by=paying.reverse),
        _row(
            s.CorrectPayment,
            *(e.InvoiceReversed, e.InvoicePaid, p.SupplierPaid, a.FundsReceived, a.FundsPaid),
            *(t.PaymentRecorded, *UNPAID),
            by=paying.correct,
        ),
        _row(
            s.RecordRefund,
            *(e.RefundReceived, p.SupplierRefunded, a.FundsRefunded, *LESS),
            by=decide.refund,
        ),
        _row(
            s.ReverseRefund,
            *(e.RefundReversed, p.SupplierRefundReversed, a.FundsRefundReversed, *MORE),
            by=decide.reverse_refund,
        ),
        _row(s.CancelLine, e.LineCancelled, *UNDONE, by=decide.cancel_line),
        _row(s.RecordIncident, e.IncidentRecorded, who=BUYERS, by=decide.record_incident),
        _row(s.ResolveIncident, e.IncidentResolved, who=BUYERS, by=decide.resolve_incident),
        row(
            s.AssignLine,
            *(e.LineAssigned, p.StockGiven, p.StockTaken, a.CostMoved),
            *(t.EquipmentOrdered, t.EquipmentReceived),
            *(t.EquipmentUnordered, t.EquipmentPassedOn),
            who=SUPERVISORS,
            when=(PLACED,),
            by=stock.assign,
            reads=stock.reads_receiver,
            follows=follows_cases,
        ),
        _row(s.KeepInInventory, e.LinesKept, by=stock.keep),
        row(
            s.AttachOrderDocument,
            e.OrderDocumentAttached,
            who=BUYERS,
            when=(PLACED,),
            by=attaching(e.OrderDocumentAttached),
        ),
        row(
            s.WithdrawOrderDocument,
            e.OrderDocumentWithdrawn,
            who=BUYERS,
            when=(*(PLACED,), HAS_PAPER),
            by=withdrawing(e.OrderDocumentWithdrawn),
        ),
        *two_people(
            LOSS,
            confirm=(s.ConfirmOrderRequest, e.OrderRequestConfirmed),
            refuse=(s.RefuseOrderRequest, e.OrderRequestRefused),
            when=(PLACED, REQUESTED),
            whose=of_its_centre,
            follows=follows_cases,
        ),
    ),
)
