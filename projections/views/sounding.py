"""What a name sounds like: one spelling for all that are said alike.

In Latin script a Moroccan name is written by ear, and French, English and habit hear differently.
`heard` makes one of ou, oo, o, u and w, of y and i, ch and sh, k, q and c, gh, rh and r, th and t,
and of doubled letters, and drops e: Youssef and Yousef, Mouftarad and Moftarad. `skeleton` goes
on and leaves out a and u too, where they are no consonants: Youssouf as Youssef, Mohamed as
Muhammad; an i stays, by which Hassan is not Hussein. In Arabic script what is heard alike is
written alike but for what `spelling.words` folds, and doubled letters.
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

_BARE = ((re.compile(r"u(?=[aiu])"), "W"), (re.compile(r"^i(?=[^aiu])|[au]"), ""))
_DOUBLED = re.compile(r"(.)\1+")
FEWEST = 3
"""A skeleton of fewer sounds is that of too many names."""


@lru_cache(maxsize=8192)
def heard(word: str) -> str:
    """A word of `spelling.words` as it is heard; never empty."""
    if not word.isascii():
        return _DOUBLED.sub(r"\1", word)
    sounds = word
    for letters, sound in _ALIKE:
        sounds = letters.sub(sound, sounds)
    return sounds or word[0]


@lru_cache(maxsize=8192)
def skeleton(word: str) -> str | None:
    """The consonants of a Latin word, and each i; None where they are too few to tell by."""
    if not word.isascii():
        return None
    sounds = heard(word)
    for letters, sound in _BARE:
        sounds = letters.sub(sound, sounds)
    return sounds if len(sounds) >= FEWEST else None
