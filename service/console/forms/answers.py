"""From what was typed to the model of a step, or to complaints that stand beside the questions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel, ValidationError

from service.console.forms import typed
from service.console.forms.questions import Kind, Question, lists_in
from service.problems.faults import Fault, faults_in, text_of_fault
from service.words.language import Language
from service.words.store import words

Typed = Mapping[str, str]
"""The fields of a form by their names: `season.label`, `catchment.0.province`."""

PARTS_OF_A_DAY = ("day", "month", "year")
MOST_ROWS = 83
"""As many as there are provinces; what is above is not read."""
_UNREAD = object()
"""What could not be read: its complaint stands already."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is to be corrected, and at which question."""

    name: str
    text: str

    def label(self, questions: Iterable[Question]) -> str:
        """Of the question it is about, which may be inside another one."""
        name = re.sub(r"\.\d+", "", self.name)
        asked = {each.name: each for each in _every(questions)}
        return asked[name].label if name in asked else ""


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
    reading = _Reading(typed_, today, language, [])
    body = {each.name: reading.value(each, each.name) for each in questions}
    given = {name: value for name, value in body.items() if value not in (None, _UNREAD)}
    try:
        made = model.model_validate(given)
    except ValidationError as error:
        reading.complain_of(error)
        made = None
    complaints = tuple(reading.complaints)
    return Answers(None if complaints else made, complaints)


@dataclass(frozen=True, slots=True)
class _Reading:
    typed: Typed
    today: date
    language: Language
    complaints: list[Complaint]

    def value(self, question: Question, name: str) -> Any:
        """The value of a question; None where nothing was answered."""
        match question.kind:
            case Kind.GROUP:
                return self._record(question, name) or (None if question.optional else {})
            case Kind.LINES | Kind.ROWS:
                return [self._row(question, each) for each in self._rows(name)]
            case Kind.DAY | Kind.THE_DAY:
                return self._the_day(name)
            case Kind.AMOUNT | Kind.NUMBER:
                return self._figures(question.kind, name)
            case _:
                return self.typed.get(name, "").strip() or None

    def _record(self, question: Question, name: str) -> dict[str, Any] | None:
        values = {
            _last(each.name): self.value(each, f"{name}.{_last(each.name)}")
            for each in question.inside
        }
        known = {field: value for field, value in values.items() if value is not None}
        given = {field: value for field, value in known.items() if value is not _UNREAD}
        return given if known else None

    def _row(self, question: Question, name: str) -> Any:
        return self._record(question, name) if question.inside else self.typed[name].strip()

    def _rows(self, name: str) -> list[str]:
        return [f"{name}.{row}" for row in row_numbers(self.typed, name)]

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

    def _the_day(self, name: str) -> Any:
        match self.typed.get(name):
            case "today":
                return self.today
            case "yesterday":
                return self.today - timedelta(days=1)
            case _:
                return self._day(name)

    def _figures(self, kind: Kind, name: str) -> Any:
        text = self.typed.get(name, "").strip()
        if not text:
            return None
        if kind is Kind.AMOUNT:
            found, why = typed.amount(text), words(self.language).page["complaint_amount"]
        else:
            found = typed.number(text)
            why = text_of_fault(Fault(name, "whole_number"), self.language)
        return self._unread(name, why) if found is None else found

    def _unread(self, name: str, complaint: str) -> object:
        self.complaints.append(Complaint(name, complaint))
        return _UNREAD

    def complain_of(self, error: ValidationError) -> None:
        """What pydantic found, but for what could not even be read."""
        known = {each.name for each in self.complaints}
        for fault in faults_in(error).named:
            name = fault.field.strip("/").replace("/", ".")
            if name not in known:
                self.complaints.append(Complaint(name, text_of_fault(fault, self.language)))


def tidied(questions: Iterable[Question], typed_: Typed) -> dict[str, str]:
    """What was typed, without the rows in which nothing was, and the others numbered anew."""
    found = dict(typed_)
    for question in lists_in(questions):
        kept = 0
        for row in row_numbers(typed_, question.name):
            old = f"{question.name}.{row}"
            fields = {name: found.pop(name) for name in typed_ if _is_of(name, old)}
            if any(value.strip() for value in fields.values()):
                new = f"{question.name}.{kept}"
                found |= {new + name.removeprefix(old): text for name, text in fields.items()}
                kept += 1
    return found


def _is_of(name: str, row: str) -> bool:
    return name == row or name.startswith(f"{row}.")


def row_numbers(typed_: Typed, name: str) -> list[int]:
    """The numbers of the rows that a form sent for a question, in order."""
    pattern = re.compile(rf"{re.escape(name)}\.(\d{{1,2}})(?:\.|$)")
    found = {int(match.group(1)) for each in typed_ if (match := pattern.match(each))}
    return sorted(row for row in found if row < MOST_ROWS)


def _every(questions: Iterable[Question]) -> Iterator[Question]:
    for each in questions:
        yield each
        yield from _every(each.inside)


def _last(name: str) -> str:
    return name.rpartition(".")[2]
