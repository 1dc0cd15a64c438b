"""A problem document, from an error and in the language the asker prefers."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from domain.errors import JisrError, Param
from domain.events.stored import EVENTS
from domain.message import Message
from service.problems.faults import Faults, text_of_fault
from service.problems.table import status_of
from service.words import writing
from service.words.language import Language
from service.words.store import words

MEDIA_TYPE = "application/problem+json"
NO_FAULTS = Faults()
COUNTED: Mapping[str, str] = {"seconds": "seconds", "days": "days"}
"""Parameters that a text says with their unit, in the plural of the number."""


def _papers(codes: str, language: Language) -> str:
    """`quote,study`: by their names, with commas."""
    named = words(language).code["PaperKind"]
    return f"{writing.COMMA[language]} ".join(named.get(each, each) for each in codes.split(","))


def _kinds(codes: str, language: Language) -> str:
    """Kinds of entries of the registry."""
    known = words(language).code["EntryKind"]
    return f"{writing.COMMA[language]} ".join(known.get(each, each) for each in codes.split(","))


def _source(code: str, language: Language) -> str:
    return words(language).code["FundingSource"].get(code, code)


def _entries(listed: str, language: Language) -> str:
    """Entries of a case (`domain.resting.listed`), each by its step's name and its day."""
    return " · ".join(text for _, text in entries_said(listed, language))


def entries_said(listed: str, language: Language) -> Iterator[tuple[str, str]]:
    """Each with its number."""
    for each in listed.split("; "):
        yield each.partition(" ")[0], _entry(each, language)


def _entry(named: str, language: Language) -> str:
    _, step, on = named.split(" ")
    known, day = words(language), date.fromisoformat(on)
    if step in known.step:
        return f"{known.step[step]} ({writing.day(day, language)})"
    return f"{known.event[BEHIND_A_VEIL[step]]} ({writing.month(day, language)})"


def _steps(named: str, language: Language) -> str:
    """Steps by their names, each with what it is called in the API."""
    known = words(language).step
    return f"{writing.COMMA[language]} ".join(
        f"{known[each]} ({each})" if each in known else each for each in named.split(",")
    )


CODED: Mapping[str, Callable[[str, Language], str]] = {
    "entries": _entries,
    "kind": _kinds,
    "kinds": _kinds,
    "papers": _papers,
    "province": writing.province,
    "source": _source,
    "steps": _steps,
}
"""Parameters that are codes or made of them, which a text says by their names."""
BEHIND_A_VEIL: Mapping[str, str] = {
    event.veil.step: event.veil.event.stored for event in EVENTS.values() if event.veil
}
"""The type that everybody knows, by the step of a veil; such a day is a month's first."""
AT_LINE = {"line", "item", "reference"}
"""Parameters that say where in an order of many lines a refusal stands; every text ends with it."""
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
SUM = re.compile(r"-?\d{1,15}\.\d\d", re.ASCII)


class FieldError(Message):
    """One field that must change."""

    field: str = Field(examples=["/items/0/estimated"])
    """A JSON pointer into the body, or `parameter/<name>` of the address or a header."""
    code: str = Field(examples=["greater_than"])
    """Stable; what a program should look at."""
    message: str
    """What it should be, in the language asked for."""


class Problem(Message):
    """Why a request was not carried out, and what to do (RFC 9457)."""

    type: str = Field(examples=["/problems/stale_version"])
    """Stable, and an address that explains it."""
    title: str
    status: int
    detail: str
    """What to do, in the language asked for (`Accept-Language`: ar, fr, en)."""
    code: str = Field(examples=["stale_version"])
    """Stable; what a program should look at."""
    params: dict[str, str | int | None]
    """The numbers, dates and codes that `detail` speaks of."""
    errors: tuple[FieldError, ...] = ()
    """The fields that must change, when some must: the first twenty."""
    more_errors: int = 0
    """How many more there are; absent without `errors`."""


class Rejected(JisrError):
    """What is wrong with a request before any rule is asked."""

    def __init__(self, code: str, /, faults: Faults = NO_FAULTS, **params: Param) -> None:
        super().__init__(**params)
        self.code = code
        self.faults = faults


class _Params(dict[str, str]):
    """Parameters for a text; one that is missing leaves a gap, not an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def text_of(
    code: str, params: Mapping[str, Param], language: Language, written: str = "{}"
) -> tuple[str, str]:
    """Title and detail of a code; `written`: what stands around each parameter in the detail."""
    known = words(language).problem
    text = known.get(code) or known["refused"]
    told = {name: written.format(said(name, it, language)) for name, it in params.items()}
    detail = text["detail"]
    if told.keys() >= AT_LINE:
        detail = f"{detail} {words(language).page['refused_at_line']}"
    return text["title"], detail.format_map(_Params(told))


def text_of_warning(
    code: str, params: Mapping[str, str], language: Language, written: str = "{}"
) -> tuple[str, str]:
    """As `text_of`, of what a step that passed is told of besides."""
    text = words(language).warning[code]
    told = {name: written.format(said(name, it, language)) for name, it in params.items()}
    return text["title"], text["detail"].format_map(_Params(told))


def said(name: str, value: Param, language: Language) -> str:
    """A parameter as a sentence says it: a day with its month's name, a number in its groups."""
    if isinstance(value, int):
        counted = words(language).count.get(COUNTED.get(name, ""))
        if counted:
            return writing.counted(counted, value, language)
        return writing.number(value, language)
    if value is None:
        return "…"
    if name in CODED:
        return CODED[name](value, language) or value
    if DAY.fullmatch(value):
        return writing.day(date.fromisoformat(value), language)
    return writing.number(Decimal(value), language) if SUM.fullmatch(value) else value


def problem_of(error: JisrError, language: Language, prefix: str = "") -> Problem:
    """`prefix`: under which path the service stands behind a proxy."""
    title, detail = text_of(error.code, error.params, language)
    faults = error.faults if isinstance(error, Rejected) else NO_FAULTS
    return Problem(
        type=f"{prefix}/problems/{error.code}",
        title=title,
        status=status_of(error.code),
        detail=detail,
        code=error.code,
        params=dict(error.params),
        errors=tuple(
            FieldError(field=each.field, code=each.code, message=text_of_fault(each, language))
            for each in faults.named
        ),
        more_errors=faults.count - len(faults.named),
    )


def body_of(problem: Problem) -> bytes:
    fields: dict[str, Any] = problem.model_dump(mode="json")
    if not problem.errors:
        del fields["errors"], fields["more_errors"]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
