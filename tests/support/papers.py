"""Papers that people send, and those that somebody made to do harm."""

import io
import struct
import zipfile
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)


def pdf(pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(format_: str, width: int = 60, height: int = 40, **options: object) -> bytes:
    out = io.BytesIO()
    image = Image.effect_noise((width, height), 50).convert("RGB")
    image.save(out, format_, **options)
    return out.getvalue()


def written_in(text: str) -> PngInfo:
    """What stands in a PNG beside the picture, packed and plain."""
    info = PngInfo()
    info.add_text("Author", text)
    info.add_itxt("Comment", text, zip=True)
    return info


def locked_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("secret", algorithm="AES-256")
    return written(writer)


def acting_pdf(named: bytes = b"/JS") -> bytes:
    """`named`: how the name is written, which can be in other digits."""
    return _opening("/JavaScript").replace(b"/Script", named)


def _opening(kind: str) -> bytes:
    """What a reader does as it opens it."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    action = DictionaryObject({NameObject("/S"): NameObject(kind)})
    action[NameObject("/Script")] = TextStringObject("app.alert(1)")
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)
    return written(writer)


def launching_pdf() -> bytes:
    return _opening("/Launch")


def hiding_pdf() -> bytes:
    """With another file inside."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_attachment("program.exe", b"MZ")
    return written(writer)


def pdf_bomb() -> bytes:
    """A page of a hundred kilobytes that unfolds to 300 MB."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = StreamObject()
    stream._data = _zeros(300)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    page[NameObject("/Contents")] = writer._add_object(stream)
    return written(writer)


def nested_pdf_bomb() -> bytes:
    """Folded twice: a few hundred bytes."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = StreamObject()
    stream._data = zlib.compress(_zeros(300), 9)
    twice = ArrayObject([NameObject("/FlateDecode"), NameObject("/FlateDecode")])
    stream[NameObject("/Filter")] = twice
    page[NameObject("/Contents")] = writer._add_object(stream)
    return written(writer)


def endless_picture_pdf() -> bytes:
    """A picture that says of itself that it is enormous."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    stream = DecodedStreamObject()
    stream.set_data(b"x")
    stream[NameObject("/Subtype")] = NameObject("/Image")
    stream[NameObject("/Width")] = stream[NameObject("/Height")] = NumberObject(60_000)
    writer._add_object(stream)
    return written(writer)


def _zeros(megabytes: int) -> bytes:
    """Folded as zlib does it: one megabyte, time and again, and the sum of all."""
    folding = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    one = folding.compress(bytes(1 << 20)) + folding.flush(zlib.Z_FULL_FLUSH)
    summed = ((megabytes << 20) % 65_521) << 16 | 1  # Adler-32 of nothing but zeros
    return b"\x78\xda" + one * megabytes + folding.flush() + struct.pack(">I", summed)


def png_bomb(side: int = 50_000) -> bytes:
    """A few megabytes at most, that unfold to gigabytes of pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", _zeros(4)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def png_text_bomb() -> bytes:
    """A small picture with a note that unfolds to 300 MB."""
    plain = picture("PNG")
    note = _chunk(b"zTXt", b"note\x00\x00" + _zeros(300))
    return plain[:33] + note + plain[33:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("program.js", "alert(1)")
    return out.getvalue()


def office() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("[Content_Types].xml", "<Types/>")
        zipped.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
