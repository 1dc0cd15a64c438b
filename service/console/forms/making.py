"""From a model's fields to questions: one table says how each type of field is asked for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel, StringConstraints

from domain.message import ENCRYPTED, FieldClass
from domain.values.codes import Registered
from domain.values.trades import Trade, sector_of
from service.console.forms.by_hand import ASKERS
from service.console.forms.layout import Layout, Source
from service.console.forms.layouts import LAYOUTS
from service.console.forms.questions import Candidates, Kind, Options, Question
from service.words.language import Language
from service.words.store import Asked, words

MOST_RADIOS = 7
"""More than these are offered as a list that opens."""
THE_DAY = "occurred_on"
"""Of every step: when it happened."""
LONG_TEXT = 1000
"""A text that may have as many signs is asked for by an area."""
SEARCHED = frozenset({Source.BENEFICIARIES, Source.CASES})
ENTRIES = frozenset({Source.ENTRIES_OF_REGISTRY, Source.ENTRIES_THAT_ARE_ONE})
VERY_MANY = frozenset({Source.PROVINCES})
"""Of which several are chosen line by line."""
SPOKEN_OF_ONE = frozenset({Source.TRACKS})
"""What need not be chosen where there is one only."""


def questions_of(
    step: str, layout: Layout, candidates: Candidates, language: Language
) -> tuple[Question, ...]:
    """The questions of a step's form, in the layout's order.

    Raises `TypeError` for a field of a type that no rule asks for.
    """
    made = _Making(layout, candidates, language, words(language).asked(step))
    fields = ((layout.model, name, name) for name in layout.order)
    return tuple(made.questions(fields))


def chosen_in(layout: Layout) -> Mapping[str, tuple[Source, tuple[Registered, ...]]]:
    """The fields that are chosen, named from the top: among what, and of which kinds."""
    return dict(_chosen(layout, layout.model, layout.order, ""))


Chosen = tuple[Source, tuple[Registered, ...]]


def _chosen(
    layout: Layout, model: type[BaseModel], fields: Iterable[str], above: str
) -> Iterator[tuple[str, Chosen]]:
    for field in fields:
        name, info = f"{above}{field}", model.model_fields[field]
        marks = tuple(
            each
            for each in _marks(info.annotation, tuple(info.metadata))
            if isinstance(each, Registered)
        )
        source = _source(layout, name, marks)
        if source is not None:
            yield name, (source, marks)
        for inner in _models(info.annotation):
            yield from _chosen(layout, inner, inner.model_fields, f"{name}.")


def _source(layout: Layout, name: str, marks: Iterable[object]) -> Source | None:
    if name in layout.rows_from:
        return layout.rows_from[name]
    if any(isinstance(each, Registered) for each in marks):
        return Source.ENTRIES_OF_REGISTRY
    return layout.source(name)


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes the questions of one form."""

    layout: Layout
    candidates: Candidates
    language: Language
    asked: Asked

    def questions(self, fields: Iterable[tuple[type[BaseModel], str, str]]) -> Iterator[Question]:
        together = {name for names in self.layout.together.values() for name in names}
        for model, field, name in fields:
            if name not in together and name not in self.layout.left:
                made = self.question(model, field, name)
                if not self._goes_without_saying(made):
                    yield made

    def question(self, model: type[BaseModel], field: str, name: str) -> Question:
        info = model.model_fields[field]
        inside, optional = _plain(info.annotation)
        marks = _marks(info.annotation, tuple(info.metadata))
        when = self.layout.show_when.get(name)
        needed = info.is_required() or isinstance(info.default, StrEnum)
        made = Question(
            name=name,
            kind=Kind.TEXT,
            label=self._label(field, name),
            hint=self.asked.hints.get(name),
            example=self.asked.examples.get(name),
            optional=(optional or not needed) and not (when and when.needed),
            fills=tuple(each.rpartition(".")[2] for each in self.layout.together.get(name, ())),
            when=when,
        )
        return self._put(made, inside, marks)

    def _label(self, field: str, name: str) -> str:
        said = words(self.language)
        usual = said.page["when_was_it"] if name == THE_DAY else said.field[field]
        return self.asked.labels.get(name, usual)

    def _goes_without_saying(self, made: Question) -> bool:
        """What need not be said is not asked where there is nothing to choose between."""
        source = self.layout.source(made.name)
        return made.optional and source in SPOKEN_OF_ONE and len(made.options or ()) < 2  # noqa: PLR2004 (two to choose between)

    def _put(self, made: Question, inside: Any, marks: tuple[object, ...]) -> Question:
        name = made.name
        if name in self.layout.by_hand:
            return self._by_hand(made)
        if name in self.layout.rows_from:
            return self._known_rows(made, inside)
        source = _source(self.layout, name, marks)
        if source is not None:
            kinds = dict.fromkeys(
                kind for mark in marks if isinstance(mark, Registered) for kind in mark.kinds
            )
            made = replace(made, kinds=tuple(kinds))
            return self._chosen(made, source, several=get_origin(inside) is tuple)
        if get_args(inside):
            return self._of_many(made, inside)
        return self._of_one(made, inside, marks)

    def _by_hand(self, made: Question) -> Question:
        hand = self.layout.by_hand[made.name]
        inside = ASKERS[hand].inside(made, self.candidates, self._inner, self.language)
        return replace(made, kind=Kind.HAND, hand=hand, inside=inside)

    def _inner(self, step: str, candidates: Candidates) -> tuple[Question, ...]:
        return questions_of(step, LAYOUTS[step], candidates, self.language)

    def _of_many(self, made: Question, inside: Any) -> Question:
        if get_origin(inside) is tuple:
            return self._several(made, get_args(inside)[0])
        return self._table(made, *get_args(inside))

    def _of_one(self, made: Question, inside: type, marks: tuple[object, ...]) -> Question:
        if issubclass(inside, BaseModel):
            return replace(made, kind=Kind.GROUP, inside=self._inside(inside, made.name))
        if issubclass(inside, StrEnum):
            return _choosing(made, self._codes(inside), self._groups(inside))
        return _scalar(made, inside, marks)

    def _inside(self, model: type[BaseModel], name: str) -> tuple[Question, ...]:
        order = self.layout.inside.get(name, tuple(model.model_fields))
        fields = ((model, field, f"{name}.{field}") for field in order)
        return tuple(self.questions(fields))

    def _chosen(self, made: Question, source: Source, *, several: bool) -> Question:
        options = self.candidates[made.name]
        if several:
            return replace(
                made, kind=Kind.LINES if source in VERY_MANY else Kind.CHECKS, options=options
            )
        if source in SEARCHED:
            return replace(made, kind=Kind.FOUND, options=options)
        if source in ENTRIES:
            return replace(made, kind=Kind.ENTRY, options=options)
        return _choosing(made, options)

    def _several(self, made: Question, row: Any) -> Question:
        bare = get_args(row)[0] if get_origin(row) is Annotated else row
        if isinstance(bare, type) and issubclass(bare, BaseModel):
            return replace(made, kind=Kind.ROWS, inside=self._inside(bare, made.name))
        if isinstance(bare, type) and issubclass(bare, StrEnum):
            return replace(made, kind=Kind.CHECKS, options=self._codes(bare))
        return replace(made, kind=Kind.LINES)

    def _known_rows(self, made: Question, inside: Any) -> Question:
        """A row's first field says which thing it is about; it is not asked for."""
        model = get_args(inside)[0]
        key, *_ = model.model_fields
        rest = ((model, each, f"{made.name}.{each}") for each in model.model_fields if each != key)
        asked = tuple(self.questions(rest))
        return replace(
            made,
            kind=Kind.KNOWN_ROWS,
            options=self.candidates[made.name],
            inside=asked,
            key=key,
            ticked=all(each.optional for each in asked),
        )

    def _table(self, made: Question, keys: Any, values: Any) -> Question:
        options = self._codes(values)
        rows = (
            Question(f"{made.name}.{code}", Kind.RADIOS, text, optional=True, options=options)
            for code, text in self._codes(keys).items()
        )
        return replace(made, kind=Kind.GROUP, inside=tuple(rows))

    def _codes(self, codes: type[StrEnum]) -> Options:
        said = words(self.language)
        return {code: said.of(code) for code in codes}

    def _groups(self, codes: type[StrEnum]) -> Mapping[str, tuple[str, ...]]:
        """Trades by their sector."""
        if codes is not Trade:
            return {}
        said = words(self.language)
        ordered = sorted(Trade, key=lambda each: said.of(sector_of(each)))
        sectors = groupby(ordered, key=sector_of)
        return {said.of(sector): tuple(trades) for sector, trades in sectors}


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inside in get_args(annotation):
        yield from _models(inside)


