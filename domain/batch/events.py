"""What is recorded of a batch.

What was pasted may name people, so it is encrypted, under a key that is the batch's own and can be
destroyed. Where the step is about custody, its very name and why a line was refused would tell of
it: all that is judicial then. Who is told of which case stands in the clear, as in every case.
"""

from typing import ClassVar
from uuid import UUID

from domain.batch.vocabulary import Phase
from domain.message import Event, Judicial, Personal, Record, StreamKind


class AnswerTold(Record):
    """An answer to one question."""

    field: str
    value: str


class LineTold(Record):
    """What was said of a line."""

    said: str | None = None
    answers: tuple[AnswerTold, ...] = ()


class WhyRefused(Record):
    """A line, and the code of why it is refused."""

    line: int
    code: str


class BatchEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.BATCH


class BatchPrepared(BatchEvent, stored="BatchPrepared"):
    takes: str
    """The name of the step, or of its veil."""
    named: Judicial[str] = None
    """The step's own name, where it has a veil."""
    count: int
    filtered: Judicial[str] = None
    """By which filters the lines were found, by their codes: a school among them tells of everybody."""
    explanation: Personal[str] = None
    answers: Personal[tuple[AnswerTold, ...]] = None
    answers_judicial: Judicial[tuple[AnswerTold, ...]] = None


class BatchLinesAdded(BatchEvent, stored="BatchLinesAdded"):
    cases: tuple[UUID | None, ...]
    told: Personal[tuple[LineTold, ...]] = None
    told_judicial: Judicial[tuple[LineTold, ...]] = None


class BatchLinesMatched(BatchEvent, stored="BatchLinesMatched"):
    lines: tuple[int, ...]
    cases: tuple[UUID | None, ...]


class BatchRechecked(BatchEvent, stored="BatchRechecked"):
    pass


class BatchStarted(BatchEvent, stored="BatchStarted"):
    digest: Personal[str] = None
    """Of the lines. Behind the key: of a short list it would tell who is on it."""
    ready: int
    warned: int
    refused: int
    """What the look beforehand foresaw."""


class BatchPaused(BatchEvent, stored="BatchPaused"):
    pass


class BatchResumed(BatchEvent, stored="BatchResumed"):
    pass


class BatchHalted(BatchEvent, stored="BatchHalted"):
    because: str


class BatchStopped(BatchEvent, stored="BatchStopped"):
    explanation: Personal[str] = None


class BatchForgotten(BatchEvent, stored="BatchForgotten"):
    pass


class LinesPassed(BatchEvent):
    """How far one going through the lines has come."""

    first: int
    last: int
    passed: int
    warned: int = 0
    refused: tuple[int, ...] = ()
    why: tuple[WhyRefused, ...] = ()
    """Why each was refused, where that tells nothing of custody."""
    why_judicial: Judicial[tuple[WhyRefused, ...]] = None


class BatchLinesLooked(LinesPassed, stored="BatchLinesLooked"):
    pass


class BatchLinesTaken(LinesPassed, stored="BatchLinesTaken"):
    pass


class BatchEnded(BatchEvent, stored="BatchEnded"):
    done: int
    refused: int
    unmatched: int


TOLD_OF: dict[Phase, type[LinesPassed]] = {
    Phase.LOOK: BatchLinesLooked,
    Phase.TAKE: BatchLinesTaken,
}
