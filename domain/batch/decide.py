"""The rules of a batch."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.batch import events as e
from domain.batch import steps as s
from domain.batch.allowed import allowed
from domain.batch.lines import digest_of
from domain.batch.vocabulary import VEILED, BatchStatus, Phase
from domain.errors import Erased, NotAllowed, Refused
from domain.message import Actor, Event, Role
from domain.steps.handling import Context, Events, World
from domain.steps.roles import BATCH

ITS_STATUS = {Phase.LOOK: BatchStatus.LOOKING, Phase.TAKE: BatchStatus.RUNNING}
"""Where a batch stands while it goes through its lines."""


def of_its_house(_world: World, state: Any, actor: Actor, _today: date) -> None:
    """A batch is the centre's whose it was prepared in, or the division's; a caseworker's their own."""
    if actor.role is Role.TIMER or not state.version:
        return
    if actor.centre != state.centre:
        raise NotAllowed("other_centre")
    if actor.role is Role.CASEWORKER and state.author and state.author.id != actor.id:
        raise NotAllowed(role=str(actor.role))


def prepare(_world: World, step: s.PrepareBatch, _ctx: Context) -> Events:
    """With its first lines; in the clear stands nothing that tells of custody."""
    custody = allowed(step.takes).custody
    _require_room(step.count, 0, step.lines)
    answers = _answers(step.answers)
    prepared = e.BatchPrepared(
        takes=VEILED if custody else step.takes,
        named=step.takes if custody else None,
        count=step.count,
        filtered=step.filtered,
        explanation=step.explanation,
        answers=None if custody else answers,
        answers_judicial=answers if custody else None,
    )
    first = [_added(step.lines, custody=custody)] if step.lines else []
    return [(BATCH, prepared), *((BATCH, each) for each in first)]


def add(world: World, step: s.AddBatchLines, _ctx: Context) -> Event:
    batch = world[BATCH]
    _require_room(batch.count, len(batch.lines), step.lines)
    return _added(step.lines, custody=batch.custody)


def _require_room(count: int, there: int, lines: Sequence[s.BatchLine]) -> None:
    if there + len(lines) > count:
        raise Refused("batch_lines_too_many", count=count)


def _added(lines: Sequence[s.BatchLine], *, custody: bool) -> e.BatchLinesAdded:
    told = tuple(e.LineTold(said=each.said, answers=_answers(each.answers)) for each in lines)
    return e.BatchLinesAdded(
        cases=tuple(each.case_id for each in lines),
        told=None if custody else told,
        told_judicial=told if custody else None,
    )


def _answers(answers: Sequence[s.Answer | s.LineAnswer]) -> tuple[e.AnswerTold, ...]:
    return tuple(e.AnswerTold(field=each.field, value=each.value) for each in answers)


def match(world: World, step: s.MatchBatchLines, _ctx: Context) -> Event:
    """Each line once, and none whose step is recorded already: it is that case's for good."""
    batch, numbers = world[BATCH], [each.line for each in step.matched]
    if max(numbers) > len(batch.lines) or len(set(numbers)) < len(numbers):
        raise Refused("batch_line_not_found")
    for number in numbers:
        line = batch.lines[number - 1]
        if line.case_id is not None:
            raise Refused("batch_line_matched", line=number)
    return e.BatchLinesMatched(
        lines=tuple(numbers), cases=tuple(each.case_id for each in step.matched)
    )


def start(world: World, step: s.StartBatch, _ctx: Context) -> Event:
    """Of just the lines that were looked at, and not where none of them would pass."""
    batch = world[BATCH]
    digest = digest_of(batch)
    if step.looked_at != digest:
        raise Refused("batch_changed")
    if not batch.look.passed:
        raise Refused("batch_without_lines")
    return e.BatchStarted(
        digest=digest,
        ready=batch.look.passed,
        warned=batch.look.warned,
        refused=len(batch.look.refused),
    )


def stop(_world: World, step: s.StopBatch, _ctx: Context) -> Event:
    return e.BatchStopped(explanation=step.explanation)


def halt(world: World, step: s.HaltBatch, _ctx: Context) -> Events:
    """For good where somebody on it was erased: what was said of the others is under the same key."""
    halted = e.BatchHalted(because=step.because)
    if step.because == Erased.code:
        return [(BATCH, halted), (BATCH, e.BatchStopped())]
    if not world[BATCH].moves:
        raise Refused("batch_not_running")
    return [(BATCH, halted)]


def record_lines(world: World, step: s.RecordBatchLines, _ctx: Context) -> Events:
    """The next ones, of the going through them that is under way; the last ones end it.

    Once it is paused or stopped no line is taken any more: then those are told of that were, all of
    them at once, for whoever took them may be gone.
    """
    batch = world[BATCH]
    going = batch.going(step.phase)
    if batch.phase is not step.phase or step.first != going.last + 1:
        raise Refused("batch_moved_on")
    if not (batch.is_unsettled if step.settles else batch.status is ITS_STATUS[step.phase]):
        raise Refused("batch_moved_on")
    if not step.first - step.settles <= step.last <= len(batch.lines):
        raise Refused("batch_line_not_found")
    why = tuple(e.WhyRefused(line=each.line, code=each.code) for each in step.refused)
    passed = e.TOLD_OF[step.phase](
        first=step.first,
        last=step.last,
        passed=step.passed,
        warned=step.warned,
        refused=tuple(each.line for each in step.refused),
        why=() if batch.custody or batch.forgotten else why,
        why_judicial=why if batch.custody and not batch.forgotten else None,
    )
    stopped = batch.status is BatchStatus.STOPPED
    if step.phase is Phase.LOOK or stopped or step.last < len(batch.lines):
        return [(BATCH, passed)]
    ended = e.BatchEnded(
        done=batch.take.passed + step.passed,
        refused=len(batch.take.refused) + len(step.refused),
        unmatched=batch.unmatched,
    )
    return [(BATCH, passed), (BATCH, ended)]
