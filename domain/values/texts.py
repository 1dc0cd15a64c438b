"""Texts that a person types: what can be read, kept in one form.

A text is kept in Unicode's composed form (NFC), so that what looks alike is alike. It is refused
where it cannot be seen, says nothing by a letter or a digit, holds signs that nobody can read or
that turn the reading of others round, or heaps marks upon a letter. A name also has a letter.
Joiners and direction marks beside letters pass: Arabic needs them, and so do vowel signs, of which
a letter carries a few.
"""

import re
import unicodedata
from collections.abc import Iterable

from domain.errors import Unfit

MOST_MARKS = 4
"""Upon one letter. Shadda, a vowel and a small alef make three."""

_UNREADABLE = (
    (0x00, 0x08),  # control characters, without tab and line feed
    (0x0B, 0x1F),
    (0x7F, 0x9F),
    (0x2028, 0x2029),  # separators of lines and paragraphs
    (0x202A, 0x202E),  # embeddings and overrides of direction
    (0x2066, 0x206F),  # isolates, and signs that Unicode has given up
    (0xD800, 0xDFFF),  # halves of a surrogate pair
    (0xE000, 0xF8FF),  # for private use
    (0xFDD0, 0xFDEF),  # no characters
    (0xFFF9, 0xFFFF),  # annotations, and what stands for a character that was lost
    *((plane << 16 | 0xFFFE, plane << 16 | 0xFFFF) for plane in range(1, 17)),
    (0xE0000, 0xE00FF),  # tags
    (0xE01F0, 0xE0FFF),
    (0xF0000, 0x10FFFD),  # for private use
)
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\U0001d159")
"""Letters and symbols that look like a space."""
_BREAKS = "\t\n"


def _among(ranges: Iterable[tuple[int, int]], more: str = "") -> re.Pattern[str]:
    inside = "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in ranges)
    return re.compile(f"[{inside}{re.escape(more)}]")


_IN_LINES = _among(_UNREADABLE)
_IN_A_LINE = _among(_UNREADABLE, _BREAKS)


def one_line(text: str) -> str:
    """The text as it is kept; raises `Unfit` for one that cannot be read."""
    return _readable(text, _IN_A_LINE)


def legible(text: str) -> str:
    """The text as it was typed, also where nothing of it is seen; raises `Unfit` as `one_line` does
    for signs that nobody can read. For what is looked for and never kept.
    """
    if _IN_A_LINE.search(text):
        raise Unfit("unreadable")
    return text


def several_lines(text: str) -> str:
    """As `one_line`; line breaks pass, and become line feeds."""
    return _readable(text.replace("\r\n", "\n").replace("\r", "\n"), _IN_LINES)


def name(text: str) -> str:
    """As `one_line`, with a letter in it."""
    kept = one_line(text)
    if not any(map(_is_letter, kept)):
        raise Unfit("letter_missing")
    return kept


def in_tifinagh(text: str) -> str:
    """As it is, with every letter of it in the Tifinagh script; raises `Unfit`."""
    if not all("\u2d30" <= sign <= "\u2d7f" for sign in text if _is_letter(sign)):
        raise Unfit("tifinagh")
    return text


def _readable(text: str, unreadable: re.Pattern[str]) -> str:
    if unreadable.search(text):
        raise Unfit("unreadable")
    kept = unicodedata.normalize("NFC", text)
    if not kept.isascii():
        _require_known(kept)
    if not any(map(_is_seen, kept)):
        raise Unfit("invisible")
    if not any(map(_says, kept)):
        raise Unfit("nothing_said")
    return kept


def _require_known(text: str) -> None:
    """Signs that Unicode gives a meaning, and few marks upon each letter."""
    if any(unicodedata.category(sign) == "Cn" for sign in text):
        raise Unfit("unreadable")
    if _most_marks(text) > MOST_MARKS:
        raise Unfit("marks")


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANK


def _says(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LN" and sign not in _BLANK


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign) in ("Lu", "Ll", "Lt", "Lo") and sign not in _BLANK


def _most_marks(text: str) -> int:
    """Of all letters' marks the most. What is not seen between marks ends no letter."""
    most = found = 0
    for sign in text:
        kind = unicodedata.category(sign)
        if kind in ("Mn", "Mc", "Me"):
            found += 1
            most = max(most, found)
        elif kind != "Cf":
            found = 0
    return most
