"""A batch and its lines, and the fold that says so."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from domain.batch import events as e
from domain.batch.vocabulary import VEILED, BatchStatus, Foretold, Phase
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Actor, Envelope, FieldClass

OVER = frozenset({BatchStatus.STOPPED, BatchStatus.ENDED})
MOVING = frozenset({BatchStatus.LOOKING, BatchStatus.RUNNING})
HELD_UP = frozenset({BatchStatus.PAUSED, BatchStatus.STOPPED})
"""Somebody may have held it up after lines were taken that nobody has told of."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line; what was said of it is None once the batch is forgotten."""

    number: int
    case_id: UUID | None
    told: Annotated[e.LineTold | None, FieldClass.JUDICIAL] = None
    left: bool = False
    """Whether somebody said that it is nobody's here."""


@dataclass(frozen=True, slots=True)
class Going:
    """How far one going through the lines has come."""

    last: int = 0
    passed: int = 0
    warned: int = 0
    refused: Annotated[Mapping[int, str | None], FieldClass.JUDICIAL] = field(default_factory=dict)
    """Line → code; None where it is not readable any more."""


@dataclass(frozen=True)
class BatchState:
    """A batch at some version."""

    version: int = 0
    seen: int = 0
    centre: str | None = None
    """Whose it is: the centre of whoever prepared it. None: the division's own."""
    author: Actor | None = None
    """In whose name the lines are taken: who prepared it, then who started it or went on."""
    begun_on: date | None = None
    takes: str = ""
    """The step's name, or of its veil."""
    named: Annotated[str | None, FieldClass.JUDICIAL] = None
    """The step's own name; None once forgotten, where it had a veil."""
    custody: bool = False
    count: int = 0
    filtered: Annotated[str | None, FieldClass.JUDICIAL] = None
    """By which filters its lines were found, where they were."""
    explanation: Annotated[str | None, FieldClass.PERSONAL] = None
    answers: Annotated[tuple[e.AnswerTold, ...], FieldClass.JUDICIAL] = ()
    lines: tuple[Line, ...] = ()
    twice: Mapping[int, int] = field(default_factory=dict)
    """Line → the line that counts for the same case: the one done already, else the earliest."""
    done: frozenset[int] = frozenset()
    """Lines whose step was recorded before the lines were last gone through anew."""
    status: BatchStatus = BatchStatus.FILLING
    since: datetime | None = None
    """When it came to stand there."""
    moved_at: datetime | None = None
    """When something was recorded of it last."""
    halted: str | None = None
    """Why it rests though nobody paused it."""
    started: bool = False
    """Whether its lines are being taken, or were: else they are looked at."""
    settled: bool = False
    """Whether all that was taken before it was held up is told of."""
    look: Going = field(default_factory=Going)
    take: Going = field(default_factory=Going)
    digest: Annotated[str | None, FieldClass.PERSONAL] = None
    """Of the lines that were started."""
    forgotten: bool = False

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def moves(self) -> bool:
        """Whether there is something to do for nobody in particular."""
        return self.status in MOVING

    @property
    def is_unsettled(self) -> bool:
        """Whether lines may have been taken that nobody has told of; no more of them are."""
        untold = self.started and self.take.last < len(self.lines)
        return self.status in HELD_UP and untold and not self.settled

    @property
    def has_work(self) -> bool:
        return self.moves or self.is_unsettled

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def phase(self) -> Phase:
        """Which going through the lines is under way, or was the last."""
        return Phase.TAKE if self.started else Phase.LOOK

    def going(self, phase: Phase) -> Going:
        return self.look if phase is Phase.LOOK else self.take

    def is_to_take(self, line: Line) -> bool:
        """Whether a step is taken for it: its case is known, and no other line counts for that case."""
        return line.case_id is not None and line.number not in self.twice

    @property
    def erased(self) -> bool:
        """Whether what was pasted is forgotten, so that its key may be destroyed."""
        return self.forgotten

    @property
    def unmatched(self) -> int:
        """Lines of which it is not known whose they are."""
        return sum(line.case_id is None and not line.left for line in self.lines)

    def foretold(self, line: Line) -> Foretold:
        """What became of a line, or what was foreseen of it."""
        if line.case_id is None:
            return Foretold.LEFT if line.left else Foretold.UNMATCHED
        if line.number in self.twice:
            return Foretold.TWICE
        if line.number <= self.take.last:
            return Foretold.REFUSED if line.number in self.take.refused else Foretold.DONE
        if line.number in self.look.refused:
            return Foretold.REFUSED
        return Foretold.READY if line.number <= self.look.last else Foretold.WAITING

    def code(self, line: Line) -> str | None:
        """Why it was refused, or would be."""
        if line.number <= self.take.last:
            return self.take.refused.get(line.number)
        return self.look.refused.get(line.number)


def same_twice(lines: Sequence[Line], done: Collection[int] = ()) -> Iterator[tuple[int, int]]:
    """Lines whose case another one counts for, each with that one: one that is done, else the
    earliest. What was done stays done, also where an earlier line turns out to be the same case's.
    """
    counts: dict[UUID, int] = {}
    for line in sorted(lines, key=lambda each: (each.number not in done, each.number)):
        if line.case_id is not None:
            counts.setdefault(line.case_id, line.number)
    for line in lines:
        if line.case_id is not None and counts[line.case_id] != line.number:
            yield line.number, counts[line.case_id]


evolve_batch: Evolution[BatchState] = Evolution()
on = evolve_batch.on


