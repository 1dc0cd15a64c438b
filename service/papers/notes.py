"""What a picture says beside itself: where and when it was taken, with whose telephone, by whom.

A photograph of an identity card must not tell where its holder lives. So what is no part of the
picture is left out as it is kept: the format's own list of what is part of it is short, and known.
Nothing is encoded anew, the picture stays as sharp as it came; of its notes one stays, which way up
it was held.
"""

import struct
from collections.abc import Iterator

from service.papers.found import Piece

EXIF = b"Exif\x00\x00"
COLOURS = b"ICC_PROFILE\x00"
UPRIGHT, WAYS = 1, range(1, 9)
TURNED = 0x0112
MOST_ENTRIES = 512
SHORT = 3
"""The type of a number of two bytes, in an entry of notes."""
APP0, APP1, APP2, APP14, APP15, COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
OF_PNG = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
OF_WEBP = frozenset({b"EXIF", b"XMP "})
OF_WEBP_IN_ITS_HEAD = 0x08 | 0x04
"""The two bits of a WebP's head that say that there are such."""


class Kept:
    """The pieces of a file that are kept, as they are gathered from its beginning to its end."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []

    def span(self, start: int, end: int) -> None:
        """These bytes stay; together with those before, where they follow them."""
        last = self._pieces[-1] if self._pieces else None
        if isinstance(last, tuple) and last[1] == start:
            self._pieces[-1] = (last[0], end)
        elif start < end:
            self._pieces.append((start, end))

    def put(self, written: bytes) -> None:
        """These bytes in the stead of others."""
        self._pieces.append(written)

    def pieces(self) -> tuple[Piece, ...]:
        return tuple(self._pieces)


def is_part_of_jpeg(marker: int, begins: bytes) -> bool:
    """Whether a segment is part of the picture; `begins`: its first bytes."""
    if marker == APP2:
        return begins.startswith(COLOURS)
    return marker in (APP0, APP14) or not (APP1 <= marker <= APP15 or marker == COMMENT)


def turned(notes: bytes) -> int:
    """Which way up the picture was held, by its notes (Exif, from its head on): 1 to 8."""
    if not notes.startswith(EXIF):
        return UPRIGHT
    tiff = notes[len(EXIF) :]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return UPRIGHT
    for tag, kind, value in _entries(tiff, order):
        if tag == TURNED and kind == SHORT and value in WAYS:
            return value
    return UPRIGHT


def _entries(tiff: bytes, order: str) -> Iterator[tuple[int, int, int]]:
    """Tag, type and first number of each entry of the first list, as far as it is there."""
    try:
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for number in range(min(count, MOST_ENTRIES)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, at + 2 + 12 * number)
            yield tag, kind, value
    except struct.error:
        return


def only_turned(way: int) -> bytes:
    """A segment of notes that says nothing else."""
    tiff = b"MM\x00\x2a" + struct.pack(">IHHHIHHI", 8, 1, TURNED, SHORT, 1, way, 0, 0)
    return struct.pack(">BBH", 0xFF, APP1, 2 + len(EXIF) + len(tiff)) + EXIF + tiff
