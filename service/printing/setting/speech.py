"""How a paper writes what it tells: in Arabic and in French, each value whole."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from service.printing.in_words import in_words
from service.queries.papers_out.sheets import Person
from service.words import writing
from service.words.language import Language
from service.words.store import words

Told = dict[str, Any]
Pair = Mapping[str, str]
"""A text in both languages."""
ARABIC_LETTER = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
TELLING = re.compile(
    "prison|pénit|penit|détenu|détention|detention|detain|carcér|libér|réinsertion|justice|tribunal"
    "|سجن|سجون|سجين|سجناء|نزيل|نزلاء|اعتقال|معتقل|إفراج|مفرج|إدماج|ادماج|محكم|قضا"
)
"""What no paper says of whom it is about, not even by the name of a place."""
BOTH = (Language.ARABIC, Language.FRENCH)


@cache
def texts() -> Mapping[str, Pair]:
    """The papers' own, by name."""
    file = files("service.printing") / "texts.json"
    found: Mapping[str, Pair] = json.loads(file.read_text(encoding="utf-8"))
    return found


def said(name: str) -> Pair:
    return texts()[name]


def of_code(code: StrEnum) -> Pair:
    """A code by its name."""
    return {each.value: words(each).of(code) for each in BOTH}


def day(when: date | None) -> Pair | None:
    return None if when is None else {each.value: writing.day(when, each) for each in BOTH}


def moment(instant: datetime) -> Pair:
    return {each.value: writing.moment(instant, each) for each in BOTH}


def province(code: str | None) -> Pair | None:
    named = {each.value: writing.province(code, each) for each in BOTH}
    return named if all(named.values()) else None


def count(number: int) -> str:
    return writing.number(number, Language.FRENCH)


def figures(amount: Decimal) -> str:
    """`28 780,18`, with its centimes: nothing can be added behind it by hand."""
    written = f"{amount:,.2f}"
    return written.replace(",", writing.NARROW_SPACE).replace(".", ",")


def money(amount: Decimal) -> Told:
    """An amount in figures and in words."""
    return {"figures": figures(amount), **{k.value: v for k, v in in_words(amount).items()}}


def free(text: str | None, missing: str = "not_shown") -> Told:
    """What somebody typed, in whichever script; where there is nothing, why."""
    return {
        "text": text,
        "rtl": bool(text and ARABIC_LETTER.search(text)),
        "missing": None if text else said(missing),
    }


def neutral(text: str | None) -> Told:
    """A place or an office as somebody typed it; where it speaks of custody, room to write it by hand."""
    said_so = text if text and not TELLING.search(text.casefold()) else None
    return free(said_so) | {"missing": None}


def person(who: Person) -> Told:
    """Their names; where there are none, why."""
    missing = None
    if who.name_ar is None and who.name_latin is None:
        missing = _missing(who)
    return {"ar": who.name_ar, "latin": who.name_latin, "missing": missing}


def _missing(who: Person) -> Pair:
    if who.erased_on is not None:
        return said("erased")
    return said("unreadable" if who.key_lost else "not_shown")
