"""Looks at pictures: walked from their first byte to their last, then decoded within bounds.

What stands behind the end of a picture may be anything; an archive there opens as one. So nothing
may stand there but what telephones write: a smaller picture after a JPEG, their own notes of it. On
the way it is told apart what is part of the picture, and kept, from what is not (`notes.py`).
"""

import os
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from PIL import Image

from domain.values.papers import MediaType
from service.papers import notes
from service.papers.found import MOST_DECODED, MOST_PIXELS, SCAN, Found, Unkept

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.WEBP: "WEBP"}
STANDING_ALONE = {0x01, *range(0xD0, 0xD8)}
SOS, EOI = 0xDA, 0xD9
SAMSUNG = b"SEFT"
MOST_CHUNKS = 100_000
HEAD_OF_WEBP, HEAD_OF_CHUNK = 12, 8


def look(file: BinaryIO, size: int, media_type: MediaType) -> Found:
    """Raises `Unkept`, and whatever a broken picture makes its reader raise."""
    kept = notes.Kept()
    WALKS[media_type](file, size, kept)
    _decode(file, media_type)
    return Found(media_type, 1, kept.pieces())


def _decode(file: BinaryIO, media_type: MediaType) -> None:
    file.seek(0)
    Image.MAX_IMAGE_PIXELS = None  # ours are asked, before anything is decoded
    with Image.open(file, formats=[FORMATS[media_type]]) as picture:
        width, height = picture.size
        in_small = media_type is MediaType.JPEG
        most = MOST_PIXELS if in_small else MOST_DECODED
        if width * height > most:
            raise Unkept("paper_unfolds", most=most // 1_000_000)
        if getattr(picture, "n_frames", 1) > 1 and not in_small:
            raise Unkept("paper_moves")
        if in_small:
            picture.draft("RGB", (width // 8 or 1, height // 8 or 1))
        picture.load()


def _jpeg(file: BinaryIO, size: int, kept: notes.Kept) -> None:
    end = _end_of_jpeg(file, kept)
    if end == size:
        return
    file.seek(end)
    begins = file.read(len(JPEG))
    file.seek(-len(SAMSUNG), os.SEEK_END)
    if not (begins == JPEG or file.read() == SAMSUNG or _is_empty(file, end)):
        raise Unkept("paper_ambiguous")


def _end_of_jpeg(file: BinaryIO, kept: notes.Kept) -> int:
    file.seek(2)
    kept.span(0, 2)
    turned = False
    while True:
        start = file.tell()
        marker = _marker(file)
        if marker == EOI or marker in STANDING_ALONE:
            kept.span(start, file.tell())
            if marker == EOI:
                return file.tell()
            continue
        segment = _segment(file)
        if notes.is_part_of_jpeg(marker, segment):
            if marker == SOS:
                _past_scan(file)
            kept.span(start, file.tell())
        elif not turned and (way := notes.turned(segment)) != notes.UPRIGHT:
            turned = True
            kept.put(notes.only_turned(way))


def _segment(file: BinaryIO) -> bytes:
    """Past it; at most 64 KB."""
    length = int.from_bytes(_exactly(file, 2), "big")
    if length < 2:  # noqa: PLR2004 (the length counts itself)
        raise Unkept("paper_broken")
    return _exactly(file, length - 2)


def _marker(file: BinaryIO) -> int:
    if _exactly(file, 1) != b"\xff":
        raise Unkept("paper_broken")
    while (byte := _exactly(file, 1)) == b"\xff":
        pass
    return byte[0]


def _past_scan(file: BinaryIO) -> None:
    """To the next marker that is no part of the picture's own data."""
    while True:
        at = file.tell()
        piece = file.read(SCAN)
        if len(piece) < 2:  # noqa: PLR2004 (a marker has two bytes)
            raise Unkept("paper_broken")
        found = piece.find(b"\xff")
        while found != -1 and found + 1 < len(piece):
            after = piece[found + 1]
            if after != 0 and after not in STANDING_ALONE:
                file.seek(at + found)
                return
            found = piece.find(b"\xff", found + 1)
        file.seek(at + len(piece) - (found != -1))


def _is_empty(file: BinaryIO, start: int) -> bool:
    file.seek(start)
    while piece := file.read(SCAN):
        if piece.count(0) != len(piece):
            return False
    return True


def _png(file: BinaryIO, size: int, kept: notes.Kept) -> None:
    file.seek(len(PNG))
    kept.span(0, len(PNG))
    for _ in range(MOST_CHUNKS):
        start = file.tell()
        length, kind = struct.unpack(">I4s", _exactly(file, 8))
        end = file.seek(length + 4, os.SEEK_CUR)
        if end > size:
            raise Unkept("paper_broken")
        if kind not in notes.OF_PNG:
            kept.span(start, end)
        if kind == b"IEND":
            if end != size:
                raise Unkept("paper_ambiguous")
            return
    raise Unkept("paper_unfolds", most=MOST_CHUNKS)


def _webp(file: BinaryIO, size: int, kept: notes.Kept) -> None:
    file.seek(4)
    end = 8 + int.from_bytes(_exactly(file, 4), "little")
    if end + end % 2 < size:
        raise Unkept("paper_ambiguous")
    if end > size:
        raise Unkept("paper_broken")
    chunks = list(_chunks_of_webp(file, size))
    part = [each for each in chunks if each[0] not in notes.OF_WEBP]
    left = size - sum(stop - start for kind, start, stop in chunks if kind in notes.OF_WEBP)
    kept.put(b"RIFF" + (left - 8).to_bytes(4, "little") + b"WEBP")
    for kind, start, stop in part:
        at = start
        if kind == b"VP8X":
            file.seek(start)
            head = bytearray(_exactly(file, HEAD_OF_CHUNK + 1))
            head[HEAD_OF_CHUNK] &= ~notes.OF_WEBP_IN_ITS_HEAD & 0xFF
            kept.put(bytes(head))
            at += len(head)
        kept.span(at, stop)


def _chunks_of_webp(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int, int]]:
    """What each is, from where to where, and the byte that fills it up."""
    start = file.seek(HEAD_OF_WEBP)
    for _ in range(MOST_CHUNKS):
        if start >= size:
            return
        kind, length = struct.unpack("<4sI", _exactly(file, HEAD_OF_CHUNK))
        stop = min(size, start + HEAD_OF_CHUNK + length + length % 2)
        yield kind, start, stop
        start = file.seek(stop)
    raise Unkept("paper_unfolds", most=MOST_CHUNKS)


def _exactly(file: BinaryIO, count: int) -> bytes:
    data = file.read(count)
    if len(data) != count:
        raise Unkept("paper_broken")
    return data


WALKS: Mapping[MediaType, Callable[[BinaryIO, int, notes.Kept], None]] = {
    MediaType.JPEG: _jpeg,
    MediaType.PNG: _png,
    MediaType.WEBP: _webp,
}
"""Walks a picture to its end, and tells what of it is kept."""
