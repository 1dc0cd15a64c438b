"""From a model's fields to questions: one table says how each type of field is asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from service.console.forms.layout import Layout, Source
from service.words.language import Language
from service.words.store import Asked, words

MOST_RADIOS = 7
"""More than these are offered as a list that opens."""


class Kind(StrEnum):
    """How a question is put."""

    TEXT = "text"
    DAY = "day"
    THE_DAY = "the_day"
    """The day a step happened: today, yesterday, or another day."""
    AMOUNT = "amount"
    NUMBER = "number"
    RADIOS = "radios"
    SELECT = "select"
    GROUP = "group"
    """A record: its questions together."""
    LINES = "lines"
    """Several texts, a line each; or several that are chosen."""
    ROWS = "rows"
    """Several records, a group each."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `name` is the field's, from the top of the model."""

    name: str
    kind: Kind
    label: str
    hint: str | None = None
    optional: bool = False
    options: Mapping[str, str] | None = None
    inside: tuple["Question", ...] = ()
    """The questions of a group, or of each row."""


def lists_in(questions: Iterable[Question]) -> Iterator[Question]:
    """Those of which there can be several answers, also inside groups, and not inside each row."""
    for each in questions:
        if each.kind in (Kind.LINES, Kind.ROWS):
            yield each
        elif each.kind is Kind.GROUP:
            yield from lists_in(each.inside)


Candidates = Mapping[Source, Mapping[str, str]]
"""What can be chosen, by its code, with its name in the reader's language."""


def questions_of(
    step: str, layout: Layout, candidates: Candidates, language: Language
) -> tuple[Question, ...]:
    """The questions of a step's form, in the layout's order.

    Raises `TypeError` for a field of a type that no form asks for yet.
    """
    made = _Making(layout, candidates, language, words(language).asked(step))
    return tuple(made.question(layout.model, name, name) for name in layout.order)


def sources_of(layout: Layout) -> set[Source]:
    """Where the candidates of all its questions come from."""
    found = {layout.source(name) for name in _names(layout.model, layout.order)}
    return {source for source in found if source is not None}


def _names(model: type[BaseModel], fields: Iterable[str], above: str = "") -> Iterator[str]:
    """The fields of a form and of the forms inside it, named from the top."""
    for each in fields:
        yield f"{above}{each}"
        for inner in _models(model.model_fields[each].annotation):
            yield from _names(inner, inner.model_fields, f"{above}{each}.")


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inside in get_args(annotation):
        yield from _models(inside)


@dataclass(frozen=True, slots=True)
class _Making:
    layout: Layout
    candidates: Candidates
    language: Language
    asked: Asked

    def question(self, model: type[BaseModel], field: str, name: str) -> Question:
        info = model.model_fields[field]
        inside, optional = _plain(info.annotation)
        said = words(self.language)
        kind, options, parts = self._asked(inside, name)
        return Question(
            name=name,
            kind=kind,
            label=self.asked.labels.get(name, said.field[field]),
            hint=self.asked.hints.get(name),
            optional=optional or not info.is_required(),
            options=options,
            inside=tuple(self.question(*part) for part in parts),
        )

    def _asked(
        self, inside: Any, name: str
    ) -> tuple[Kind, Mapping[str, str] | None, Sequence[tuple[type[BaseModel], str, str]]]:
        """The kind, what can be chosen, and the fields inside."""
        source = self.layout.source(name)
        if source is not None:
            kind, options, _ = _choosing(self.candidates[source])
            return (Kind.LINES if get_origin(inside) is tuple else kind), options, ()
        if get_origin(inside) is tuple:
            row = get_args(inside)[0]
            if isinstance(row, type) and issubclass(row, BaseModel):
                return Kind.ROWS, None, list(_fields(row, name))
            return Kind.LINES, None, ()
        if isinstance(inside, type) and issubclass(inside, BaseModel):
            return Kind.GROUP, None, list(_fields(inside, name))
        if isinstance(inside, type) and issubclass(inside, StrEnum):
            said = words(self.language)
            return _choosing({code: said.of(code) for code in inside})
        return _scalar(inside, name), None, ()


def _fields(model: type[BaseModel], name: str) -> Iterator[tuple[type[BaseModel], str, str]]:
    for field in model.model_fields:
        yield model, field, f"{name}.{field}"


def _choosing(
    options: Mapping[str, str],
) -> tuple[Kind, Mapping[str, str], Sequence[tuple[type[BaseModel], str, str]]]:
    return (Kind.RADIOS if len(options) <= MOST_RADIOS else Kind.SELECT), options, ()


def _plain(annotation: Any) -> tuple[Any, bool]:
    """A field's type without None, and whether it may be None."""
    if get_origin(annotation) not in (Union, UnionType):
        return annotation, False
    (inside,) = (each for each in get_args(annotation) if each is not NoneType)
    return inside, True


def _scalar(inside: Any, name: str) -> Kind:
    if name == "occurred_on":
        return Kind.THE_DAY
    for kind, asked in ((date, Kind.DAY), (Decimal, Kind.AMOUNT), (int, Kind.NUMBER)):
        if _is(inside, kind):
            return asked
    if _is(inside, str):
        return Kind.TEXT
    raise TypeError(f"no form asks for {name}: {inside}")


def _is(inside: Any, kind: type) -> bool:
    """Whether a field's type, with its limits around it, is of this kind."""
    bare = get_args(inside)[0] if hasattr(inside, "__metadata__") else inside
    return isinstance(bare, type) and issubclass(bare, kind) and bare is not bool
