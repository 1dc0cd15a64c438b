"""The font of Arabic pages is whole: each letter that a text of ours can need is in it."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import pytest
from PIL import ImageFont

from service.words.language import Language
from tests.support.weight import PAGE_KB

STATIC = files("service.console") / "static"
SHEET = (STATIC / "console.css").read_text(encoding="utf-8")
FONTS = re.findall(r'url\("(fonts/[^?]+)\?v=([0-9a-f]+)"\)', SHEET)
HARAKAT = "".join(map(chr, range(0x64B, 0x653)))
MARKS = "،؛؟"
NOWHERE = "\uffff"
"""No font has it: what is drawn for it stands for what is missing."""
BITS_OF_HASH = 12
FIRST_VISIT_KB, SHEET_KB = 90, 12
"""As gzip packs them; a font is packed already."""


def texts(of: Any) -> Iterator[str]:
    if isinstance(of, str):
        yield of
    elif of.keys() == set(Language):
        yield from forms(of[Language.ARABIC])
    else:
        for each in of.values():
            yield from texts(each)


def forms(of: Any) -> Iterator[str]:
    """A counted thing has several."""
    yield from [of] if isinstance(of, str) else of.values()


@cache
def arabic_letters() -> str:
    """All of the Arabic script in our texts; the digits and the quotes are the device's own."""
    folder = files("service.words") / "texts"
    found = [*folder.iterdir(), *(folder / "pages").iterdir(), *(folder / "programme").iterdir()]
    said = [
        text
        for file in found
        if file.name.endswith(".json")
        for text in texts(json.loads(file.read_text(encoding="utf-8")))
    ]
    return "".join(sorted(set(re.findall(r"[\u0600-\u06ff]", "".join(said)))))


@pytest.mark.parametrize(("name", "mark"), FONTS, ids=[name for name, _ in FONTS])
def test_a_font_has_every_letter_of_ours_and_the_vowel_signs(name: str, mark: str) -> None:
    content = (STATIC / name).read_bytes()
    assert hashlib.sha256(content).hexdigest()[:BITS_OF_HASH] == mark, "its address changes with it"
    font = ImageFont.truetype(BytesIO(content), 32, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(font.getmask(NOWHERE))
    for letter in arabic_letters() + HARAKAT + MARKS:
        assert bytes(font.getmask(letter)) != missing, f"U+{ord(letter):04X} {letter}"


def test_there_are_two_weights_with_their_licence() -> None:
    assert len(FONTS) == 2
    licence = (STATIC / "fonts" / "LICENSE").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert SHEET.count("font-display: optional") == len(FONTS)


def test_a_first_visit_is_light_enough_for_a_slow_line() -> None:
    sheet = len(gzip.compress(SHEET.encode()))
    fonts = sum(len((STATIC / name).read_bytes()) for name, _ in FONTS)
    assert sheet <= SHEET_KB * 1024
    assert sheet + fonts + PAGE_KB * 1024 <= FIRST_VISIT_KB * 1024


def test_latin_comes_first_so_that_two_latin_faces_never_meet() -> None:
    (stack,) = re.findall(r":lang\(ar\) \{ font-family: ([^;]+);", SHEET)
    assert stack.startswith("system-ui")
    assert stack.index("system-ui") < stack.index("Jisr Arabic")
