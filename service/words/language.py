"""The languages spoken, and which one somebody asks for."""

from enum import StrEnum
from functools import lru_cache


class Language(StrEnum):
    ENGLISH = "en"
    FRENCH = "fr"
    ARABIC = "ar"


SPOKEN = frozenset(str(language) for language in Language)


@lru_cache(maxsize=256)
def preferred(accept_language: str) -> Language:
    """The language an `Accept-Language` header asks for most; English when it asks for none."""
    wishes: list[tuple[float, Language]] = []
    for part in accept_language.split(","):
        tag, _, quality = part.strip().partition(";q=")
        primary = tag.partition("-")[0].lower()
        if primary in SPOKEN:
            wishes.append((_weight(quality), Language(primary)))
    best = max(wishes, key=lambda wish: wish[0], default=(0.0, Language.ENGLISH))
    return best[1] if best[0] > 0 else Language.ENGLISH


def _weight(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0
