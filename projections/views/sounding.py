"""What a name sounds like, letter by letter: one spelling for all that are written alike.

In Latin script a Moroccan name is written by ear, and French, English and habit hear differently.
`heard` makes one of ou, oo, o, u and w, of y and i, ch and sh, k, q and c, gh, rh and r, th and t,
and of doubled letters, reads the figures that stand for Arabic letters on a phone, and drops e:
Youssef and Yousef, Mouftarad and Moftarad, Sa3id and Said. In Arabic script what is heard alike is
written alike but for what `spelling.words` folds, and doubled letters. What is less alike is for
`consonants.py`.
"""

import re
from functools import lru_cache

_ALIKE = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:ou|w|[ou](?!u))(?=[aeiouy])", "W"),
        (r"^(?:y|i(?=[aeouy]))", "Y"),
        (r"x", "ks"),
        (r"sch|ch|sh", "x"),
        (r"kh", "K"),
        (r"gh|rh", "r"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"dj|g(?=[eiy])", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"c(?=[eiy])", "s"),
        (r"ck|qu(?=[eiy])|[cq]", "k"),
        (r"ee|y", "i"),
        (r"ou|oo|[ow]", "u"),
        (r"(.)\1+", r"\1"),
        (r"e", ""),
    )
)
"""In this order. A capital is a sound that no letter has."""

_DOUBLED = re.compile(r"(.)\1+")
FIGURES = str.maketrans({"2": None, "3": "a", "5": "kh", "7": "h", "9": "q"})
"""As they are typed on a phone for hamza, ain, khaa, haa and qaf."""


@lru_cache(maxsize=8192)
def heard(word: str) -> str:
    """A word of a name as it is heard; never empty. A number is itself: 11 is not 1."""
    if word.isdigit():
        return word
    if not word.isascii():
        return _DOUBLED.sub(r"\1", word.replace("ى", "ي"))
    sounds = word.translate(FIGURES)
    for letters, sound in _ALIKE:
        sounds = letters.sub(sound, sounds)
    return sounds or word[0]
