"""From what was typed to the model of a step, or to complaints that stand beside the questions."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel, ValidationError

from service.console.forms import typed
from service.console.forms.by_hand import ASKERS
from service.console.forms.questions import CHOSEN, GROWING, Kind, Question, every, inside_of
from service.problems.faults import Fault, faults_in, text_of_fault
from service.words.language import Language
from service.words.store import words

Typed = Mapping[str, str]
"""The fields of a form by their names: `season.label`, `catchment.0.province`."""

PARTS_OF_A_DAY = ("day", "month", "year")
MOST_ROWS = 400
"""As many as an order has lines; what is above is not read."""
YES, NO = "yes", "no"
BETWEEN = "/"
"""Stands in a choice that answers several fields."""
_UNREAD = object()
"""What could not be read: its complaint stands already."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is to be corrected, and at which question."""

    name: str
    text: str

    def label(self, questions: Iterable[Question]) -> str:
        """Of the question it is about, which may be inside another one."""
        asked = {each.name: each for each in every(questions)}
        found = asked.get(self.name) or asked.get(re.sub(r"\.\d+", "", self.name))
        if found is not None:
            return found.label
        own = {each.own: each.label for each in asked.values()}
        return own.get(self.name.rpartition(".")[2], "")


@dataclass(frozen=True, slots=True)
class Answers:
    """What came of what was typed: the model, or complaints."""

    body: BaseModel | None
    complaints: tuple[Complaint, ...]


def read(
    model: type[BaseModel],
    questions: Iterable[Question],
    typed_: Typed,
    today: date,
    language: Language,
) -> Answers:
    """The model that the answers make; complaints where they make none."""
    reading, questions = _Reading(typed_, today, language), tuple(questions)
    body = reading.record((each, each.name) for each in questions) or {}
    try:
        made = model.model_validate(body)
    except ValidationError as error:
        reading.complain_of(error, questions)
        made = None
    complaints = tuple(reading.complaints)
    return Answers(None if complaints else made, complaints)


def is_put(question: Question, name: str, typed_: Typed) -> bool:
    """Whether it is asked, by what was answered before it."""
    when = question.when
    if when is None:
        return True
    above, beside = question.name.rpartition(".")[0], when.field.rpartition(".")[0]
    asked = when.field
    if above and above == beside:
        asked = f"{name.rpartition('.')[0]}.{when.field.rpartition('.')[2]}"
    return typed_.get(asked, "") in when.among


@dataclass(frozen=True, slots=True)
class _Reading:
    typed: Typed
    today: date
    language: Language
    complaints: list[Complaint] = field(default_factory=list)
    where: dict[str, str] = field(default_factory=dict)
    """The names of rows, by where they stand in what the model is made of."""

    def record(self, asked: Iterable[tuple[Question, str]]) -> dict[str, Any] | None:
        """The fields of a record; None where nothing in it was answered."""
        given: dict[str, Any] = {}
        answered = False
        for question, name in asked:
            if not is_put(question, name, self.typed):
                continue
            value = self.value(question, name)
            answered |= value is not None
            if question.fills and isinstance(value, str):
                parts = value.split(BETWEEN)
                given |= dict(zip((question.own, *question.fills), parts, strict=False))
            elif value is not None and value is not _UNREAD:
                given[question.own] = value
        return given if answered else None

    def value(self, question: Question, name: str) -> Any:
        """The value of a question; None where nothing was answered."""
        return _READERS.get(question.kind, _Reading.text)(self, question, name)

    def group(self, question: Question, name: str) -> Any:
        inside = self.record(inside_of(question, name))
        return inside or (None if question.optional else {})

    def checks(self, question: Question, name: str) -> list[str] | None:
        return [code for code in question.options or () if self.typed.get(f"{name}.{code}")] or None

    def by_hand(self, question: Question, _name: str) -> Any:
        return ASKERS[question.hand].value(question, self.record)

    def text(self, question: Question, name: str) -> Any:
        text = self.typed.get(name, "").strip() or None
        if text and question.kind in CHOSEN and text not in (question.options or {}):
            return self._unread(name, words(self.language).page["complaint_choice"])
        return text

    def yes_or_no(self, _question: Question, name: str) -> Any:
        answer = self.typed.get(name)
        if answer in (YES, NO):
            return answer == YES
        return self._unread(name, text_of_fault(Fault(name, "missing"), self.language))

    def rows(self, question: Question, name: str) -> list[Any] | None:
        found: list[Any] = []
        for row in row_numbers(self.typed, name):
            at = f"{name}.{row}"
            value = (
                self.record(inside_of(question, at)) or {}
                if question.inside
                else self.typed.get(at, "").strip()
            )
            self.where[f"{self._standing(name)}.{len(found)}"] = at
            found.append(value)
        return found or None

    def known_rows(self, question: Question, name: str) -> list[Any] | None:
        found: list[Any] = []
        for code in question.options or ():
            at = f"{name}.{code}"
            if not _is_answered(self.typed, at):
                continue
            inside = self.record(inside_of(question, at)) or {}
            self.where[f"{self._standing(name)}.{len(found)}"] = at
            found.append({question.key: code, **inside})
        return found or None

    def _standing(self, name: str) -> str:
        """Where a question stands in what the model is made of."""
        named = {at: where for where, at in self.where.items()}
        above, _, own = name.rpartition(".")
        return f"{named[above]}.{own}" if above in named else name

    def _day(self, name: str) -> Any:
        parts = [self.typed.get(f"{name}.{part}", "").strip() for part in PARTS_OF_A_DAY]
        if not any(parts):
            return None
        found = typed.day(*parts)
        return (
            found
            if found is not None
            else self._unread(name, words(self.language).page["complaint_day"])
        )

    def the_day(self, _question: Question, name: str) -> Any:
        match self.typed.get(name):
            case "today":
                return self.today
            case "yesterday":
                return self.today - timedelta(days=1)
            case _:
                return self._day(name)

    def figures(self, question: Question, name: str) -> Any:
        text = self.typed.get(name, "").strip()
        if not text:
            return None
        if question.kind is Kind.AMOUNT:
            found, why = typed.amount(text), words(self.language).page["complaint_amount"]
        else:
            found = typed.number(text)
            why = text_of_fault(Fault(name, "whole_number"), self.language)
        if found is None:
            return self._unread(name, why)
        return found if question.kind is Kind.AMOUNT else int(found)

    def _unread(self, name: str, complaint: str) -> object:
        self.complaints.append(Complaint(name, complaint))
        return _UNREAD

    def complain_of(self, error: ValidationError, questions: Iterable[Question]) -> None:
        """What pydantic found, but for what could not even be read."""
        known = {each.name for each in self.complaints}
        asked = tuple(every(questions))
        for fault in faults_in(error).named:
            name = filled_at(self._named(fault.field.strip("/").replace("/", ".")), asked)
            if name not in known:
                known.add(name)
                self.complaints.append(Complaint(name, text_of_fault(fault, self.language)))

    def _named(self, where: str) -> str:
        """The question that asks for what stands there."""
        parts = where.split(".")
        for length in range(len(parts), 0, -1):
            row = self.where.get(".".join(parts[:length]))
            if row is not None:
                return ".".join((row, *parts[length:]))
        return where


