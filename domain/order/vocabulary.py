"""The words of an order, as codes."""

from enum import StrEnum


class LineStatus(StrEnum):
    """What became of a line; whether it was handed over is its project's to say."""

    ORDERED = "ordered"
    RECEIVED = "received"
    CANCELLED = "cancelled"
    LOST = "lost"
    INVENTORY = "inventory"
    """Kept by the Foundation for its own use."""


class IncidentKind(StrEnum):
    """What is wrong with what came, or with who sends it."""

    LATE = "late"
    WRONG = "wrong"
    DAMAGED = "damaged"
    DEFECTIVE = "defective"
    SUPPLIER_GONE = "supplier_gone"


class IncidentResult(StrEnum):
    """How an incident ended."""

    REPAIRED = "repaired"
    REPLACED = "replaced"
    DELIVERED = "delivered"
    REFUNDED = "refunded"
    WITHOUT_RESULT = "without_result"
