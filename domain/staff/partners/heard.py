"""What a partner's system may be told of: nothing that says where anybody was."""

from enum import StrEnum


class Heard(StrEnum):
    """The kinds of news."""

    CASE_OPENED = "case_opened"
    CASE_CLOSED = "case_closed"
    CASE_REOPENED = "case_reopened"
    CASE_MOVED = "case_moved"
    """Another centre goes on with it."""
    ITEMS_DELIVERED = "items_delivered"
    AGREEMENT_SIGNED = "agreement_signed"
    AGREEMENT_AMENDED = "agreement_amended"
    AGREEMENT_CLOSED = "agreement_closed"
    FUNDS_COMMITTED = "funds_committed"
    SESSION_SCHEDULED = "session_scheduled"
    MINUTES_RECORDED = "minutes_recorded"
    ORDER_PLACED = "order_placed"
    CEREMONY_SCHEDULED = "ceremony_scheduled"
    CEREMONY_HELD = "ceremony_held"
    COHORT_PLANNED = "cohort_planned"
