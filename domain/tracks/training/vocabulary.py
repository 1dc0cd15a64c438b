"""The words of training, as codes."""

from enum import StrEnum

from domain.case.vocabulary import TrackKind


class TrainingStatus(StrEnum):
    NONE = "none"
    ENROLLED = "enrolled"
    COMPLETED = "completed"
    NOT_PASSED = "not_passed"
    """Failed, or attended without a certificate: that is no training behind them."""
    DROPPED_OUT = "dropped_out"
    WAIVED = "waived"


class TrainingResult(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    ATTENDED = "attended"


class Presence(StrEnum):
    """Whether somebody came on a day of the training."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"
    """Absent, and said why."""


KINDS = (TrackKind.SELF_EMPLOYMENT, TrackKind.VOCATIONAL_TRAINING)
"""The kinds of tracks that have a training."""
