"""The rows of batches: how far each is, and nothing of whom it is about."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from domain.batch.state import BatchState
from domain.batch.vocabulary import BatchStatus
from domain.message import Message, StreamKind
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated


class BatchRow(Message):
    """A batch and how far it is."""

    batch_id: UUID
    centre: str | None
    """The centre in which it was prepared; null for the division's own."""
    takes: str
    """The step that is taken for each line; `custody` for every one that tells of custody."""
    prepared_on: date
    author: UUID
    """In whose name its lines are taken."""
    status: BatchStatus
    since: datetime | None
    """When it came to stand there (UTC)."""
    moved_at: datetime | None
    """When something was recorded of it last (UTC)."""
    halted: str | None
    """Why it rests, where nobody paused it."""
    count: int
    looked: int
    """Lines that were looked at, as far as it is known whose they are."""
    gone: int
    """Lines that were gone through since it was started."""
    done: int
    refused: int
    """Of those that were gone through; before it is started, those that would be refused."""
    version: int


batches = View(
    "batches",
    BatchRow,
    key=["batch_id"],
    owner="batch_id",
    indexes=[["prepared_on", "batch_id"]],
)
_row = unvalidated(BatchRow)


def _rows(name: str, folds: Folds) -> Iterable[BatchRow]:
    state: BatchState = folds.batch(name).state
    if state.author is None or state.begun_on is None:
        return
    yield _row(
        batch_id=UUID(name),
        centre=state.centre,
        takes=state.takes,
        prepared_on=state.begun_on,
        author=state.author.id,
        status=state.status,
        since=state.since,
        moved_at=state.moved_at,
        halted=state.halted,
        count=state.count,
        looked=state.look.last,
        gone=state.take.last,
        done=state.take.passed,
        refused=len(state.going(state.phase).refused),
        version=state.seen,
    )


BATCHES = Derived(batches, StreamKind.BATCH, _rows)