def _at(state: BatchState, envelope: Envelope, **changes: Any) -> BatchState:
    """What an event has changed, and that it came then."""
    at, status = envelope.recorded_at, changes.get("status", state.status)
    since = at if status is not state.status or state.since is None else state.since
    return replace(state, moved_at=at, since=since, **changes)


@on(e.BatchPrepared)
def _prepared(state: BatchState, event: e.BatchPrepared, envelope: Envelope) -> BatchState:
    custody = event.takes == VEILED
    return _at(
        state,
        envelope,
        centre=envelope.actor.centre,
        author=envelope.actor,
        begun_on=envelope.occurred_on,
        takes=event.takes,
        named=event.named if custody else event.takes,
        custody=custody,
        count=event.count,
        filtered=event.filtered,
        explanation=event.explanation,
        answers=event.answers_judicial or event.answers or (),
    )


@on(e.BatchLinesAdded)
def _added(state: BatchState, event: e.BatchLinesAdded, envelope: Envelope) -> BatchState:
    told = event.told_judicial or event.told or (None,) * len(event.cases)
    first = len(state.lines) + 1
    new = (
        Line(n, case, said)
        for n, (case, said) in enumerate(zip(event.cases, told, strict=True), first)
    )
    return _with_lines(state, (*state.lines, *new), envelope)


@on(e.BatchLinesMatched)
def _matched(state: BatchState, event: e.BatchLinesMatched, envelope: Envelope) -> BatchState:
    matched = dict(zip(event.lines, event.cases, strict=True))
    lines = tuple(
        Line(line.number, matched[line.number], line.told, matched[line.number] is None)
        if line.number in matched
        else line
        for line in state.lines
    )
    return replace(_with_lines(state, lines, envelope), author=envelope.actor)


@on(e.BatchRechecked)
def _rechecked(state: BatchState, _: e.BatchRechecked, envelope: Envelope) -> BatchState:
    return replace(_with_lines(state, state.lines, envelope), author=envelope.actor)


def _with_lines(state: BatchState, lines: tuple[Line, ...], envelope: Envelope) -> BatchState:
    """They are looked at from the first, once all are there."""
    full, done = len(lines) >= state.count, state.done | {*_taken_in(state)}
    return _at(
        state,
        envelope,
        lines=lines,
        twice=dict(same_twice(lines, done)) if full else {},
        done=done,
        status=BatchStatus.LOOKING if full else BatchStatus.FILLING,
        look=Going(),
        take=Going(),
        digest=None,
        started=False,
        halted=None,
    )


def _taken_in(state: BatchState) -> Iterator[int]:
    """The lines whose step was recorded in the going through them that is over."""
    for line in state.lines[: state.take.last]:
        if state.is_to_take(line) and line.number not in state.take.refused:
            yield line.number


@on(e.BatchLinesLooked)
def _looked(state: BatchState, event: e.BatchLinesLooked, envelope: Envelope) -> BatchState:
    look = _gone(state.look, event)
    done = look.last >= len(state.lines)
    return _at(state, envelope, look=look, status=BatchStatus.READY if done else state.status)


@on(e.BatchLinesTaken)
def _taken(state: BatchState, event: e.BatchLinesTaken, envelope: Envelope) -> BatchState:
    settled = state.status in HELD_UP
    return _at(state, envelope, take=_gone(state.take, event), settled=settled)


def _gone(going: Going, event: e.LinesPassed) -> Going:
    refused = going.refused
    if event.refused:
        why = {each.line: each.code for each in (*event.why, *(event.why_judicial or ()))}
        refused = {**refused, **{line: why.get(line) for line in event.refused}}
    return Going(event.last, going.passed + event.passed, going.warned + event.warned, refused)


@on(e.BatchStarted)
def _started(state: BatchState, event: e.BatchStarted, envelope: Envelope) -> BatchState:
    return _at(
        state,
        envelope,
        status=BatchStatus.RUNNING,
        author=envelope.actor,
        digest=event.digest,
        started=True,
        settled=False,
        halted=None,
    )


@on(e.BatchResumed)
def _resumed(state: BatchState, _: e.BatchResumed, envelope: Envelope) -> BatchState:
    status = BatchStatus.RUNNING if state.started else BatchStatus.LOOKING
    return _at(state, envelope, status=status, author=envelope.actor, halted=None, settled=False)


@on(e.BatchPaused)
def _paused(state: BatchState, _: e.BatchPaused, envelope: Envelope) -> BatchState:
    return _at(state, envelope, status=BatchStatus.PAUSED)


@on(e.BatchHalted)
def _halted(state: BatchState, event: e.BatchHalted, envelope: Envelope) -> BatchState:
    return _at(state, envelope, status=BatchStatus.PAUSED, halted=event.because)


@on(e.BatchStopped)
def _stopped(state: BatchState, _: e.BatchStopped, envelope: Envelope) -> BatchState:
    return _at(state, envelope, status=BatchStatus.STOPPED)


@on(e.BatchEnded)
def _ended(state: BatchState, _: e.BatchEnded, envelope: Envelope) -> BatchState:
    return _at(state, envelope, status=BatchStatus.ENDED)


@on(e.BatchForgotten)
def _forgotten(state: BatchState, _: e.BatchForgotten, __: Envelope) -> BatchState:
    lines = tuple(Line(line.number, line.case_id, None, line.left) for line in state.lines)
    return replace(state, forgotten=True, lines=lines, answers=(), explanation=None, filtered=None)
