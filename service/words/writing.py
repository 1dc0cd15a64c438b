"""How days, amounts, numbers and names are written in each language.

Patterns of our own: Babel's for Morocco put marks and slashes into Arabic dates, shorten June
to "jui." and know no "1er". Months are written out, so that no day is taken for a month.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date

from domain.values.calendar import CASABLANCA
from domain.values.places import Place, places, regions
from service.words.language import Language

LANGUAGES: Mapping[Language, str] = {
    Language.ARABIC: "العربية",
    Language.FRENCH: "Français",
    Language.ENGLISH: "English",
}
LOCALES: Mapping[Language, str] = {
    Language.ARABIC: "ar_MA",
    Language.FRENCH: "fr_MA",
    Language.ENGLISH: "en_GB",
}
NARROW_SPACE = "\u202f"
"""Groups digits; a plain space would let an amount flip in right-to-left text."""
UNITS: Mapping[Language, str] = {
    Language.ARABIC: "درهم",
    Language.FRENCH: "DH",
    Language.ENGLISH: "MAD",
}
MOROCCAN = re.compile(r"(?:(\+212)([5-8])|(0[5-8]))(\d\d)(\d\d)(\d\d)(\d\d)", re.ASCII)
FIRST: Mapping[Language, str] = {Language.FRENCH: "1er"}
"""How the first of a month is written, where not as 1."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in its parts: a sign or digit is never in one isolate with the unit's word."""

    number: str
    unit: str
    unit_first: bool

    def __str__(self) -> str:
        parts = (self.unit, self.number) if self.unit_first else (self.number, self.unit)
        return "\u00a0".join(parts)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in one script, with the language that a screen reader speaks it in."""

    text: str
    lang: Language


def day(when: date, language: Language) -> str:
    """`1er décembre 2024`."""
    first = FIRST.get(language, "1") if when.day == 1 else str(when.day)
    return f"{first} {month(when, language)}"


def weekday(when: date, language: Language) -> str:
    """`lundi`."""
    return format_date(when, "EEEE", locale=LOCALES[language])


def month(when: date, language: Language) -> str:
    """`décembre 2024`."""
    return f"{format_date(when, 'MMMM', locale=LOCALES[language])} {when.year}"


def moment(instant: datetime, language: Language) -> str:
    """An instant as a clock in Morocco showed it."""
    on = instant.astimezone(CASABLANCA).date()
    return f"{day(on, language)}{COMMA[language]} {clock(instant)}"


def clock(instant: datetime) -> str:
    """`15:42`, as a clock in Morocco shows it."""
    return f"{instant.astimezone(CASABLANCA):%H:%M}"


COLON: Mapping[Language, str] = {
    Language.ARABIC: ":",
    Language.FRENCH: f"{NARROW_SPACE}:",
    Language.ENGLISH: ":",
}
COMMA: Mapping[Language, str] = {
    Language.ARABIC: "،",
    Language.FRENCH: ",",
    Language.ENGLISH: ",",
}


def place_name(place: Place, language: Language) -> str:
    return place.name_ar if language is Language.ARABIC else place.name_fr


def province(code: str | None, language: Language) -> str:
    place = places().get(code or "")
    return place_name(place, language) if place else ""


def region(code: str | None, language: Language) -> str:
    known = regions().get(code or "")
    if known is None:
        return ""
    return known.name_ar if language is Language.ARABIC else known.name_fr


def number(value: int | Decimal, language: Language) -> str:
    """`28 780,18` in Arabic and French, `28,780.18` in English; centimes where there are any."""
    whole = value == int(value)
    written = f"{int(value):,}" if whole else f"{value:,.2f}"
    if language is Language.ENGLISH:
        return written
    return written.replace(",", NARROW_SPACE).replace(".", ",")


def phone(digits: str) -> str:
    """A Moroccan number in pairs, `06 12 34 56 78`, however it was typed; any other as it is."""
    match = MOROCCAN.fullmatch(digits.replace(" ", ""))
    return digits if match is None else NARROW_SPACE.join(filter(None, match.groups()))


def amount(value: Decimal, language: Language) -> Amount:
    """An amount (MAD)."""
    return Amount(number(value, language), UNITS[language], language is Language.ENGLISH)


def counted(forms: Mapping[str, str], value: int, language: Language) -> str:
    """The form of a counted thing that the number asks for: six in Arabic, two in the others."""
    category = Locale.parse(LOCALES[language]).plural_form(value)
    return forms.get(category, forms["other"]).format(n=number(value, language))


def names(arabic: str | None, latin: str | None, language: Language) -> tuple[Name, ...]:
    """A person's names, the one in the reader's script first; none where there are none."""
    known = [
        Name(text, lang)
        for text, lang in ((arabic, Language.ARABIC), (latin, Language.FRENCH))
        if text
    ]
    return tuple(known if language is Language.ARABIC else reversed(known))
