"""From the bytes of a request to a step: nothing is taken that two databases would keep apart.

JSON is read strictly: `"5"` is no number, `1` no truth. How a day and an amount are written is their
types' to say (`domain/values/`).
"""

import re
from functools import lru_cache
from typing import TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, ValidationError
from starlette.datastructures import Headers

from domain.values.looking import ReadingPurpose
from service.api.edge.strict_json import parsed
from service.problems.faults import Fault, Faults, faults_in, pointer
from service.problems.problem import Rejected
from service.words.language import wishes

B = TypeVar("B", bound=BaseModel)

VISIBLE = re.compile(r"[\x21-\x7e]{1,255}")
ETAG = re.compile(r'"(\d{1,9})"')
BEARER = "bearer "
PURPOSE = "Jisr-Purpose"
DEVICE = "Jisr-Device"
OF_A_DEVICE = re.compile(r"[\x21-\x7e]{16,255}")
"""Long enough that two do not have the same by chance."""
JSON = "application/json"
LONGEST_ACCEPT = 2000
"""Letters of an `Accept` that are read; browsers send two hundred."""


def body_as(model: type[B], raw: bytes) -> B:
    """The body as the model; raises `Rejected` with what is wrong with it."""
    parsed(raw)
    try:
        return model.model_validate_json(raw, strict=True)
    except ValidationError as error:
        raise Rejected("validation_failed", faults_in(error)) from None


def idempotency_key(value: str | None) -> str:
    """The `Idempotency-Key`; raises `Rejected`."""
    if not value:
        raise Rejected("idempotency_key_missing")
    if VISIBLE.fullmatch(value) is None:
        raise Rejected("idempotency_key_malformed")
    return value


def said_purpose(value: str | None) -> ReadingPurpose | None:
    """Why somebody reads, as `Jisr-Purpose` says; raises `Rejected` for what is no purpose."""
    if value is None:
        return None
    if value not in set(ReadingPurpose):
        raise Rejected("purpose_unknown")
    return ReadingPurpose(value)


def said_device(value: str | None) -> str | None:
    """By what number a program knows the device it runs on, as `Jisr-Device` says; raises `Rejected`.

    Nobody else can know: an address is a whole office's, and a key goes where its holder takes it.
    """
    if value is not None and OF_A_DEVICE.fullmatch(value) is None:
        raise Rejected("device_malformed")
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


def require_no_parameters(query: bytes) -> None:
    """Raises `Rejected` for an address with parameters, where none are known."""
    if query:
        names = dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True))
        faults = [Fault(pointer([name], "parameter"), "extra_forbidden") for name in names]
        if faults:
            raise Rejected("validation_failed", Faults.of(faults))


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
