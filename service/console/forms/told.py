"""What was typed, told again a question a line: beside it can stand what was recorded before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from service.console.forms import typed
from service.console.forms.answers import NO, PARTS_OF_A_DAY, YES, is_put, row_numbers
from service.console.forms.questions import Kind, Question, inside_of
from service.words.language import Language
from service.words.store import words

Value = str | date | Decimal
Typed = Mapping[str, str]
GAP = " – "
"""Between a label and what it stands in."""


@dataclass(frozen=True, slots=True)
class Told:
    """One question's answer; one that nothing was typed for is not told."""

    name: str
    """Where it stands in the form."""
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that is another now; empty: there is none."""

    name: str
    label: str
    was: tuple[Value, ...]
    becomes: tuple[Value, ...]


def changes(before: Iterable[Told], after: Iterable[Told]) -> list[Change]:
    """What differs, in the order in which it is asked."""
    was, becomes = ({each.name: each for each in some} for some in (before, after))
    found = []
    for name in dict.fromkeys([*becomes, *was]):
        old, new = was.get(name), becomes.get(name)
        values = (old.values if old else ()), (new.values if new else ())
        label = new.label if new else old.label if old else ""
        if values[0] != values[1]:
            found.append(Change(name, label, *values))
    return found


def told(
    questions: Iterable[Question], typed_: Typed, today: date, language: Language
) -> Iterator[Told]:
    """What stands in a form, of the questions that are put."""
    telling = _Telling(typed_, today, language)
    return telling.each(((each, each.name) for each in questions), "")


@dataclass(frozen=True, slots=True)
class _Telling:
    typed: Typed
    today: date
    language: Language

    def each(self, asked: Iterable[tuple[Question, str]], of: str) -> Iterator[Told]:
        for question, name in asked:
            if is_put(question, name, self.typed):
                yield from self._one(question, name, of)

    def _one(self, question: Question, name: str, of: str) -> Iterator[Told]:
        label = f"{of}{GAP}{question.label}" if of else question.label
        match question.kind:
            case Kind.GROUP | Kind.HAND:
                yield from self.each(inside_of(question, name), label)
            case Kind.ROWS:
                for row in row_numbers(self.typed, name):
                    at = f"{name}.{row}"
                    yield from self.each(inside_of(question, at), f"{label} {row + 1}")
            case Kind.KNOWN_ROWS:
                yield from self._known_rows(question, name)
            case _:
                values = tuple(self._values(question, name))
                if values:
                    yield Told(name, label, values)

    def _known_rows(self, question: Question, name: str) -> Iterator[Told]:
        for code, what in (question.options or {}).items():
            at = f"{name}.{code}"
            if question.ticked and self.typed.get(f"{at}.{question.key}"):
                yes = words(self.language).page["form_yes"]
                yield Told(f"{at}.{question.key}", f"{question.label}{GAP}{what}", (yes,))
            yield from self.each(inside_of(question, at), what)

    def _values(self, question: Question, name: str) -> Iterator[Value]:
        options = question.options or {}
        match question.kind:
            case Kind.CHECKS:
                yield from (
                    text for code, text in options.items() if self.typed.get(f"{name}.{code}")
                )
            case Kind.LINES:
                rows = (self.typed[f"{name}.{row}"] for row in row_numbers(self.typed, name))
                yield from (options.get(text, text) for text in rows if text.strip())
            case Kind.DAY | Kind.THE_DAY:
                yield from self._day(name)
            case _:
                text = self.typed.get(name, "").strip()
                if text:
                    yield self._scalar(question, options.get(text, text))

    def _scalar(self, question: Question, text: str) -> Value:
        said = words(self.language).page
        match question.kind:
            case Kind.AMOUNT:
                found = typed.amount(text)
                return Decimal(found) if found is not None else text
            case Kind.NUMBER:
                return typed.number(text) or text
            case Kind.YES_NO:
                return {YES: said["form_yes"], NO: said["form_no"]}.get(text, text)
            case _:
                return text

    def _day(self, name: str) -> Iterator[Value]:
        match self.typed.get(name):
            case "today":
                yield self.today
            case "yesterday":
                yield self.today - timedelta(days=1)
            case _:
                parts = [self.typed.get(f"{name}.{part}", "").strip() for part in PARTS_OF_A_DAY]
                found = typed.day(*parts)
                if found is not None:
                    yield found
                elif any(parts):
                    yield "-".join(parts)
