"""The console's words in three languages, and how dates and names are written in each."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from babel.dates import format_date, format_datetime

from domain.calendar import CASABLANCA
from domain.places import Place, places

LANGUAGES: Mapping[str, str] = {"ar": "العربية", "fr": "Français", "en": "English"}
LOCALES: Mapping[str, str] = {"ar": "ar_MA", "fr": "fr_MA", "en": "en_GB"}
DEFAULT = "fr"

Words = Mapping[str, Mapping[str, str]]


@cache
def words(language: str) -> Words:
    """All words of a language, by section and code."""
    text = files("service.console").joinpath(f"words/{language}.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def preferred(accept_language: str | None) -> str:
    """The first language of an Accept-Language header that the console speaks."""
    for part in (accept_language or "").split(","):
        language = part.partition(";")[0].strip().lower()[:2]
        if language in LANGUAGES:
            return language
    return DEFAULT


def day(when: date, language: str) -> str:
    return format_date(when, "d MMM y", locale=LOCALES[language])


def moment(instant: datetime, language: str) -> str:
    """An instant as a clock in Morocco showed it."""
    return format_datetime(instant, "d MMM y HH:mm", tzinfo=CASABLANCA, locale=LOCALES[language])


def place_name(place: Place, language: str) -> str:
    return place.name_ar if language == "ar" else place.name_fr


def province(code: str | None, language: str) -> str:
    place = places().get(code or "")
    return place_name(place, language) if place else ""


def both_names(arabic: str | None, latin: str | None, language: str) -> tuple[str, str]:
    """The name in the reader's script first, and in the other one."""
    names = (arabic or "", latin or "") if language == "ar" else (latin or "", arabic or "")
    return names if names[0] else (names[1], "")
