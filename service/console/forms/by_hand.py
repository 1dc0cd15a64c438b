"""Askers made by hand, for what no rule for types can ask: each makes its questions and reads them.

A layout names one for a field (`Layout.by_hand`). It says which questions stand inside the field's
own, with what is offered and what was found out beforehand; and it reads their answers, and writes
them back. What is drawn is what the questions are: an asker needs no template.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Protocol

from pydantic_core import to_jsonable_python

from service.console.forms.questions import Candidates, Kind, Question, inside_of
from service.words.language import Language
from service.words.store import words

Record = Callable[[Iterable[tuple[Question, str]]], dict[str, Any] | None]
"""Reads the answers to questions, each where it stands; None where nothing was answered."""
Write = Callable[[Iterable[tuple[Question, str]], Any], dict[str, str]]
"""What would have been typed into questions to say this."""
Inner = Callable[[str, Candidates], tuple[Question, ...]]
"""The questions of another step's form, with what they offer."""


class Asker(Protocol):
    """Puts the questions of one field, and reads them."""

    def inside(
        self, made: Question, offered: Candidates, inner: Inner, language: Language
    ) -> tuple[Question, ...]:
        """The questions, named from the top."""

    def value(self, question: Question, record: Record) -> Any:
        """What the model takes; None where nothing was answered."""

    def typed(self, question: Question, value: Any, write: Write) -> dict[str, str]:
        """The fields of the form, by their names."""


class Corrections:
    """Entries to correct: each is chosen, and then told anew by the form of its own step."""

    def inside(
        self, made: Question, offered: Candidates, inner: Inner, language: Language
    ) -> tuple[Question, ...]:
        """`offered` has the entries, and for each row of one that is chosen the name of its step."""
        parts = (name.rpartition(".") for name in offered)
        rows = 1 + sum(1 for above, _, own in parts if above == made.name and own.isdigit())
        return tuple(self._row(made, row, offered, inner, language) for row in range(rows))

    def _row(
        self, made: Question, row: int, offered: Candidates, inner: Inner, language: Language
    ) -> Question:
        said, name = words(language), f"{made.name}.{row}"
        entry = Question(
            f"{name}.entry_number",
            Kind.SELECT,
            said.field["entry_number"],
            optional=row > 0,
            options=offered.get(made.name, {}),
        )
        step = next(iter(offered.get(name, {})), "")
        content = f"{name}.content"
        within = {
            each.removeprefix(f"{content}."): options
            for each, options in offered.items()
            if each.startswith(f"{content}.")
        }
        told = tuple(under(content, each) for each in inner(step, within)) if step else ()
        anew = (Question(content, Kind.GROUP, said.step[step], inside=told),) if step else ()
        label = f"{said.field[made.own]} {row + 1}"
        return Question(name, Kind.GROUP, label, inside=(entry, *anew))

    def value(self, question: Question, record: Record) -> Any:
        found = (record(inside_of(row, row.name)) for row in question.inside)
        told = [each for each in found if each and "entry_number" in each]
        return [to_jsonable_python(each) for each in told] or None

    def typed(self, question: Question, value: Any, write: Write) -> dict[str, str]:
        typed: dict[str, str] = {}
        for row, each in zip(question.inside, value, strict=False):
            typed |= write(inside_of(row, row.name), each)
        return typed


def under(above: str, question: Question) -> Question:
    """The question, and all inside it, as they are named where they stand inside another one."""
    when = question.when
    return replace(
        question,
        name=f"{above}.{question.name}",
        when=replace(when, field=f"{above}.{when.field}") if when else None,
        inside=tuple(_each_under(above, question.inside)),
    )


def _each_under(above: str, questions: Iterable[Question]) -> Iterator[Question]:
    yield from (under(above, each) for each in questions)


ASKERS: Mapping[str, Asker] = {"corrections": Corrections()}
