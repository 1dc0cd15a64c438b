"""Batches: what each is, how far it is, what became of each line; and what is pasted of a list."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from domain.batch.lines import digest_of
from domain.batch.state import BatchState, Line
from domain.batch.vocabulary import BatchStatus, Foretold
from domain.events.veil import Veilable
from domain.message import FieldClass, Message
from domain.numbers.marks import mark_of, numbers_meant
from ledger.recording.deciding import MARKS
from projections.views import batches, caseload
from projections.views.batch_rows import BatchRow
from projections.views.pages import Part
from service.access.masking import asks_hidden
from service.access.reader import Reading
from service.access.scope import reads_restricted
from service.access.table import centre_bound
from service.access.things import SeenBatch
from service.queries.cursors import opened, sealed
from service.queries.pasted import Pasted, pasted_in


class BatchPage(Message):
    batches: tuple[BatchRow, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


class Batch(Message):
    """A batch: what is done for whom, what was foreseen, and how far it is."""

    batch_id: UUID
    version: int
    centre: str | None
    takes: str
    """The step, or `custody` where it tells of custody."""
    step: Annotated[str | None, FieldClass.JUDICIAL]
    """The step's own name."""
    author: UUID | None
    """In whose name its lines are taken."""
    explanation: Annotated[str | None, FieldClass.PERSONAL]
    answers: Annotated[dict[str, str], FieldClass.JUDICIAL]
    """What the step says in every line."""
    status: str
    since: datetime | None
    """When it came to stand there (UTC)."""
    moved_at: datetime | None
    """When something was recorded of it last (UTC)."""
    halted: str | None
    """Why it rests, where nobody paused it: the code of a problem."""
    count: int
    filtered: Annotated[str | None, FieldClass.JUDICIAL]
    """By which filters the lines were found, where they were, by their codes."""
    lines: int
    """Those that are there."""
    looked: int
    foreseen_ready: int
    foreseen_warned: int
    foreseen_refused: int
    gone: int
    """Lines that were gone through since it was started."""
    done: int
    refused: int
    twice: int
    """Lines whose case an earlier one names: they count once."""
    unmatched: int
    """Lines of which it is not known whose they are."""
    digest: Annotated[str | None, FieldClass.PERSONAL]
    """Of its lines, once they are looked at: say it when you start them, so that no others are."""
    forgotten: bool


class BatchLineAnswer(Veilable):
    """One line, and what became of it or would."""

    line: int
    case_id: UUID | None
    reference: str | None
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    said: Annotated[str | None, FieldClass.JUDICIAL]
    """What was pasted of it; null once the batch is forgotten."""
    answers: Annotated[dict[str, str], FieldClass.JUDICIAL]
    outcome: Foretold
    code: str | None
    """Why it is refused, or would be: the code of a problem."""
    same_as: int | None
    """The line that counts for the same case: one that was done, else the earliest."""
    custody: bool
    """Whether the batch tells of custody."""

    def seen_with(self, allowed: Collection[FieldClass]) -> Self:
        if not self.custody or FieldClass.JUDICIAL in allowed:
            return self
        return self.model_copy(update={"code": None})


class BatchLines(Message):
    lines: tuple[BatchLineAnswer, ...]
    next_after: int | None
    """Give it as `after` for the next page; none after the last."""


def list_batches(reading: Reading, filters: batches.Filters, part: Part | None = None) -> BatchPage:
    part = opened(reading, part or Part(batches.NEWEST))
    with reading.views.reading() as conn:
        page = batches.find(conn, filters, part)
    cursor = sealed(reading, page.next_cursor)
    return BatchPage(batches=tuple(page.rows), next_cursor=cursor, total=page.total)


def get_batch(_: Reading, batch: SeenBatch) -> Batch:
    state = batch.state
    look, take = state.look, state.take
    return Batch(
        batch_id=batch.id,
        version=state.seen,
        centre=state.centre,
        takes=state.takes,
        step=state.named,
        author=state.author.id if state.author else None,
        explanation=state.explanation,
        answers={each.field: each.value for each in state.answers or ()},
        status=state.status,
        since=state.since,
        moved_at=state.moved_at,
        halted=state.halted,
        count=state.count,
        filtered=state.filtered,
        lines=len(state.lines),
        looked=look.last,
        foreseen_ready=look.passed,
        foreseen_warned=look.warned,
        foreseen_refused=len(look.refused),
        gone=take.last,
        done=take.passed,
        refused=len(take.refused),
        twice=len(state.twice),
        unmatched=state.unmatched,
        digest=_digest(state),
        forgotten=state.forgotten,
    )


def _digest(state: BatchState) -> str | None:
    """Of lines that can be started, or were: it is made of all of them."""
    if state.status is BatchStatus.READY and not state.forgotten:
        return digest_of(state)
    return state.digest


