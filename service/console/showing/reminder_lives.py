"""The life of a review's reminders, as a page tells it: what became of it line by line, by its days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.case.schedule import ReviewStatus
from domain.reminding.proving import Verdict
from domain.reminding.stretches import Turn
from domain.values.calendar import local_date
from service.console.showing.gaps import Missing
from service.console.showing.list_rows import Known
from service.console.showing.reviews import BY_MONTHS, SETTLED, after_months
from service.queries.reminder_lives import (
    ReminderLife,
    ReminderMessage,
    ReminderProof,
    ReminderTurn,
)
from service.words import writing
from service.words.language import Language
from service.words.store import words

UNSAID = frozenset({Verdict.NOT_NEEDED})
"""What came to nothing before its time is told by what it was about."""
LEVELS = 2


@dataclass(frozen=True, slots=True)
class LifeRow:
    """Something that became of a review, or of one of its reminders."""

    on: date
    """The day it was recorded, or will be."""
    said: str
    day: date | None = None
    """Said with it: for when it was planned, when it was done."""
    was: date | None = None
    why: str = ""
    """The step by which it was."""
    days_late: int = 0
    to: tuple[str | Missing, ...] = ()
    sent: tuple[str, ...] = ()
    """By which messages it left Jisr, and how far each has come."""
    is_fault: bool = False
    is_ahead: bool = False


@dataclass(frozen=True, slots=True)
class LifeLine:
    """One review."""

    name: str
    status: ReviewStatus | Turn | None
    said: str
    due_on: date | None
    before_holidays: date | None
    rows: tuple[LifeRow, ...]

    @property
    def is_over(self) -> bool:
        return self.status is None or self.status in SETTLED or isinstance(self.status, Turn)


def life_line(life: ReminderLife, names: Known, language: Language) -> LifeLine:
    rows = [*_turns(life, language), *_reminders(life, names, language)]
    status = life.status
    return LifeLine(
        name=_name(life, language),
        status=status,
        said=_status(status, language),
        due_on=life.due_on,
        before_holidays=life.before_holidays,
        rows=tuple(sorted(rows, key=lambda row: row.on)),
    )


def _name(life: ReminderLife, language: Language) -> str:
    name = words(language).of(life.kind)
    if life.review and life.kind in BY_MONTHS:
        return f"{name} ({after_months(life.review, language)})"
    return name


def _status(status: ReviewStatus | Turn | None, language: Language) -> str:
    if status is None:
        return ""
    if isinstance(status, ReviewStatus):
        return words(language).of(status)
    return words(language).page[f"reminder_turn_{status}"]


def _turns(life: ReminderLife, language: Language) -> Iterator[LifeRow]:
    said = words(language)
    for each in life.turns:
        yield LifeRow(
            on=local_date(each.recorded_at),
            said=said.page[f"reminder_turn_{each.turn}"],
            day=_day(each),
            was=each.was_due_on,
            why=said.step.get(each.step, "") if each.step else "",
            days_late=each.days_late or 0,
        )


def _day(turn: ReminderTurn) -> date | None:
    if turn.turn in (Turn.PLANNED, Turn.MOVED):
        return turn.due_on
    return turn.held_on or turn.due_on if turn.turn is Turn.DONE else None


def _reminders(life: ReminderLife, names: Known, language: Language) -> Iterator[LifeRow]:
    said = words(language).page
    for each in life.reminders:
        at = each.recorded_at or each.goes_out_at
        if at is None or each.verdict in UNSAID or (_is_ahead(each) and each.level):
            continue
        level = said[f"reminder_level_{min(each.level, LEVELS)}"]
        yield LifeRow(
            on=local_date(at),
            said=f"{level} – {said[f'reminder_verdict_{each.verdict}']}",
            to=tuple(names.staff[who] for who in each.to if who in names.staff),
            sent=tuple(_sent(message, language) for message in each.messages),
            is_fault=each.is_fault,
            is_ahead=_is_ahead(each),
        )


def _sent(message: ReminderMessage, language: Language) -> str:
    said = words(language).page
    channel, state = said[f"channel_{message.channel}"], said[f"reminder_message_{message.state}"]
    day = message.settled_at
    on = f" ({writing.day(local_date(day), language)})" if day else ""
    return f"{channel}{writing.COLON[language]} {state}{on}"


def _is_ahead(reminder: ReminderProof) -> bool:
    return reminder.verdict is Verdict.AHEAD
