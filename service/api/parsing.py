"""From the bytes of a request to a step: nothing is taken that two databases would keep apart.

JSON is read strictly: `"5"` is no number, `1` no truth, a date is `YYYY-MM-DD`. Amounts may
be strings or numbers, since JSON has no decimals of its own.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from starlette.datastructures import Headers

from service.api.strict_json import Path, parsed
from service.problems.faults import Fault, Faults, faults_in, pointer
from service.problems.problem import Rejected
from service.words.language import wishes

B = TypeVar("B", bound=BaseModel)

VISIBLE = re.compile(r"[\x21-\x7e]{1,255}")
ETAG = re.compile(r'"(\d{1,9})"')
BEARER = "bearer "
JSON = "application/json"
FORMS: tuple[tuple[type, re.Pattern[str], str], ...] = (
    (date, re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII), "date_parsing"),
    (Decimal, re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?"), "decimal_parsing"),
)
"""How a value is written that the model would take in other forms too."""
LONGEST_ACCEPT = 2000
"""Letters of an `Accept` that are read; browsers send two hundred."""
NO_KINDS: frozenset[type] = frozenset()


def body_as(model: type[B], raw: bytes) -> B:
    """The body as the model; raises `Rejected` with what is wrong with it."""
    value = parsed(raw)
    try:
        body = model.model_validate_json(raw, strict=True)
    except ValidationError as error:
        raise Rejected("validation_failed", faults_in(error)) from None
    crooked = Faults.of(_crooked(frozenset({model}), value, ()))
    if crooked.named:
        raise Rejected("validation_failed", crooked)
    return body


def _crooked(kinds: frozenset[type], value: Any, path: Path) -> Iterator[Fault]:
    """Dates that pydantic reads as seconds since 1970, amounts with underscores and the like.

    It takes digits alone for a date, and whatever Python takes for a decimal number; here a
    date looks like a date and an amount like an amount.
    """
    if isinstance(value, str):
        for kind, written, code in FORMS:
            if kind in kinds and str not in kinds and written.fullmatch(value) is None:
                yield Fault(pointer(path), code)
    elif isinstance(value, list):
        for number, inside in enumerate(value):
            yield from _crooked(kinds, inside, (*path, number))
    elif isinstance(value, dict):
        for form in kinds:
            if issubclass(form, BaseModel):
                fields = _kinds_in(form)
                for name, inside in value.items():
                    yield from _crooked(fields.get(name, NO_KINDS), inside, (*path, name))


@cache
def _kinds_in(model: type[BaseModel]) -> Mapping[str, frozenset[type]]:
    """The types that each field's values can be of, lists and alternatives looked into."""
    return {
        name: frozenset(_leaves(field.annotation)) for name, field in model.model_fields.items()
    }


def _leaves(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for argument in get_args(annotation):
        yield from _leaves(argument)


def idempotency_key(value: str | None) -> str:
    """The `Idempotency-Key`; raises `Rejected`."""
    if not value:
        raise Rejected("idempotency_key_missing")
    if VISIBLE.fullmatch(value) is None:
        raise Rejected("idempotency_key_malformed")
    return value


def expected_version(value: str | None) -> int | None:
    """The version in `If-Match`; None where there is none, or any will do."""
    if value is None or value.strip() == "*":
        return None
    match = ETAG.fullmatch(value.strip())
    if match is None:
        raise Rejected("if_match_malformed")
    return int(match.group(1))


def bearer_key(value: str | None) -> str:
    """The access key in `Authorization`; raises `Rejected`."""
    if value is None or value[: len(BEARER)].lower() != BEARER:
        raise Rejected("unauthenticated")
    return value[len(BEARER) :].strip()


def require_json(content_type: str | None, coding: str | None = None) -> None:
    """Raises `Rejected` for a body that is said to be something else."""
    media_type, *parameters = (content_type or "").split(";")
    charsets = [
        value.strip().strip('"').lower()
        for name, _, value in (each.partition("=") for each in parameters)
        if name.strip().lower() == "charset"
    ]
    if (
        media_type.strip().lower() != JSON
        or charsets not in ([], ["utf-8"])
        or (coding or "identity").strip().lower() != "identity"
    ):
        raise Rejected("media_type_unsupported")


def require_acceptable(headers: Headers, offered: str = JSON) -> None:
    """Raises `Rejected` for somebody who reads nothing of the kind."""
    accept = ",".join(headers.getlist("accept"))
    if not accepts(accept[:LONGEST_ACCEPT], offered):
        raise Rejected("not_acceptable")


@lru_cache(maxsize=256)
def accepts(accept: str, offered: str) -> bool:
    """Whether an `Accept` header lets an answer of this kind through (RFC 9110, 12.5.1).

    What names the kind itself counts before what names its family, and that before `*/*`.
    """
    if not accept.strip():
        return True
    named = dict(wishes(accept))
    ranges = (offered, offered.partition("/")[0] + "/*", "*/*")
    return next((named[kind] > 0 for kind in ranges if kind in named), False)
