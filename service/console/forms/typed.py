"""Days, amounts and numbers as people type them: in either digits, with spaces and commas.

What could be two amounts is none: `1,500` is a thousand and a half to one reader, and one and a
half to another.
"""

import re
from datetime import date

from babel.dates import get_month_names

from domain.values.digits import in_western_digits
from service.words.language import Language
from service.words.writing import LOCALES

ARABIC_MARKS = str.maketrans({"٫": ",", "،": ",", "٬": " "})
_WHOLE = r"\d+|\d{1,3}(?: \d{3})+"
AMOUNTS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"({_WHOLE})(?:[.,](\d{{1,2}}))?",  # 28 780,18 and 28780.18
        r"(\d{1,3}(?:,\d{3})+)\.(\d{1,2})",  # 28,780.18
        r"(\d{1,3}(?:,\d{3}){2,})()",  # 1,594,075
        r"(\d{1,3}(?:\.\d{3})+),(\d{1,2})",  # 28.780,18
        r"(\d{1,3}(?:\.\d{3}){2,})()",
    )
)
NUMBER = re.compile(r"\d{1,9}", re.ASCII)
GROUPED = re.compile(rf"({_WHOLE})", re.ASCII)
SEPARATORS = str.maketrans("", "", " .,")


def plain_digits(text: str) -> str:
    """The text with the digits that a program reads, and single spaces between its parts."""
    return " ".join(in_western_digits(text).translate(ARABIC_MARKS).split())


def amount(text: str) -> str | None:
    """`28 780,18`, `28,780.18` and `٢٨٧٨٠٫١٨` alike as `28780.18`; None for what is no amount."""
    plain = plain_digits(text)
    found = next((match for each in AMOUNTS if (match := each.fullmatch(plain))), None)
    if found is None:
        return None
    whole, centimes = found.group(1).translate(SEPARATORS), found.group(2)
    return f"{whole}.{centimes}" if centimes else whole


def number(text: str) -> str | None:
    plain = plain_digits(text)
    whole = plain.translate(SEPARATORS) if GROUPED.fullmatch(plain) else ""
    return whole if NUMBER.fullmatch(whole) else None


def day(day_: str, month: str, year: str) -> date | None:
    """A day of which each part was typed apart; the month may be a name. None where there is none."""
    parts = [plain_digits(part) for part in (day_, year)]
    of_year = month_number(month)
    if of_year is None or not all(NUMBER.fullmatch(part) for part in parts):
        return None
    try:
        return date(int(parts[1]), of_year, int(parts[0]))
    except ValueError:
        return None


def month_number(text: str) -> int | None:
    """1 to 12, of a number or of a month's name in any of the languages."""
    plain = plain_digits(text).casefold()
    if NUMBER.fullmatch(plain):
        return int(plain)
    for language in Language:
        for number_, name in get_month_names("wide", locale=LOCALES[language]).items():
            if name.casefold() == plain:
                return int(number_)
    return None
