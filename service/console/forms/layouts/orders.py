"""The forms of orders."""

from collections.abc import Mapping

from domain.order.steps import (
    AssignLine,
    CancelLine,
    CancelPayment,
    ConfirmOrderRequest,
    CorrectPayment,
    CorrectReceipt,
    KeepInInventory,
    PayInvoice,
    PlaceOrder,
    ReceiveLines,
    RecordIncident,
    RecordLoss,
    RecordRefund,
    RefuseOrderRequest,
    ResolveIncident,
    ReverseLoss,
    ReversePayment,
    ReverseRefund,
)
from service.console.forms.layout import Layout, Source

LAYOUTS: Mapping[str, Layout] = {
    "place-order": Layout(
        PlaceOrder,
        ("occurred_on", "supplier", "contract", "lines"),
        together={"lines.project_id": ("lines.item",)},
    ),
    "receive-lines": Layout(
        ReceiveLines, ("occurred_on", "lines"), candidates={"lines": Source.LINES}
    ),
    "pay-invoice": Layout(
        PayInvoice,
        ("occurred_on", "invoice", "agreement_id", "by_funder", "cheque", "lines"),
        breaks=("lines",),
        rows_from={"lines": Source.LINES},
    ),
    "cancel-payment": Layout(
        CancelPayment, ("payment", "occurred_on", "explanation"), checked=True
    ),
    "reverse-payment": Layout(
        ReversePayment, ("payment", "explanation", "occurred_on"), checked=True
    ),
    "correct-payment": Layout(
        CorrectPayment,
        (
            "payment",
            "occurred_on",
            "invoice",
            "agreement_id",
            "by_funder",
            "cheque",
            "lines",
            "explanation",
        ),
        breaks=("lines",),
        rows_from={"lines": Source.LINES},
        checked=True,
    ),
    "record-refund": Layout(
        RecordRefund,
        ("occurred_on", "reference", "agreement_id", "lines"),
        rows_from={"lines": Source.LINES},
    ),
    "reverse-refund": Layout(ReverseRefund, ("refund", "explanation", "occurred_on"), checked=True),
    "cancel-line": Layout(CancelLine, ("line", "fee", "explanation", "occurred_on"), checked=True),
    "record-incident": Layout(
        RecordIncident,
        ("occurred_on", "lines", "kind", "explanation"),
        candidates={"lines": Source.LINES},
    ),
    "resolve-incident": Layout(
        ResolveIncident, ("incident", "occurred_on", "result", "explanation")
    ),
    "assign-line": Layout(
        AssignLine,
        ("line", "project_id", "session_id", "occurred_on"),
        together={"project_id": ("item",)},
        checked=True,
    ),
    "keep-in-inventory": Layout(
        KeepInInventory,
        ("lines", "explanation", "occurred_on"),
        candidates={"lines": Source.LINES},
        checked=True,
    ),
    "record-loss": Layout(RecordLoss, ("line", "explanation", "occurred_on"), checked=True),
    "confirm-order-request": Layout(
        ConfirmOrderRequest, ("request_id", "occurred_on"), checked=True
    ),
    "refuse-order-request": Layout(
        RefuseOrderRequest, ("request_id", "explanation", "occurred_on"), checked=True
    ),
    "correct-receipt": Layout(
        CorrectReceipt,
        ("lines", "received_on", "explanation", "occurred_on"),
        candidates={"lines": Source.LINES},
        checked=True,
    ),
    "reverse-loss": Layout(ReverseLoss, ("line", "explanation", "occurred_on"), checked=True),
}
