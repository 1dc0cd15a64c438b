"""Days, amounts and numbers as people type them: in either digits, with spaces and commas."""

import re
from datetime import date

from babel.dates import get_month_names

from service.words.language import Language
from service.words.writing import LOCALES

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
ARABIC_MARKS = str.maketrans({"٫": ",", "٬": " "})
AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?")
NUMBER = re.compile(r"\d{1,9}")
LAST_CENTIMES = 2


def plain_digits(text: str) -> str:
    """The text with the digits that a program reads, and no space in it."""
    return "".join(text.translate(DIGITS).translate(ARABIC_MARKS).split())


def amount(text: str) -> str | None:
    """`28 780,18`, `28,780.18` and `٢٨٧٨٠٫١٨` alike as `28780.18`; None for what is no amount."""
    plain = plain_digits(text)
    whole, comma, centimes = plain.rpartition(",")
    if comma and "." not in plain and len(centimes) <= LAST_CENTIMES:
        plain = f"{whole}.{centimes}"
    found = AMOUNT.fullmatch(plain)
    if found is None:
        return None
    return found.group(1).replace(",", "") + (f".{found.group(2)}" if found.group(2) else "")


def number(text: str) -> str | None:
    plain = plain_digits(text)
    return plain if NUMBER.fullmatch(plain) else None


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
