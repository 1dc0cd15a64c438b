"""What travels through Temporal: small, nothing personal or judicial in the clear.

Standard library only, so that the workflow's sandbox loads it quickly.
"""

import re
from dataclasses import dataclass

WORKFLOW = "Case"
TASK_QUEUE = "jisr-cases"
TAKE_STEP = "take_step"
REFRESH = "refresh"
LOOK_AGAIN = "look_again"
PROGRESS = "progress"
STANDING = "standing"
RECORD_STEP = "record_step"
LOAD_PROGRESS = "load_progress"
RECORD_DUE = "record_due"
UNAVAILABLE = "unavailable"
MOVING_ON = "moving_on"
"""The run is about to continue as new: ask again, nothing was recorded."""
ANOTHER_CASE = "another_case"
"""The order is for another case than the workflow's; nothing was recorded."""


@dataclass(frozen=True, slots=True)
class CaseStart:
    """What a run of a case's workflow begins with."""

    case_id: str
    version: int = 0
    """A version the ledger has; the workflow catches up to it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a case has come, as far as its workflow must know."""

    version: int
    """0: the ledger knows no such case."""
    is_open: bool
    next_due: str | None = None
    """The instant (ISO, UTC) at which something next falls due: when, never what."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Which case a run is for, and how far it knows it to be."""

    case_id: str
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class SealedOrder:
    """A command that only the ledger can open."""

    case_id: str
    command_id: str
    subject: str
    blob: str


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """The ledger's answer, word for word, and its mark: without that nobody need believe it."""

    answer: str
    mark: str


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What a step came to, and where the case now stands."""

    answer: StepAnswer
    progress: Progress


@dataclass(frozen=True, slots=True)
class CaseMoment:
    """A case, and the process engine's present instant (ISO, UTC)."""

    case_id: str
    now: str


CASE_ID = re.compile(r"case-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""How the workflow id of a case looks."""


def workflow_id(case_id: str) -> str:
    return f"case-{case_id}"


def case_id_of(workflow: str) -> str:
    return workflow.removeprefix("case-")
