"""How days, amounts and names are written in each language."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_datetime

from domain.values.calendar import CASABLANCA
from domain.values.places import Place, places
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


def day(when: date, language: Language) -> str:
    return format_date(when, "d MMM y", locale=LOCALES[language])


def moment(instant: datetime, language: Language) -> str:
    """An instant as a clock in Morocco showed it."""
    return format_datetime(instant, "d MMM y HH:mm", tzinfo=CASABLANCA, locale=LOCALES[language])


def place_name(place: Place, language: Language) -> str:
    return place.name_ar if language is Language.ARABIC else place.name_fr


def province(code: str | None, language: Language) -> str:
    place = places().get(code or "")
    return place_name(place, language) if place else ""


def money(amount: str) -> str:
    """An amount (MAD) as the console writes it: `1 594 075.80 MAD`, never broken."""
    return f"{Decimal(amount):,.2f}".replace(",", NARROW_SPACE) + NARROW_SPACE + "MAD"


def both_names(arabic: str | None, latin: str | None, language: Language) -> tuple[str, str]:
    """The name in the reader's script first, and in the other one."""
    names = (
        (arabic or "", latin or "") if language is Language.ARABIC else (latin or "", arabic or "")
    )
    return names if names[0] else (names[1], "")
