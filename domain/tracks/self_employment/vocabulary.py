"""The words of the self-employment track, as codes."""

from enum import StrEnum


class TrainingStatus(StrEnum):
    NONE = "none"
    ENROLLED = "enrolled"
    COMPLETED = "completed"
    DROPPED_OUT = "dropped_out"
    WAIVED = "waived"


class TrainingResult(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    ATTENDED = "attended"


class LegalForm(StrEnum):
    AUTO_ENTREPRENEUR = "auto_entrepreneur"
    COOPERATIVE = "cooperative"
    TRADE_REGISTER = "trade_register"
