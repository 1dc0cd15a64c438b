"""How names are compared: forgiving how they are spelled, in Arabic and in Latin script.

Arabic: the forms of hamza and alef, taa marbuta and haa, alef maqsura and yaa, vowel signs
and tatweel make no difference; nor do the letters some keyboards put for others. Latin:
neither case, accents nor apostrophes. What is written as it was asked has the words by their
beginning, in any order, with or without the article, or two words together.
"""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

_SAME = str.maketrans(
    {
        "ة": "ه",
        "ی": "ي",  # Persian yaa
        "ھ": "ه",
        "ہ": "ه",
        "ٱ": "ا",
        "ک": "ك",
        "گ": "ك",  # the g of Agadir, which Morocco writes in three ways
        "ڭ": "ك",
        "ڤ": "ف",
        "پ": "ب",
        "ء": None,
        "ـ": None,  # tatweel
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "ı": "i",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "þ": "th",
        "ə": "e",
        "ɣ": "gh",  # Tamazight in Latin script, as the next
        "ɛ": None,
        **dict.fromkeys("'`´‘’ʼʾʿʽ＇", None),
    }
)
_ARTICLE = "ال"
_SHORTEST_WITH_ARTICLE = 5


def words(text: str) -> list[str]:
    """The words of a text in the spelling that is compared: letters and digits only."""
    return [word.replace("ى", "ي") for word in as_said(text)]


def as_said(text: str) -> list[str]:
    """As `words`, with each alef maqsura, which is said as a or as i."""
    # Apostrophes first: decomposed, some would become a space.
    plain = unicodedata.normalize("NFKD", text.translate(_SAME).casefold())
    # Once more: a decorated capital decomposes to a capital.
    letters = (
        sign
        for sign in unicodedata.normalize("NFKD", plain.casefold())
        if unicodedata.category(sign) not in ("Mn", "Me", "Cf")
    )
    return "".join(_letter(sign) for sign in "".join(letters).translate(_SAME)).split()


def _letter(sign: str) -> str:
    if sign.isalpha():
        return sign
    digit = unicodedata.digit(sign, None)
    return " " if digit is None else str(digit)


def search_text(*names: str | None) -> str:
    """What is kept of names to search them by: each word between spaces."""
    found = dict.fromkeys(word for name in names if name for word in _forms(words(name)))
    return f" {' '.join(found)} " if found else ""


def _forms(name: list[str]) -> Iterator[str]:
    for word in name:
        yield word
        if word.startswith(_ARTICLE) and len(word) >= _SHORTEST_WITH_ARTICLE:
            yield word.removeprefix(_ARTICLE)
    for first, second in pairwise(name):
        yield first + second


def patterns(query: str, *, whole: bool = False) -> list[list[str]]:
    """LIKE patterns over `search_text`: it is found if all of any one list match.

    By the beginning of words, or by `whole` ones. No list at all when the query has no letter or
    digit: then it asks for nothing.
    """
    asked, end = words(query), " %" if whole else "%"
    if not asked:
        return []
    each = [f"% {word}{end}" for word in asked]
    return [each] if len(asked) == 1 else [each, [f"% {''.join(asked)}{end}"]]
