"""What no message may say, in any language: prison, detention, release, or whose house it is.

By the beginnings of words, without accents, vowel signs, or the letters that Arabic ties before a word.
"""

import re
import unicodedata

ENGLISH = (
    *("prison", "jail", "detention", "detain", "inmate", "custody", "incarcerat", "offender"),
    *("release", "parole", "pardon", "convict", "sentence", "penal", "judicia", "reintegrat"),
)
FRENCH = (
    *("prison", "detention", "detenu", "penitentiai", "incarcer", "ecrou", "carceral", "cellule"),
    *("liberation", "libere", "libera", "gracie", "grace", "condamn", "peine", "judiciai"),
    *("reinsertion", "pensionnaire"),
)
ARABIC = (
    *("سجن", "سجين", "سجون", "سجنا", "معتقل", "اعتقال", "نزيل", "نزلا", "حبس", "محبوس"),
    *("افراج", "مفرج", "عفو", "عقوب", "محكوم", "سراح", "ادماج", "قضائ"),
)
HOUSE = ("mohammed vi", "mohamed vi", "fondation", "foundation", "محمد السادس", "مؤسسه")
BEFORE = "(?:[وفبلك]?(?:ال|لل)?)"
_TELLING = re.compile(
    rf"(?<!\w)(?:{'|'.join((*ENGLISH, *FRENCH, *HOUSE))})|(?<!\w){BEFORE}(?:{'|'.join((*ARABIC, *HOUSE[-2:]))})"
)
_ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": None})


def plain(text: str) -> str:
    """As words are compared: small, without accents and vowel signs."""
    composed = unicodedata.normalize("NFC", text).translate(_ALIKE)
    bare = (
        each for each in unicodedata.normalize("NFD", composed) if not unicodedata.combining(each)
    )
    return unicodedata.normalize("NFC", "".join(bare)).casefold()


def telling(text: str) -> str | None:
    """The first word that a message may not say; None where it says none."""
    found = _TELLING.search(plain(text))
    return found.group() if found else None
