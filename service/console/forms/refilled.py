"""The way back from a model to what would have been typed: for a form that begins with what is known."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from service.console.forms.answers import BETWEEN, NO, PARTS_OF_A_DAY, YES
from service.console.forms.by_hand import ASKERS
from service.console.forms.questions import Kind, Question, inside_of

OTHER = "other"
"""Another day than today and yesterday."""


def refilled(questions: Iterable[Question], body: BaseModel | Mapping[str, Any]) -> dict[str, str]:
    """What makes the model again, read by the same questions."""
    return dict(_record(((each, each.name) for each in questions), body))


def _record(asked: Iterable[tuple[Question, str]], body: Any) -> Iterator[tuple[str, str]]:
    for question, name in asked:
        value = _get(body, question.own)
        if value is None:
            continue
        if question.fills:
            parts = (value, *(_get(body, each) for each in question.fills))
            yield name, BETWEEN.join(_text(each) for each in parts if each is not None)
        else:
            yield from _typed(question, name, value)


def _written(asked: Iterable[tuple[Question, str]], body: Any) -> dict[str, str]:
    return dict(_record(asked, body))


def _get(body: Any, name: str) -> Any:
    return body.get(name) if isinstance(body, Mapping) else getattr(body, name, None)


def _typed(question: Question, name: str, value: Any) -> Iterator[tuple[str, str]]:
    match question.kind:
        case Kind.GROUP:
            yield from _record(inside_of(question, name), value)
        case Kind.DAY:
            yield from _day(name, value)
        case Kind.THE_DAY:
            yield name, OTHER
            yield from _day(name, value)
        case Kind.YES_NO:
            yield name, YES if value else NO
        case Kind.CHECKS | Kind.LINES | Kind.ROWS | Kind.KNOWN_ROWS:
            yield from _several(question, name, value)
        case Kind.HAND:
            yield from ASKERS[question.hand].typed(question, value, _written).items()
        case _:
            yield name, _text(value)


def _several(question: Question, name: str, values: Any) -> Iterator[tuple[str, str]]:
    if question.kind is Kind.KNOWN_ROWS:
        yield from _known_rows(question, name, values)
        return
    for row, each in enumerate(values):
        at = f"{name}.{each if question.kind is Kind.CHECKS else row}"
        if question.inside:
            yield from _record(inside_of(question, at), each)
        else:
            yield at, _text(each)


def _known_rows(question: Question, name: str, value: Any) -> Iterator[tuple[str, str]]:
    for each in value:
        code = _text(_get(each, question.key))
        if question.ticked:
            yield f"{name}.{code}.{question.key}", code
        yield from _record(inside_of(question, f"{name}.{code}"), each)


def _day(name: str, value: Any) -> Iterator[tuple[str, str]]:
    on = value if isinstance(value, date) else date.fromisoformat(value)
    numbers = (on.day, on.month, on.year)
    yield from ((f"{name}.{part}", str(n)) for part, n in zip(PARTS_OF_A_DAY, numbers, strict=True))


def _text(value: Any) -> str:
    return str(value)