def _choosing(
    made: Question, options: Options, groups: Mapping[str, tuple[str, ...]] | None = None
) -> Question:
    kind = Kind.RADIOS if len(options) <= MOST_RADIOS else Kind.SELECT
    return replace(made, kind=kind, options=options, groups=groups or {})


def _plain(annotation: Any) -> tuple[Any, bool]:
    """A field's type without None and its limits, and whether it may be None."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) not in (Union, UnionType):
        return annotation, False
    (inside,) = (each for each in get_args(annotation) if each is not NoneType)
    return _plain(inside)[0], True


def _marks(annotation: Any, marks: tuple[object, ...]) -> tuple[object, ...]:
    """All that is said about a field's type, around it and inside it."""
    if get_origin(annotation) is Annotated:
        inside, *more = get_args(annotation)
        return _marks(inside, (*marks, *more))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return marks
    return (*marks, *(each for part in get_args(annotation) for each in _marks(part, ())))


def _scalar(made: Question, inside: type, marks: tuple[object, ...]) -> Question:
    if made.name == THE_DAY:
        return replace(made, kind=Kind.THE_DAY)
    if inside is bool:
        return replace(made, kind=Kind.YES_NO, optional=False)
    for kind, asked in ((date, Kind.DAY), (Decimal, Kind.AMOUNT), (int, Kind.NUMBER)):
        if issubclass(inside, kind):
            return replace(made, kind=asked)
    if not issubclass(inside, str):
        raise TypeError(f"no form asks for {made.name}: {inside}")
    limit = next(filter(None, map(_longest, marks)), 0)
    if limit < LONG_TEXT:
        return made
    personal = any(isinstance(each, FieldClass) and each in ENCRYPTED for each in marks)
    read_by = "read_by_centre" if personal else "read_by_all"
    return replace(made, kind=Kind.LONG, limit=limit, read_by=read_by)


def _longest(mark: object) -> int | None:
    return mark.max_length if isinstance(mark, StringConstraints | MaxLen) else None
