# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0", "brotli==1.2.1"]
# ///
"""Makes the console's fonts anew: of IBM Plex Sans Arabic what Arabic pages can show, no more.

    npm pack @fontsource/ibm-plex-sans-arabic   # and unpack it
    .venv/bin/python -m uv run --script tools/fonts.py package/files

Takes the two weights of that folder, keeps the letters below with all forms and marks that they are
written with, and writes them beside the style sheet: 35 KB instead of 87. "Plex" is a reserved
name, so what is cut bears another (OFL 1.1, condition 3); the notice of its authors stays in it.
Then the hashes in `console.css` are to be changed: `tests/unit/service/console/test_font.py` says to
what.
"""

import sys
from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found] # the script's own, see above

STATIC = Path(__file__).resolve().parent.parent / "service" / "console" / "static" / "fonts"
NAME = "Jisr Arabic"
WEIGHTS = {400: "Regular", 700: "Bold"}
PUNCTUATION = (0x20, 0x60C, 0x61B, 0x61F)
LETTERS = range(0x621, 0x63B)
LETTERS_AND_VOWEL_SIGNS = range(0x640, 0x656)
DIGITS = range(0x660, 0x66D)
FURTHER = (0x670, 0x671, 0x67E, 0x686, 0x698, 0x6A4, 0x6A5, 0x6A9, 0x6AD, 0x6AF, 0x6CC)
"""Alif above and wasla; p, ch, zh, v, g as Moroccan names have them; kaf and ya of other keyboards."""
KEPT = (*PUNCTUATION, *LETTERS, *LETTERS_AND_VOWEL_SIGNS, *DIGITS, *FURTHER)
COPYRIGHT, FAMILY, STYLE, IDENTIFIER, FULL, VERSION, POSTSCRIPT, LICENCE = 0, 1, 2, 3, 4, 5, 6, 14


def main(folder: Path) -> None:
    for weight, style in WEIGHTS.items():
        _cut(folder / f"ibm-plex-sans-arabic-arabic-{weight}-normal.woff2", weight, style)


def _cut(original: Path, weight: int, style: str) -> None:
    options = subset.Options(layout_features=["*"], flavor="woff2", notdef_outline=True)
    options.name_IDs = [COPYRIGHT, FAMILY, STYLE, IDENTIFIER, FULL, VERSION, POSTSCRIPT, LICENCE]
    font = subset.load_font(str(original), options)
    cutting = subset.Subsetter(options)
    cutting.populate(unicodes=KEPT)
    cutting.subset(font)
    names, version = font["name"], font["name"].getDebugName(VERSION)
    plain = NAME.replace(" ", "")
    for name, text in (
        (FAMILY, NAME),
        (IDENTIFIER, f"{version};{plain}-{style}"),
        (FULL, f"{NAME} {style}"),
        (POSTSCRIPT, f"{plain}-{style}"),
    ):
        names.setName(text, name, 3, 1, 0x409)
    made = STATIC / f"jisr-arabic-{weight}.woff2"
    subset.save_font(font, str(made), options)
    print(f"{made.name}: {made.stat().st_size / 1024:.1f} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
