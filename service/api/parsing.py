"""From the bytes of a request to a step: nothing is taken that two databases would keep apart.

JSON is read strictly: `"5"` is no number, `1` no truth, a date is `YYYY-MM-DD`. Amounts may
be strings or numbers, since JSON has no decimals of its own.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from service.api.problems import field_errors
from service.problems.problem import FieldError, Rejected

B = TypeVar("B", bound=BaseModel)

LONGEST_KEY = 255
VISIBLE = re.compile(r"[\x21-\x7e]{1,255}")
ETAG = re.compile(r'"(\d{1,9})"')
BEARER = "bearer "
ESCAPED_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
SURROGATES = ("hex escape", "surrogate", "unicode code point")
"""What the JSON parser says of half a surrogate pair."""


def body_as(model: type[B], raw: bytes) -> B:
    """The body as the model; raises `Rejected` with what is wrong with it."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Rejected("body_not_utf8") from None
    if ESCAPED_NUL.search(raw):
        raise Rejected("text_not_storable")
    try:
        body = model.model_validate_json(raw, strict=True)
    except ValidationError as error:
        raise _rejection(error) from None
    crooked = [*_crooked(model, raw)]
    if crooked:
        raise Rejected("validation_failed", crooked)
    return body


def _rejection(error: ValidationError) -> Rejected:
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] != "json_invalid":
        return Rejected("validation_failed", field_errors(error))
    if any(words in first["msg"] for words in SURROGATES):
        return Rejected("text_not_storable")
    return Rejected("body_not_json")


def _crooked(model: type[BaseModel], raw: bytes) -> Iterator[FieldError]:
    """Dates that pydantic reads as seconds since 1970, amounts with underscores and the like.

    It takes digits alone for a date, and whatever Python takes for a decimal number; here a
    date looks like a date and an amount like an amount.
    """
    dates, amounts = _scalars(model)
    for pattern, expected in ((dates, "a date, YYYY-MM-DD"), (amounts, "an amount, like 35000.00")):
        for match in pattern.finditer(raw) if pattern else ():
            name = match.group(1).decode()
            yield FieldError(field=f"/{name}", code="format", message=f"Input should be {expected}")


@cache
def _scalars(model: type[BaseModel]) -> tuple[re.Pattern[bytes] | None, re.Pattern[bytes] | None]:
    """Patterns that find the model's dates and amounts where they are not written as such."""
    found = set(_fields(model))
    dates = sorted(name for name, kind in found if kind is date)
    amounts = sorted(name for name, kind in found if kind.__name__ == "Decimal")
    return (
        _pattern(dates, rb'\d{4}-\d{2}-\d{2}"'),
        _pattern(amounts, rb'[+-]?[0-9]+(?:\.[0-9]*)?"'),
    )


def _pattern(names: list[str], form: bytes) -> re.Pattern[bytes] | None:
    if not names:
        return None
    return re.compile(rb'"(%s)"\s*:\s*"(?!%s)' % ("|".join(names).encode(), form))


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, type]]:
    for name, field in model.model_fields.items():
        for kind in _leaves(field.annotation):
            if issubclass(kind, BaseModel):
                yield from _fields(kind)
            else:
                yield name, kind


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


def require_json(content_type: str | None) -> None:
    """Raises `Rejected` for a body that is said to be something else."""
    media_type = (content_type or "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Rejected("media_type_unsupported")


def require_acceptable(accept: str | None) -> None:
    """Raises `Rejected` for somebody who can read no JSON."""
    if accept is None or "json" in accept or "*/*" in accept or "application/*" in accept:
        return
    raise Rejected("not_acceptable")
