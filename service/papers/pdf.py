"""Looks at PDFs: every object in one, for what acts by itself, hides a file, or unfolds endlessly.

Names are read as a reader would read them, also those written in other digits or packed into
streams of objects. Nothing is shown or carried out.
"""

import logging
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from domain.values.papers import MediaType
from service.papers.found import MOST_PAGES, MOST_PIXELS, Found, Unkept

PDF = b"%PDF-"
END = b"%%EOF"
AFTER_END = b"\r\n\t \x00"
TAIL = 2048
MOST_OBJECTS = 50_000
MOST_INSIDE = 60
"""Lists and dictionaries inside one another."""
STREAM_BYTES = 256 * 1024 * 1024
"""That one stream may unfold to: a page of pixels at 600 dots an inch."""
ALL_BYTES = 1024 * 1024 * 1024

ACTING_KEYS = frozenset(
    {"/JS", "/JavaScript", "/XFA", "/EF", "/EmbeddedFiles", "/RichMediaContent"}
)
ACTS = frozenset(
    {
        *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie"),
        *("/Sound", "/GoToE", "/RichMediaExecute", "/GoTo3DView"),
    }
)
ACTING_KINDS = frozenset({"/RichMedia", "/3D", "/FileAttachment", "/Movie", "/Sound", "/Screen"})


def look(file: BinaryIO, size: int) -> Found:
    """Raises `Unkept`, and whatever a broken document makes its reader raise."""
    _require_end(file, size)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    file.seek(0)
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            raise Unkept("paper_locked")
        _look_through(reader)
        pages = len(reader.pages)
    except LimitReachedError:
        raise Unkept("paper_unfolds", most=STREAM_BYTES >> 20) from None
    if pages > MOST_PAGES:
        raise Unkept("paper_too_many_pages", most=MOST_PAGES)
    if pages == 0:
        raise Unkept("paper_broken")
    return Found(MediaType.PDF, pages, ((0, size),))


def _require_end(file: BinaryIO, size: int) -> None:
    """Nothing but line ends stands behind its end."""
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    if END not in tail:
        raise Unkept("paper_ambiguous" if _ends_earlier(file) else "paper_broken")
    if tail.rpartition(END)[2].strip(AFTER_END):
        raise Unkept("paper_ambiguous")


def _ends_earlier(file: BinaryIO) -> bool:
    file.seek(0)
    before = b""
    while piece := file.read(1 << 16):
        if END in before + piece:
            return True
        before = piece[-len(END) :]
    return False


def _look_through(reader: PdfReader) -> None:
    ids = {each for generation in reader.xref.values() for each in generation}
    ids |= set(reader.xref_objStm)
    if len(ids) > MOST_OBJECTS:
        raise Unkept("paper_unfolds", most=MOST_OBJECTS)
    generations = {each: number for number, some in reader.xref.items() for each in some}
    unfolded = 0
    for each in (reader.trailer, *_objects(reader, ids, generations)):
        for part in _parts(each, 0):
            _require_passive(part)
            if isinstance(part, StreamObject):
                unfolded += _unfolded(part)
                if unfolded > ALL_BYTES:
                    raise Unkept("paper_unfolds", most=ALL_BYTES >> 20)


def _objects(reader: PdfReader, ids: set[int], generations: dict[int, int]) -> Iterator[Any]:
    for each in sorted(ids):
        yield reader.get_object(IndirectObject(each, generations.get(each, 0), reader))


def _parts(held: Any, depth: int) -> Iterator[DictionaryObject]:
    """The dictionaries in an object, not those it points to: they come by themselves."""
    if depth > MOST_INSIDE:
        raise Unkept("paper_unfolds", most=MOST_INSIDE)
    if isinstance(held, DictionaryObject):
        yield held
        for name in held:
            yield from _parts(held.raw_get(name), depth + 1)
    elif isinstance(held, ArrayObject):
        for each in list.__iter__(held):
            yield from _parts(each, depth + 1)


def _require_passive(part: DictionaryObject) -> None:
    acts = part.get("/S") in ACTS or part.get("/Subtype") in ACTING_KINDS
    if acts or ACTING_KEYS.intersection(part) or part.get("/Type") == "/EmbeddedFile":
        raise Unkept("paper_acts")
    if "/Encrypt" in part:
        raise Unkept("paper_locked")


def _unfolded(part: StreamObject) -> int:
    """Bytes that a stream unfolds to, as far as it is not a picture in its own format."""
    if part.get("/Subtype") == "/Image":
        pixels = _number(part.get("/Width")) * _number(part.get("/Height"))
        if pixels > MOST_PIXELS:
            raise Unkept("paper_unfolds", most=MOST_PIXELS // 1_000_000)
    filters = _filters(part)
    if not filters:
        return 0
    if filters[0] == "/FlateDecode" and "/FlateDecode" not in filters[1:]:
        return _inflated(part._data)  # noqa: SLF001 (as it stands in the file: no other way)
    if {"/FlateDecode", "/LZWDecode", "/RunLengthDecode"}.intersection(filters):
        return len(part.get_data())
    return 0


def _filters(part: StreamObject) -> list[str]:
    named: Any = part.get("/Filter")
    some = named if isinstance(named, ArrayObject) else [] if named is None else [named]
    long = {"/Fl": "/FlateDecode", "/LZW": "/LZWDecode", "/RL": "/RunLengthDecode"}
    return [long.get(str(each), str(each)) for each in some]


def _inflated(data: bytes) -> int:
    inflater, total, left = zlib.decompressobj(), 0, data
    try:
        while left and not inflater.eof:
            total += len(inflater.decompress(left, 1 << 20))
            left = inflater.unconsumed_tail
            if total > STREAM_BYTES:
                raise Unkept("paper_unfolds", most=STREAM_BYTES >> 20)
    except zlib.error:  # a reader shows what it could: so do we count
        return total
    return total


def _number(held: Any) -> int:
    try:
        return int(held)
    except (TypeError, ValueError):
        return 0
