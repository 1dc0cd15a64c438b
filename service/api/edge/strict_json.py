"""JSON read so that no second reader can take it for something else, at a bounded cost.

A member given twice (also by an escaped name), a number that is none (`NaN`) or is not written out
(`1e3`, `-0`), half of a surrogate pair, NUL: one reader takes the first, another the last, a third
refuses, and databases differ in what they keep; more digits than all round alike. And a small body
can be dear: a hundred thousand unknown members are a hundred thousand errors, so values are counted
before anything judges them.
"""

import re
from json import JSONDecoder
from typing import Any

from service.api.edge.limits import DEEPEST, LONGEST_NUMBER, MOST_VALUES
from service.problems.faults import Fault, Faults, pointer
from service.problems.problem import Rejected

Path = tuple[str | int, ...]

WRITTEN_OUT = re.compile(r"-?[0-9.]*[1-9][0-9.]*|[0.]+")
"""Without an exponent, and with a sign only where it changes something."""
EXACT_DIGITS = 15
"""So many a fraction may have, its leading zeros apart, before readers round it differently."""

MOST_COMMAS = 4 * MOST_VALUES
"""In texts too, which is why there are more: so many values are not even parsed."""


class _Doubled(dict[str, Any]):
    """An object of whose members one was given twice."""

    name: str


def parsed(raw: bytes) -> Any:
    """The value, in Python's types; raises `Rejected` with what is wrong with it."""
    if raw.count(b",") > MOST_COMMAS:
        raise _too_complex()
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise Rejected("body_not_utf8") from None
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise _too_complex() from None
    except ValueError:
        raise Rejected("body_not_json") from None
    _Inspection().look(value, ())
    return value


def is_storable(text: str) -> bool:
    """Whether every database keeps it as it is: without NUL and half surrogate pairs."""
    if "\x00" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class _Odd(float):
    """A number that is not written out."""


class _Inspection:
    """Goes through a value once, and no further than what it may hold."""

    def __init__(self) -> None:
        self._seen = 0

    def look(self, value: Any, path: Path) -> None:
        self._seen += 1
        if self._seen > MOST_VALUES:
            raise _too_complex()
        if isinstance(value, str):
            _require_storable(value)
        elif isinstance(value, _Odd):
            fault = Fault(pointer(path), "number_written")
            raise Rejected("validation_failed", Faults.of([fault]))
        elif isinstance(value, dict | list) and len(path) == DEEPEST:
            raise _too_complex()
        elif isinstance(value, dict):
            if isinstance(value, _Doubled):
                fault = Fault(pointer((*path, value.name)), "doubled")
                raise Rejected("body_member_doubled", Faults.of([fault]))
            for name, inside in value.items():
                _require_storable(name)
                self.look(inside, (*path, name))
        elif isinstance(value, list):
            for number, inside in enumerate(value):
                self.look(inside, (*path, number))


def _require_storable(text: str) -> None:
    if not is_storable(text):
        raise Rejected("text_not_storable")


def _too_complex() -> Rejected:
    return Rejected("body_too_complex", parts=MOST_VALUES, depth=DEEPEST, digits=LONGEST_NUMBER)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    doubled, seen = _Doubled(members), set[str]()
    for name, _ in pairs:
        if name in seen:
            doubled.name = name
        seen.add(name)
    return doubled


def _number(text: str) -> float:
    """Only the form of a body is judged by it: the model reads the digits themselves."""
    if len(text) > LONGEST_NUMBER:
        raise _too_complex()
    return float(text) if WRITTEN_OUT.fullmatch(text) and _is_exact(text) else _Odd(text)


def _is_exact(text: str) -> bool:
    return "." not in text or len(re.sub("[-.]", "", text).lstrip("0")) <= EXACT_DIGITS


def _no_number(text: str) -> float:
    raise ValueError(text)


_DECODER = JSONDecoder(
    object_pairs_hook=_object, parse_int=_number, parse_float=_number, parse_constant=_no_number
)
