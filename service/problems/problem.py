"""A problem document, from an error and in the language the asker prefers."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import Field

from domain.errors import JisrError, Param
from domain.message import Message
from service.problems.faults import Faults, text_of_fault
from service.problems.table import status_of
from service.words.language import Language
from service.words.store import words

MEDIA_TYPE = "application/problem+json"
NO_FAULTS = Faults()


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


class _Params(dict[str, Param]):
    """Parameters for a text; one that is missing leaves a gap, not an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def text_of(code: str, params: Mapping[str, Param], language: Language) -> tuple[str, str]:
    """Title and detail of a code."""
    known = words(language).problem
    text = known.get(code) or known["refused"]
    return text["title"], text["detail"].format_map(_Params(params))


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
