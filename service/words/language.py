"""The languages spoken, and which one somebody asks for."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache


class Language(StrEnum):
    ENGLISH = "en"
    FRENCH = "fr"
    ARABIC = "ar"


WEIGHT = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")
SPOKEN = frozenset(str(language) for language in Language)


@lru_cache(maxsize=256)
def preferred(accept_language: str) -> Language:
    """The language an `Accept-Language` header asks for most; English when it asks for none."""
    spoken = [
        (weight, Language(primary))
        for tag, weight in wishes(accept_language)
        if (primary := tag.partition("-")[0]) in SPOKEN
    ]
    best = max(spoken, key=lambda wish: wish[0], default=(0.0, Language.ENGLISH))
    return best[1] if best[0] > 0 else Language.ENGLISH


def wishes(header: str) -> Iterator[tuple[str, float]]:
    """What an `Accept…` header names, in small letters, each with how much it is wished for.

    From 0, not at all, to 1, where nothing is said; what cannot be read is 0.
    """
    for part in header.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        told = (each.partition("=") for each in parameters)
        quality = [value.strip() for key, _, value in told if key.strip() == "q"]
        yield name, _weight(quality[0]) if quality else 1.0


def _weight(quality: str) -> float:
    return float(quality) if WEIGHT.fullmatch(quality) else 0.0