def list_batch_lines(
    reading: Reading,
    batch: SeenBatch,
    after: int = 0,
    limit: int = 100,
    only: Foretold | None = None,
) -> BatchLines:
    """The lines after one, in their order; those of one outcome alone, where it is given."""
    found = [*_lines(batch.state, after, limit + 1, only)]
    more = len(found) > limit
    told = _told(reading, batch.state, found[:limit])
    return BatchLines(lines=tuple(told), next_after=found[limit - 1].number if more else None)


def _lines(state: BatchState, after: int, limit: int, only: Foretold | None) -> Iterator[Line]:
    for line in state.lines[after:]:
        if limit and (only is None or state.foretold(line) is only):
            limit -= 1
            yield line


def _told(reading: Reading, state: BatchState, lines: Iterable[Line]) -> Iterator[BatchLineAnswer]:
    """A case that has gone to another centre meanwhile is named to that one alone; of a restricted
    person nothing is told to who does not read of the restricted. What was pasted of somebody who is
    erased is told to nobody.
    """
    lines, bound = [*lines], centre_bound(reading.reader.actor)
    with reading.views.reading() as conn:
        cases = [line.case_id for line in lines if line.case_id]
        named = batches.by_id(conn, cases, bound)
    for line in lines:
        found = named.get(line.case_id) if line.case_id else None
        told = line.told
        if found is not None and not _is_read(reading, found):
            found = told = None
        if found is not None and found.erased_on is not None:
            told = None
        yield BatchLineAnswer(
            line=line.number,
            case_id=line.case_id,
            reference=found.reference if found else None,
            name_ar=found.name_ar if found else None,
            name_latin=found.name_latin if found else None,
            said=told.said if told else None,
            answers={each.field: each.value for each in told.answers} if told else {},
            outcome=state.foretold(line),
            code=state.code(line),
            same_as=state.twice.get(line.number),
            custody=state.custody,
        )


def _is_read(reading: Reading, case: batches.Named) -> bool:
    return case.restricted_until is None or reads_restricted(reading)


class PastedLine(Message):
    """One line of what was pasted, as a batch takes it."""

    case_id: UUID | None
    """Null where the centre follows nobody under it: whether there is such a case elsewhere is told
    to nobody."""
    said: Annotated[str | None, FieldClass.PERSONAL]
    answers: dict[str, str]
    """By the heads of its columns."""


class PastedLines(Message):
    lines: tuple[PastedLine, ...]
    found: int
    unknown: int
    twice: int
    """Lines that name a case that an earlier one names."""


def find_batch_lines(reading: Reading, text: str) -> PastedLines:
    """Whose the lines are that were pasted, a reference each. Raises `Rejected`."""
    given = pasted_in(text)
    bound = centre_bound(reading.reader.actor)
    with reading.views.reading() as conn:
        there = batches.by_reference(conn, [each.reference for each in given], bound)
    found = {name: each for name, each in there.items() if _is_read(reading, each)}
    numbered = _by_number(reading, [each.number for each in given if each.number])
    lines = tuple(
        _pasted(each, found[each.reference].case_id)
        if each.reference in found
        else _pasted(each, numbered.get(each.number))
        for each in given
    )
    known = [each.case_id for each in lines if each.case_id]
    return PastedLines(
        lines=lines,
        found=len(set(known)),
        unknown=len(lines) - len(known),
        twice=len(known) - len(set(known)),
    )


def _pasted(line: Pasted, case_id: UUID | None) -> PastedLine:
    return PastedLine(case_id=case_id, said=line.said, answers=line.answers)


def _by_number(reading: Reading, numbers: Iterable[str]) -> dict[str, UUID]:
    """Whose each number surely is: of one person alone, whom the reader may read of.

    Where several are meant, or somebody by their name alone, a person says who it is. Who may not read
    what people are called by does not find out by a list either.
    """
    key = reading.ledger.derived(MARKS)
    meant = {
        number: [mark for each in numbers_meant(number) if (mark := mark_of(each, key))]
        for number in dict.fromkeys(numbers)
    }
    marks = [mark for several in meant.values() for mark in several]
    if asks_hidden(caseload.Filters(marks=tuple(marks)), reading.reader.actor.role):
        return {}
    bound = centre_bound(reading.reader.actor)
    with reading.views.reading() as conn:
        there = batches.by_marks(conn, marks, bound, unrestricted=not reads_restricted(reading))
    sure: dict[str, UUID] = {}
    for number, several in meant.items():
        cases = set[UUID]().union(*(there.get(mark, ()) for mark in several))
        if len(cases) == 1:
            (sure[number],) = cases
    return sure
