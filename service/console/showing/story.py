"""What happened in a case, as a page tells it: a line a step, the latest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import groupby
from types import UnionType
from typing import TypedDict, Union, get_args, get_origin

from domain.events.stored import EVENTS
from domain.message import ENCRYPTED, Event, OriginKind, StreamKind, class_of, kind_of
from domain.values.calendar import local_date
from projections.views.timeline import TimelineEntry, coded
from service.console.showing.gaps import Gap, Missing
from service.console.showing.list_rows import Known
from service.queries.timeline import ToldEntry
from service.words import writing
from service.words.language import Language
from service.words.store import words

SAID = (StrEnum, date, Decimal)
"""What a page says of an event; numbers of things, marks and ids it leaves to the history."""
FIRST = ("decision", "outcome", "project", "result", "found")
"""What was decided or found comes before all else that is said of an event."""
CENTRES = ("to_centre", "by_centre")
"""What names a centre by its code."""
AS_WRITTEN = frozenset({"school_year"})
"""Texts that are no one's words: each says which of several it is."""
LATE_DAYS = 7
"""What is entered so many days after it happened is said to be late."""

Value = str | date | Decimal


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said of an event: its name, and what it is, for the page to write."""

    label: str
    value: Value

    @property
    def kind(self) -> str:
        """`amount`, `day` or `text`."""
        if isinstance(self.value, Decimal):
            return "amount"
        return "day" if isinstance(self.value, date) else "text"


@dataclass(frozen=True, slots=True)
class Line:
    """What one step recorded, or some reminders in a row."""

    titles: tuple[str, ...]
    on: date
    facts: tuple[Fact, ...]
    who: str | Missing
    recorded: str
    """Said of what was entered late; else empty."""
    reminders: int = 0
    mended: str = ""
    """What became of it, where it does not count any more."""
    mended_on: date | None = None
    mended_by: int | None = None
    """The entry that says so, where it stands in the case too."""
    number: int | None = None
    """Of the case's entries; none where the step recorded elsewhere alone."""
    instead_of: int | None = None
    """The entry in whose place it stands."""
    entry: TimelineEntry | None = None
    """What is mended where this line is."""
    for_whom: str | Missing | None = None
    """For whom who made it stood in, where they did."""


def told(entries: Sequence[TimelineEntry], names: Known, language: Language) -> Iterator[Line]:
    """The latest first. What a project recorded of the same step is not said again."""
    of_case = [each for each in entries if kind_of(each.stream) is not StreamKind.PROJECT]
    steps = [list(some) for _, some in groupby(reversed(of_case), key=_same_row)]
    for some in steps:
        if some[0].origin is OriginKind.TIMER:
            yield _reminders(some, language)
        else:
            yield _line(some[::-1], names, language)


def _same_row(entry: TimelineEntry) -> object:
    return OriginKind.TIMER if entry.origin is OriginKind.TIMER else entry.command_id


def _reminders(some: Sequence[TimelineEntry], language: Language) -> Line:
    said = words(language)
    title = writing.counted(said.count["reminders"], len(some), language)
    return Line((title,), some[0].occurred_on, (), "", "", reminders=len(some))


def _line(some: Sequence[TimelineEntry], names: Known, language: Language) -> Line:
    said, first = words(language), some[0]
    late = (local_date(first.recorded_at) - first.occurred_on).days >= LATE_DAYS
    return Line(
        titles=tuple(dict.fromkeys(said.event.get(each.type, each.type) for each in some)),
        on=first.occurred_on,
        facts=tuple(fact for each in some for fact in facts_of(each, names, language)),
        who=names.staff.get(first.actor_id) or said.of(first.actor_role),
        for_whom=_absent(first, names),
        recorded=writing.day(local_date(first.recorded_at), language) if late else "",
        **_mended(some, language),
        **_numbered(some),
    )


def _absent(entry: TimelineEntry, names: Known) -> str | Missing | None:
    if not isinstance(entry, ToldEntry) or entry.stood_in_for is None:
        return None
    return names.staff.get(entry.stood_in_for, Missing(Gap.NOT_SHOWN))


class _Mended(TypedDict, total=False):
    mended: str
    mended_on: date
    mended_by: int | None


class _Numbered(TypedDict, total=False):
    number: int
    instead_of: int | None
    entry: TimelineEntry


def _numbered(some: Sequence[TimelineEntry]) -> _Numbered:
    """By the first entry that the step made in the case."""
    for each in some:
        if kind_of(each.stream) is StreamKind.CASE:
            return {"number": each.version, "instead_of": each.mends, "entry": each}
    return {}


def _mended(some: Sequence[TimelineEntry], language: Language) -> _Mended:
    """That what a step recorded was corrected, or retracted, and on which day."""
    entry = next((each for each in some if each.mended is not None), None)
    if entry is None or entry.mended is None:
        return {}
    mended = entry.mended
    name = "wrong_person" if mended.wrong_person else "retracted"
    title = words(language).page["corrected_on" if mended.corrected else f"{name}_on"]
    by = mended.by if kind_of(entry.stream) is StreamKind.CASE else None
    return {"mended": title, "mended_on": local_date(mended.at), "mended_by": by}


def facts_of(entry: TimelineEntry, names: Known, language: Language) -> list[Fact]:
    """What an entry says, decisions and findings first."""
    said = words(language)
    found = [
        (name, Fact(said.field[name], _value(kind, str(entry.details[name]), language)))
        for name, kind in _kinds(entry.type)
        if entry.details.get(name) is not None
    ]
    for name in coded(entry.type):
        code = entry.details.get(name)
        if code is not None:
            found.append((name, Fact(said.field[name], names.entry(code, entry.occurred_on))))
    for name in CENTRES:
        code = entry.details.get(name)
        if code is not None:
            found.append((name, Fact(said.field[name], names.centres.get(code, code))))
    ordered = sorted(found, key=lambda each: FIRST.index(each[0]) if each[0] in FIRST else 99)
    return [fact for _, fact in ordered]


def _value(kind: type, value: str, language: Language) -> Value:
    if issubclass(kind, StrEnum):
        return words(language).of(kind(value))
    if kind is str:
        return value
    if issubclass(kind, date):
        return date.fromisoformat(value)
    return Decimal(value)


@cache
def _kinds(event_type: str) -> tuple[tuple[str, type], ...]:
    """The fields of an event type that a page can say, and what they hold."""
    event = EVENTS.get(event_type)
    return tuple(kinds_said(event)) if event else ()


def kinds_said(event: type[Event]) -> Iterator[tuple[str, type]]:
    """The open fields that hold one sum, day or code, or none; lists are left to the history."""
    for name, field in event.model_fields.items():
        single = get_origin(field.annotation) in (None, Union, UnionType)
        if not single or class_of(event, name) in ENCRYPTED:
            continue
        inside = (field.annotation, *get_args(field.annotation))
        for kind in inside:
            if (
                isinstance(kind, type)
                and not get_args(kind)
                and (issubclass(kind, SAID) or (kind is str and name in AS_WRITTEN))
                and kind is not datetime
            ):
                yield name, kind
