"""From a number, however it is typed, to its mark."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from domain.message import Step, StreamKind, stream_id
from domain.steps.fields import leaves_of, told, top
from domain.values.findings import same_mark

BUCKET_SIGNS = 3
"""Of a mark in its stream's name: 4,096 streams, each with a few dozen of 100,000 people's."""
FEWEST_SIGNS = 4
"""What is shorter, or has no digit, is no number: 'none', '0', '?'."""


COUNTRY = "212"


@dataclass(frozen=True, slots=True)
class OfOnePerson:
    """Marks a field: no two people have the same."""


def normal(number: str) -> str | None:
    """The number without spaces, dashes and case, in western digits; None for what is none."""
    signs = same_mark(number)
    is_number = len(signs) >= FEWEST_SIGNS and any(sign.isdigit() for sign in signs)
    return signs if is_number else None


def phone_number(phone: str) -> str:
    """A phone as it is dialled in Morocco, however it was typed: `+212 6…`, `00212 6…`, `06…`."""
    digits = same_mark(phone).removeprefix("00")
    return f"0{digits.removeprefix(COUNTRY)}" if digits.startswith(COUNTRY) else same_mark(phone)


def numbers_meant(asked: str) -> tuple[str, ...]:
    """What somebody may mean who looks for a number: of a paper, or a phone; none for a name."""
    signs = normal(asked)
    if signs is None or sum(sign.isdigit() for sign in signs) < FEWEST_SIGNS:
        return ()
    return tuple(dict.fromkeys((signs, phone_number(asked))))


def mark_of(number: str, secret: bytes) -> str | None:
    """The mark of a number, 64 signs; None for what is none."""
    signs = normal(number)
    return None if signs is None else hmac.digest(secret, signs.encode(), hashlib.sha256).hex()


def stream_of(mark: str) -> str:
    """The stream that says whose the number is."""
    return stream_id(StreamKind.NUMBERS, mark[:BUCKET_SIGNS])


def marks_in(step: Step, secret: bytes) -> tuple[str, ...]:
    """The marks of the numbers that a step tells of, each once."""
    marks = (mark_of(number, secret) for _, _, number in told(step, _numbered))
    return tuple(dict.fromkeys(mark for mark in marks if mark is not None))


def known_marks(numbers: Iterable[str], secret: bytes) -> tuple[tuple[str, str], ...]:
    """Each of somebody's numbers with its mark."""
    marks = ((number, mark_of(number, secret)) for number in numbers)
    return tuple((number, mark) for number, mark in marks if mark is not None)


@cache
def _numbered(model: type[BaseModel]) -> Mapping[str, OfOnePerson | None]:
    return top(
        (path, mark)
        for path, _, marks in leaves_of(model)
        for mark in marks
        if isinstance(mark, OfOnePerson)
    )
