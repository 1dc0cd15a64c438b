"""A problem document, from an error and in the language the asker prefers."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from domain.errors import JisrError, Param
from domain.message import Message
from service.problems.table import status_of
from service.words.language import Language
from service.words.store import words

MEDIA_TYPE = "application/problem+json"


class FieldError(Message):
    """One field that must change."""

    field: str = Field(examples=["/items/0/estimated"])
    """A JSON pointer into the body, or `parameter/<name>` of the address or a header."""
    code: str = Field(examples=["greater_than"])
    message: str
    """What it should be (English)."""


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
    """The fields that must change, when some must."""


class Rejected(JisrError):
    """What is wrong with a request before any rule is asked."""

    def __init__(self, code: str, /, errors: Sequence[FieldError] = (), **params: Param) -> None:
        super().__init__(**params)
        self.code = code
        self.errors = tuple(errors)


class _Params(dict[str, Param]):
    """Parameters for a text; one that is missing leaves a gap, not an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def text_of(code: str, params: Mapping[str, Param], language: Language) -> tuple[str, str]:
    """Title and detail of a code."""
    known = words(language).problem
    text = known.get(code) or known["refused"]
    return text["title"], text["detail"].format_map(_Params(params))


def problem_of(error: JisrError, language: Language) -> Problem:
    title, detail = text_of(error.code, error.params, language)
    return Problem(
        type=f"/problems/{error.code}",
        title=title,
        status=status_of(error.code),
        detail=detail,
        code=error.code,
        params=dict(error.params),
        errors=error.errors if isinstance(error, Rejected) else (),
    )


def body_of(problem: Problem) -> bytes:
    fields: dict[str, Any] = problem.model_dump(mode="json")
    if not problem.errors:
        del fields["errors"]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
