"""What of a name stays the same whoever writes it down: its consonants, each i, and how it ends.

In Latin script a Moroccan name is written by ear, and ears differ about vowels: Youssef, Youssouf
and Yusuf, Rachid and Rached. Here a and u are left out, and an i stays (`I`), by which Hassan is not
Hussein; an e may stand for either. So may kh for k, gh for r or g, th for t or s, dh for d or z, g
for j, c for s: a word has a skeleton for each. How a word ends stays too (`A`, `U`), by which Karim
is not Karima, and whether it begins with a (`A`) or u (`U`), by which Ahmed is not Hamid.

Arabic script leaves out the short vowels itself. There `skeletons` makes one of letters that sound
alike, and of a long a and none, and often comes to what Latin letters come to. `bridges` are what
both scripts agree on: what Latin letters may stand for is wider there, and only what Arabic always
writes is kept.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product

from projections.views.sounding import FIGURES

MOST = 8
"""Skeletons of one word."""
_MOST_DOUBTS = 5
"""Of one word; what is doubtful before its last five is taken as it is likeliest."""
_REMEMBERED = 8192

Rules = Sequence[tuple[re.Pattern[str], str]]


def _rules(*pairs: tuple[str, str]) -> Rules:
    return tuple((re.compile(pattern), sound) for pattern, sound in pairs)


_LATIN = _rules(
    (r"^(?:ou|w|[ou](?!u))(?=[aeiouy])", "W"),
    (r"^(?:y|i(?=[aeouy]))", "Y"),
    (r"^fatma", "fatima"),
    (r"x", "ks"),
    (r"t?sch|tch|ch|sh", "x"),
    (r"kh", "Q"),
    (r"gh|rh", "R"),
    (r"ph|v", "f"),
    (r"th", "T"),
    (r"dh", "D"),
    (r"dj|g(?=[eiy])", "j"),
    (r"gu(?=[eiy])|g", "G"),
    (r"c(?=[eiy])", "s"),
    (r"ck|qu(?=[eiy])|q", "k"),
    (r"c", "C"),
    (r"p", "b"),
    (r"ee|y", "i"),
    (r"ou|oo|[ow]", "u"),
    # The article inside: Abdelkader, Abderrahim, Nur al-Din.
    (r"^(b[ei]n|bu|)abd[aeiu]*(?:l|([^aeiu])(?=\2))(?=.{3})", r"\1abd"),
    (r"[aeiu]*l?d+ine?$", "din"),
    (r"(.)\1+", r"\1"),
    (r"ie$", "i"),
    (r"ah$", "H"),
    (r"ae?$", "A"),
    (r"e$", "F"),
    (r"(?<=.)u$", "U"),
    (r"^i(?=[^aeiu])", ""),
    (r"^ae", "E"),
    (r"^[ae](?=[aeiu])|^a(?=bu)", ""),
    (r"^a", "A"),
    (r"^e", "N"),
    (r"u(?=[aeiuAHF])", "W"),
    (r"^u", "U"),
)
_VOWELS = _rules((r"[aeu]*i[aeiu]*", "I"), (r"[au]*e[aeu]*", "E"), (r"[au]", ""))
_LOOSE_VOWELS = _rules(
    (r"[aeu]+i[aeiu]*|i[aeiu]+|i$", "I"),
    (r"i", "L"),
    (r"[au]*e[aeu]*", "E"),
    (r"[au]|^[AUN]", ""),
    (r"(?<=.)W", "O"),
)
_ARABIC = _rules(
    (r"^عبدال(?=..)", "عبد"),
    (r"ال(?=دين$)", ""),
    (r"(.)\1+", r"\1"),
    (r"اه$", "V"),
    (r"ه$", "H"),
    (r"ا$", "A"),
    (r"ى$", "M"),
    (r"و$", "U"),
    (r"^[اع]*و(?=[اي])|^و", "W"),
    (r"^ي", "Y"),
    (r"و(?=[ايىAHMV])", "W"),
    (r"[ايى]*[يى][ايى]*", "I"),
    (r"[اع]", ""),
)
_LETTERS = str.maketrans(
    dict(zip("بتثجحخدذرزسشصضطغفقكلمنه", "bttjhKddrzsxsdtrfkklmnh", strict=True))
    | {"ظ": "D", "و": "u"}
)

_DOUBTS = {
    "E": ("", "I"),
    "F": ("", "A"),
    "N": ("", "A"),
    "H": ("A", "h"),
    "Q": ("K", "k"),
    "R": ("r", "g"),
    "T": ("t", "s"),
    "D": ("d", "z"),
    "G": ("g", "j"),
    "C": ("k", "s"),
    "V": ("h", "t"),
    "M": ("A", "I"),
}
"""What may stand for more than one sound, the likeliest first."""
_LOOSE_DOUBTS = _DOUBTS | {
    "L": ("I", ""),
    "O": ("", "W"),
    "Q": ("K",),
    "R": ("r",),
    "G": ("k", "j"),
}
_IS_ARABIC = re.compile("[\u0620-\u064a]")

_SAME = {
    **dict.fromkeys(("ibn", "bin", "bn", "bni", "beni"), "ben"),
    **dict.fromkeys(("abou", "abu", "abo", "aboo", "bu", "bo", "boo"), "bou"),
    **dict.fromkeys(("abd", "abdal", "abdil", "abdul", "abdl"), "abdel"),
    **dict.fromkeys(("myriam", "miriam", "miryam"), "meryem"),
    "ابن": "بن",
    "بني": "بن",
    "ابو": "بو",
    "ابي": "بو",
}
"""Words that are said in several ways, most before a name: Ibn, Bin, Ben; Abd, Abdul."""


def usual(word: str) -> str:
    """A word of a name in its usual form."""
    return _SAME.get(word, word)


def is_arabic(word: str) -> bool:
    return _IS_ARABIC.search(word) is not None


@lru_cache(maxsize=_REMEMBERED)
def skeletons(word: str) -> tuple[str, ...]:
    """Those of a word in one of the two scripts, the likeliest first; for whoever writes the same.
    A number has none.
    """
    if word.isdigit():
        return ()
    if word.isascii():
        return _expanded(_by(_VOWELS, _by(_LATIN, _figures(word))), _DOUBTS)
    return _expanded(_arabic(word), _DOUBTS) if is_arabic(word) else ()


@lru_cache(maxsize=_REMEMBERED)
def bridges(word: str) -> tuple[str, ...]:
    """Those by which a word in one script is found by one in the other, the likeliest first."""
    if word.isdigit():
        return ()
    if word.isascii():
        return _expanded(_by(_LOOSE_VOWELS, _by(_LATIN, _figures(word))), _LOOSE_DOUBTS)
    return _expanded(_arabic(word).replace("u", ""), _DOUBTS) if is_arabic(word) else ()


def _by(rules: Rules, word: str) -> str:
    for letters, sound in rules:
        word = letters.sub(sound, word)
    return word


def _figures(word: str) -> str:
    return word.translate(FIGURES)


def _arabic(word: str) -> str:
    return _by(_ARABIC, word).translate(_LETTERS)


def _expanded(sounds: str, doubts: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """With each of what is doubtful; what differs least from the likeliest first."""
    parts = [doubts.get(sound, (sound,)) for sound in sounds]
    doubtful = [at for at, part in enumerate(parts) if len(part) > 1]
    for at in doubtful[:-_MOST_DOUBTS]:
        parts[at] = parts[at][:1]
    ways = sorted(product(*(range(len(part)) for part in parts)), key=sum)
    found = dict.fromkeys(
        "".join(part[which] for part, which in zip(parts, way, strict=True)) for way in ways
    )
    return tuple(each for each in found if each)[:MOST]
