"""The steps of a batch. Those of its lines stand where they always do: in their cases."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from domain.batch.vocabulary import Phase
from domain.message import FieldClass, LongText, Message, ShortText, Step
from domain.values.texts import one_line, several_lines

MOST_LINES = 20_000
"""Of one batch."""
MOST_AT_ONCE = 500
"""Lines that one step brings."""
MOST_ANSWERS, MOST_ANSWERS_A_LINE = 10, 4

LineNumber = Annotated[int, Field(ge=1, le=MOST_LINES, examples=[1])]


FieldName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=40),
    AfterValidator(one_line),
]
"""The name of a question as the step has it."""
LineText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
    AfterValidator(one_line),
]
"""What a line of a list has room for."""
AnswerText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=700),
    AfterValidator(several_lines),
]


class Answer(Message):
    """What is answered in every line to one question of the step, as it would be written."""

    field: FieldName = Field(examples=["caseworker"])
    value: AnswerText = Field(examples=["5b1f1d0e-8b0a-5d6b-8a86-7a2f6a1e9b02"])


class LineAnswer(Message):
    """What one line answers to a question of the step."""

    field: FieldName = Field(examples=["caseworker"])
    value: LineText = Field(examples=["2024-07-18"])


class BatchLine(Message):
    """One line of the list."""

    case_id: UUID | None = None
    """Left out where it is not known yet whose the line is: it is kept until it is matched."""
    said: LineText | None = None
    """What was pasted of it, for the report."""
    answers: tuple[LineAnswer, ...] = Field((), max_length=MOST_ANSWERS_A_LINE)
    """What its step says beside what all of them say, or instead."""


class MatchedLine(Message):
    """Whose a line is."""

    line: LineNumber
    case_id: UUID | None = None
    """Left out: it is nobody's whom the centre follows."""


Lines = Annotated[tuple[BatchLine, ...], Field(max_length=MOST_AT_ONCE)]


class PrepareBatch(Step):
    """Prepare one step for many cases: each line is looked at, and nothing is recorded in any case."""

    takes: ShortText = Field(examples=["assign-caseworker"])
    """The step that is taken for each line, by its name."""
    answers: tuple[Answer, ...] = Field((), max_length=MOST_ANSWERS)
    """What it says in every line."""
    count: Annotated[int, Field(ge=1, le=MOST_LINES, examples=[2])]
    """How many lines there are in all; those that are not here follow."""
    filtered: Annotated[ShortText | None, FieldClass.JUDICIAL] = Field(
        None, examples=["whose=everybody&stage=follow_up"]
    )
    """Of a list that came of filters: which, by their codes. The lines stay as they were then."""
    lines: Lines = ()
    explanation: LongText
    """Why it is done."""


class AddBatchLines(Step):
    """Bring more lines of a batch, until all of them are there."""

    lines: Lines


class MatchBatchLines(Step):
    """Say whose lines are that were not known, or that they are nobody's here."""

    matched: tuple[MatchedLine, ...] = Field(min_length=1, max_length=MOST_AT_ONCE)


class RecheckBatch(Step):
    """Look at every line anew; what is done already stays done."""


class StartBatch(Step):
    """Take the step for each line; what is recorded is mended case by case, and not undone at once."""

    looked_at: ShortText = Field(examples=["0" * 64])
    """The digest of the lines that were looked at: others are not started."""


class PauseBatch(Step):
    """Stop after the line that is under way, until somebody goes on with it."""


class ResumeBatch(Step):
    """Go on with a batch that rests, in one's own name."""


class StopBatch(Step):
    """End a batch before its end; what was recorded stays."""

    explanation: LongText


class ForgetBatch(Step):
    """Make unreadable for good what was pasted of the lines; numbers and counts stay."""


class RefusedAt(Message):
    """A line that is refused."""

    line: LineNumber
    code: Annotated[ShortText, FieldClass.JUDICIAL]


class RecordBatchLines(Step):
    """Record how far the lines have come. The timer's."""

    phase: Phase
    settles: bool = False
    """Of one that was paused or stopped: whether these are all that were taken before."""
    first: LineNumber
    last: Annotated[int, Field(ge=0, le=MOST_LINES)]
    """The line before the first where there are none."""
    passed: int = Field(ge=0)
    """Lines that would pass, or did."""
    warned: int = Field(0, ge=0)
    """Of those, how many with a warning."""
    refused: tuple[RefusedAt, ...] = ()


class HaltBatch(Step):
    """Record that a batch cannot go on in the name of whoever started it, or, where somebody on it was
    erased, not at all. The timer's.
    """

    because: ShortText