def filled_at(name: str, asked: Iterable[Question]) -> str:
    """Where the question stands whose choice answers this field too; else the field itself."""
    above, _, own = name.rpartition(".")
    plain = re.sub(r"\.\d+(?=\.|$)", "", above)
    for each in asked:
        if own in each.fills and each.name.rpartition(".")[0] == plain:
            return f"{above}.{each.own}" if above else each.own
    return name


_READERS: Mapping[Kind, Callable[[_Reading, Question, str], Any]] = {
    Kind.GROUP: _Reading.group,
    Kind.LINES: _Reading.rows,
    Kind.ROWS: _Reading.rows,
    Kind.KNOWN_ROWS: _Reading.known_rows,
    Kind.CHECKS: _Reading.checks,
    Kind.DAY: _Reading.the_day,
    Kind.THE_DAY: _Reading.the_day,
    Kind.AMOUNT: _Reading.figures,
    Kind.NUMBER: _Reading.figures,
    Kind.YES_NO: _Reading.yes_or_no,
    Kind.HAND: _Reading.by_hand,
}
"""All others are read as the text they are."""


def _is_answered(typed_: Typed, at: str) -> bool:
    """Whether anything was answered in a row; none of its questions is a day that is ticked."""
    return any(text.strip() for name, text in typed_.items() if _is_of(name, at))


def tidied(questions: Iterable[Question], typed_: Typed) -> dict[str, str]:
    """What was typed, without the rows in which nothing was, and the others numbered anew."""
    found = dict(typed_)
    for question in questions:
        _tidy(question, question.name, found)
    return found


def _tidy(question: Question, name: str, found: dict[str, str]) -> None:
    if question.kind in GROWING:
        _renumber(name, found)
    rows = [name]
    if question.kind is Kind.ROWS:
        rows = [f"{name}.{row}" for row in row_numbers(found, name)]
    elif question.kind is Kind.KNOWN_ROWS:
        rows = [f"{name}.{code}" for code in question.options or ()]
    for at in rows:
        for each, inner in inside_of(question, at):
            _tidy(each, inner, found)


def _renumber(name: str, found: dict[str, str]) -> None:
    kept = 0
    for row in row_numbers(found, name):
        old = f"{name}.{row}"
        fields = {each: found.pop(each) for each in [*found] if _is_of(each, old)}
        if any(value.strip() for value in fields.values()):
            new = f"{name}.{kept}"
            found |= {new + each.removeprefix(old): text for each, text in fields.items()}
            kept += 1


def _is_of(name: str, row: str) -> bool:
    return name == row or name.startswith(f"{row}.")


def row_numbers(typed_: Typed, name: str) -> list[int]:
    """The numbers of the rows that a form sent for a question, in order."""
    pattern = re.compile(rf"{re.escape(name)}\.(\d{{1,3}})(?:\.|$)", re.ASCII)
    found = {int(match.group(1)) for each in typed_ if (match := pattern.match(each))}
    return sorted(row for row in found if row < MOST_ROWS)
