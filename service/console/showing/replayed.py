"""What an entry changed, as a page says it: fields by their names, values as they are written.

A change comes as the ledger's own records have it: a path of fields, ids and places in a list, and
plain values. What a field of a record can hold says how its value reads.
"""

import re
import typing
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from domain.case.schedule import ReviewKind
from domain.commands import initial
from domain.message import StreamKind
from domain.tracks.table import TRACKS
from service.access.names import NAMES
from service.console.showing.list_rows import Known
from service.queries.replaying import Changed, as_told
from service.words import writing
from service.words.language import Language
from service.words.store import words

LONGEST = 300
PLACES = {"province": writing.province, "region": writing.region}
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
ISO_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
"""As `Changed` has days and instants."""
ID = 36


@dataclass(frozen=True, slots=True)
class Told:
    """A value: `amount`, `day`, `text` in words, `code` where it has none, `mask` where it is put away."""

    kind: str
    value: Any


PUT_AWAY = Told("mask", None)


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One field: which it is, from the thing inwards, and what it was and becomes."""

    path: tuple[str, ...]
    was: tuple[Told, ...]
    """Nothing where there was nothing."""
    becomes: tuple[Told, ...]


def rows_of(
    changes: Sequence[Changed], known: Known, language: Language, *, hides_names: bool = False
) -> list[ChangedRow]:
    """`hides_names`: somebody sits across the desk, so nobody's name is told."""
    telling = _Telling(known, language)
    rows = []
    for each in as_told(changes):
        hides = hides_names and not NAMES.isdisjoint(each.path)
        was, becomes = (
            (PUT_AWAY,) if hides and value else tuple(telling.values(each.path, value))
            for value in (each.was, each.becomes)
        )
        rows.append(ChangedRow(tuple(telling.path(each.path)), was, becomes))
    return rows


@dataclass(frozen=True, slots=True)
class _Telling:
    known: Known
    language: Language

    def path(self, path: Sequence[str]) -> Iterator[str]:
        """Of what has no name of its own the place is told."""
        field = ""
        spoken = words(self.language)
        for each in path:
            if each in holding() or each in spoken.field:
                field = each
                yield label_of(each, self.language)
            else:
                yield self._named(field, each)

    def values(self, path: Sequence[str], value: Any) -> Iterator[Told]:
        field = next((each for each in reversed(path) if each in holding()), "")
        if isinstance(value, list):
            for each in value:
                yield from self.values(path, each)
        elif isinstance(value, dict):
            for each in value.values():
                yield from self.values(path, each)
        elif value is not None and value != "":
            yield self._value(field, value)

    def _value(self, field: str, value: Any) -> Told:
        if isinstance(value, bool):
            return Told("text", words(self.language).page["replay_yes" if value else "replay_no"])
        if isinstance(value, int | float):
            return Told("text", writing.number(Decimal(str(value)), self.language))
        said, kinds = str(value), holding().get(field, frozenset())
        if Decimal in kinds:
            with suppress(InvalidOperation):
                return Told("amount", Decimal(said))
        if day := day_in(said):
            return Told("day", day)
        if ISO_INSTANT.fullmatch(said):
            with suppress(ValueError):
                return Told("text", writing.moment(datetime.fromisoformat(said), self.language))
        named = self._named(field, said)
        return Told("code" if named == said[:8] and len(said) == ID else "text", named)

    def _named(self, field: str, said: str) -> str:
        """By what it is called; an id by its first digits, and what has no other name as it stands."""
        for find in (self._coded, self._reviewed, self._placed, self._registered, self._dated):
            if found := find(field, said):
                return found
        with suppress(ValueError):
            post = self.known.staff.get(UUID(said))
            return post if isinstance(post, str) else said[:8]
        return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"

    def _coded(self, field: str, said: str) -> str | None:
        """A code of the field's own."""
        spoken = words(self.language).code
        kinds = (each for each in holding().get(field, ()) if issubclass(each, StrEnum))
        found = (spoken.get(kind.__name__, {}).get(said) for kind in kinds if said in set(kind))
        return next(filter(None, found), None)

    def _reviewed(self, _field: str, said: str) -> str | None:
        """A review by its kind and ordinal, `visit/3`."""
        kind, _, ordinal = said.partition("/")
        spoken = words(self.language).code[ReviewKind.__name__].get(kind)
        return f"{spoken} {ordinal}".strip() if spoken else None

    def _placed(self, field: str, said: str) -> str | None:
        place = PLACES.get(field)
        return place(said, self.language) if place else None

    def _registered(self, _field: str, said: str) -> str | None:
        if said in self.known.entries:
            return self.known.entry(said, date.max)
        return self.known.centres.get(said)

    def _dated(self, _field: str, said: str) -> str | None:
        day = day_in(said)
        return writing.day(day, self.language) if day else None


def day_in(said: str) -> date | None:
    """The day that is written there, and nothing else."""
    with suppress(ValueError):
        return date.fromisoformat(said) if ISO_DAY.fullmatch(said) else None
    return None


def label_of(name: str, language: Language) -> str:
    """A field of a record, by its name in words; of what was given none its own."""
    said = words(language)
    own, rule = (said.page.get(f"{kind}_{name}") for kind in NAMED)
    for found in (own, said.field.get(name), rule):
        if found:
            return found
    return name


NAMED = ("told_field", "rule")
"""How the pages' words name fields that no step has."""


@cache
def holding() -> Mapping[str, frozenset[type]]:
    """Every field of what streams come to, with the plain types that it may hold or be kept by."""
    found: dict[str, set[type]] = {}
    seen: set[type] = set()
    for root in (*(type(initial(kind)) for kind in StreamKind), *_tracks()):
        _hold(root, found, seen)
    return {name: frozenset(kinds) for name, kinds in found.items()}


def _tracks() -> Iterator[type]:
    """A case knows of them only what it asks."""
    return (each.state for each in TRACKS.values())


def _hold(model: type, found: dict[str, set[type]], seen: set[type]) -> None:
    if model in seen:
        return
    seen.add(model)
    for name, annotation in _annotated(model):
        inside = list(_inside(annotation))
        found.setdefault(name, set()).update(each for each in inside if not _is_record(each))
        for each in inside:
            for record in (each, *_below(each)):
                if _is_record(record):
                    _hold(record, found, seen)


def _below(model: type) -> Iterator[type]:
    """What a record of a general kind may be in particular, such as a track."""
    if is_dataclass(model):
        for each in model.__subclasses__():
            yield each
            yield from _below(each)


def _annotated(model: type) -> Iterator[tuple[str, Any]]:
    if is_dataclass(model):
        hints = typing.get_type_hints(model)
        yield from ((each.name, hints[each.name]) for each in fields(model))
    elif issubclass(model, BaseModel):
        yield from ((name, each.annotation) for name, each in model.model_fields.items())


def _inside(annotation: Any) -> Iterator[type]:
    if typing.get_origin(annotation) is not None:
        for each in typing.get_args(annotation):
            yield from _inside(each)
    elif isinstance(annotation, type):
        yield annotation


def _is_record(kind: type) -> bool:
    return is_dataclass(kind) or issubclass(kind, BaseModel)
