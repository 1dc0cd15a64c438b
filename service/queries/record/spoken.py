"""An event in words: each of its fields that says something, under its name, in one language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from domain.message import FieldClass, class_of
from service.queries.naming import Called
from service.queries.record.shape import RecordLine
from service.words import writing
from service.words.language import Language
from service.words.store import words

LEFT_OUT = frozenset({"rules_version", "rules_terms", "sha256", "size", "media_type", "form"})
"""What is of the papers' files and of the programs, and says nothing of a person."""


def _code(value: StrEnum, language: Language) -> str:
    return words(language).code.get(type(value).__name__, {}).get(value, str(value))


def _yes_or_no(value: bool, language: Language) -> str:  # noqa: FBT001 - it is the value
    return words(language).page["form_yes" if value else "form_no"]


def _amount(value: Decimal, language: Language) -> str:
    return str(writing.amount(value, language))


WRITERS: tuple[tuple[type, Callable[[Any, Language], str]], ...] = (
    (bool, _yes_or_no),
    (StrEnum, _code),
    (datetime, writing.moment),
    (date, writing.day),
    (Decimal, _amount),
    (int, writing.number),
)
"""In an order in which each kind comes before what it is one of."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Writes values in a language; `called` names what stands as a code of the registry."""

    language: Language
    called: Called
    centres: Mapping[str, str]
    """What each centre is called."""

    def lines(self, told: BaseModel, on: date | None) -> Iterator[RecordLine]:
        """What is empty, was erased, or is an id is left out."""
        labels = words(self.language).field
        for name in type(told).model_fields:
            value = getattr(told, name)
            if name in LEFT_OUT or name not in labels or _is_hidden(type(told), name):
                continue
            said = self.value(value, on, name)
            if said:
                yield RecordLine(label=labels[name], value=said)

    def value(self, value: Any, on: date | None, name: str = "") -> str:
        """Empty for what says nothing in words."""
        if isinstance(value, BaseModel):
            return self._within(value, on)
        if isinstance(value, Mapping):
            inside = ((self.value(k, on), self.value(v, on)) for k, v in value.items())
            return self._joined(f"{k}{self._colon} {v}" for k, v in inside if k and v)
        if isinstance(value, tuple | list | frozenset | set):
            return self._joined(self.value(each, on, name) for each in value)
        return self._one(value, on, name)

    def _one(self, value: Any, on: date | None, name: str) -> str:
        """Of what stands by itself; the first kind that it is says how."""
        if isinstance(value, str) and not isinstance(value, StrEnum):
            return self._text(value, on, name)
        if isinstance(value, int) and not isinstance(value, bool) and name.endswith("year"):
            return str(value)
        for kind, write in WRITERS:
            if isinstance(value, kind):
                return write(value, self.language)
        return ""

    def _text(self, value: str, on: date | None, name: str) -> str:
        if name.endswith("province"):
            return writing.province(value, self.language) or value
        if value in self.centres and name.endswith("centre"):
            return self.centres[value]
        named = None if " " in value else self.called(value, on)
        return named or value

    def _within(self, record: BaseModel, on: date | None) -> str:
        return self._joined(f"{it.label}{self._colon} {it.value}" for it in self.lines(record, on))

    def _joined(self, said: Iterator[str]) -> str:
        return f"{writing.COMMA[self.language]} ".join(each for each in said if each)

    @property
    def _colon(self) -> str:
        return writing.COLON[self.language]


def _is_hidden(model: type[BaseModel], name: str) -> bool:
    return class_of(model, name) is FieldClass.HIDDEN
