"""What is wrong with one field: from what pydantic found to words in the reader's language.

pydantic's own messages are English, and a value error's is whatever the code said: neither is
shown. What it calls each finding stays the error's `code`; a text is named here for each, and
many share one (a `date_parsing` and a `date_type` both ask for a date).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as member
from itertools import islice
from typing import Any

from pydantic import ValidationError

from domain.errors import Param, Unfit
from service.words.language import Language
from service.words.store import words

MOST_NAMED = 20
"""So many fields an answer names; it says how many more there are."""
LONGEST_POINTER = 200
"""Letters. A field that a form does not have can be called anything."""
QUOTED = re.compile(r"'([^']*)'")

KINDS: Mapping[str, tuple[str, ...]] = {
    "missing": ("missing",),
    "unknown": ("extra_forbidden",),
    "unfit": ("value_error",),
    "text": ("string_type",),
    "text_too_short": ("string_too_short",),
    "text_too_long": ("string_too_long",),
    "form": ("string_pattern_mismatch",),
    "characters": ("string_unicode",),
    "choice": ("enum", "literal_error"),
    "number": ("finite_number", "float_type", "float_parsing"),
    "whole_number": ("int_type", "int_parsing", "int_parsing_size", "int_from_float"),
    "amount": ("decimal_type", "decimal_parsing"),
    "digits": ("decimal_max_digits",),
    "digits_after": ("decimal_max_places",),
    "digits_before": ("decimal_whole_digits",),
    "more_than": ("greater_than",),
    "at_least": ("greater_than_equal",),
    "at_most": ("less_than_equal",),
    "date": (
        "date_type",
        "date_parsing",
        "date_from_datetime_parsing",
        "date_from_datetime_inexact",
    ),
    "instant": (
        "datetime_type",
        "datetime_parsing",
        "datetime_object_invalid",
        "datetime_from_date_parsing",
        "timezone_aware",
    ),
    "truth": ("bool_type", "bool_parsing"),
    "identifier": ("uuid_type", "uuid_parsing", "uuid_version"),
    "list": ("tuple_type", "list_type"),
    "too_few": ("too_short",),
    "too_many": ("too_long",),
    "group": ("model_type", "model_attributes_type", "dict_type"),
}
"""Text → what pydantic calls the findings that it speaks of."""

TEXTS: Mapping[str, str] = {type_: text for text, types in KINDS.items() for type_ in types}


@dataclass(frozen=True, slots=True)
class Fault:
    """One field that must change."""

    field: str
    """A JSON pointer into the body, or `parameter/<name>`."""
    code: str
    limits: Mapping[str, Param] = member(default_factory=dict)
    """The figures and codes that its text speaks of."""


@dataclass(frozen=True, slots=True)
class Faults:
    """The first fields that must change, and how many there are in all."""

    named: tuple[Fault, ...] = ()
    count: int = 0

    @classmethod
    def of(cls, faults: Iterable[Fault]) -> "Faults":
        every = tuple(faults)
        return cls(every[:MOST_NAMED], len(every))


def faults_in(error: ValidationError) -> Faults:
    """What pydantic found in a body, without the values it found it in."""
    found = error.errors(include_url=False, include_input=False)
    named = (fault_of(each, pointer(each["loc"])) for each in islice(found, MOST_NAMED))
    return Faults(tuple(named), len(found))


def fault_of(found: Mapping[str, Any], where: str) -> Fault:
    """One of pydantic's findings, at a field."""
    about = found.get("ctx", {})
    reason = about.get("error")
    if isinstance(reason, Unfit):
        return Fault(where, reason.code)
    limits = {name: _shown(value) for name, value in about.items() if name != "error"}
    return Fault(where, found["type"], limits)


def pointer(parts: Iterable[str | int], start: str = "") -> str:
    """`("items", 0)` → `/items/0` (RFC 6901), of a length that an answer can hold."""
    written = start + "".join(
        "/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts
    )
    return written if len(written) <= LONGEST_POINTER else written[:LONGEST_POINTER] + "…"


def _shown(value: Any) -> Param:
    """A figure, or the codes of a choice without the English between them."""
    if isinstance(value, int):
        return value
    codes = QUOTED.findall(str(value))
    return ", ".join(codes) if codes else str(value)


def text_of_fault(fault: Fault, language: Language) -> str:
    """What the field should be."""
    known = words(language).fault
    text = known.get(TEXTS.get(fault.code, fault.code), known["unfit"])
    return text.format_map(_Limits(fault.limits))


class _Limits(dict[str, Param]):
    """A limit that is not named leaves a gap, not an error."""

    def __missing__(self, key: str) -> str:
        return "…"
