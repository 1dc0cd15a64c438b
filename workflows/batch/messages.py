"""What travels through Temporal of a batch: its id, and whether there is more to do.

Standard library only, as with a case's messages.
"""

import re
from dataclasses import dataclass

BATCH_WORKFLOW = "Batch"
GO_ON = "go_on_with_batch"
STIR = "stir"


@dataclass(frozen=True, slots=True)
class BatchStart:
    """What a run of a batch's workflow begins with."""

    batch_id: str


@dataclass(frozen=True, slots=True)
class BatchStanding:
    """Whether there is something to do in a batch now: lines to go on with, or to tell of."""

    moves: bool


BATCH_ID = re.compile(r"batch-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""How the workflow id of a batch looks."""


def batch_workflow_id(batch_id: str) -> str:
    return f"batch-{batch_id}"
