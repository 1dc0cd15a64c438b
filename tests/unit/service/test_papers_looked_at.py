"""What a paper is says its content; what could do harm is refused, in words."""

import hashlib
import io
import json
import re
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import ExifTags, Image, ImageOps

from domain.values.papers import MediaType, PaperPlace
from ledger.papers.chunks import Reading
from ledger.papers.folder import Folder
from ledger.papers.vault import Receiving
from service.papers import notes
from service.papers.found import Found
from service.papers.judging import judged, told
from service.papers.looking import answered
from service.problems.problem import Rejected
from service.problems.table import status_of
from service.words.language import Language
from service.words.store import words
from tests.support import papers


def sent(folder: Path, data: bytes, said: str | None = None) -> Found:
    """As it comes in: looked at by a process of its own."""
    place = PaperPlace(uuid4(), f"case/{uuid4()}", uuid4())
    paper = Receiving(Folder(folder / "papers"), place, bytes(32))
    paper.write(data)
    paper.end()
    try:
        return judged(paper, said)
    finally:
        paper.close()


def look(data: bytes, said: str | None = None) -> Found:
    """The same, here and quickly."""
    answer = json.loads(json.dumps(answered(io.BytesIO(data), len(data), said)))
    if "code" in answer:
        raise Rejected(answer["code"], **answer["params"])
    return told(answer["found"])


def kept_of(data: bytes) -> bytes:
    """The paper as it is kept."""
    pieces = look(data).keep
    return b"".join(it if isinstance(it, bytes) else data[slice(*it)] for it in pieces)


@pytest.mark.parametrize(
    ("data", "media_type", "pages"),
    [
        (papers.pdf(), MediaType.PDF, 1),
        (papers.pdf(12), MediaType.PDF, 12),
        (papers.pdf() + b"\r\n", MediaType.PDF, 1),
        (papers.picture("JPEG"), MediaType.JPEG, 1),
        (papers.picture("JPEG", 3000, 2000, progressive=True), MediaType.JPEG, 1),
        (papers.picture("PNG"), MediaType.PNG, 1),
        (papers.picture("WEBP"), MediaType.WEBP, 1),
    ],
)
def test_what_people_send_is_known(data: bytes, media_type: MediaType, pages: int) -> None:
    assert look(data)[:2] == look(data, media_type)[:2] == (media_type, pages)
    assert kept_of(data) == data
    assert look(data, "application/octet-stream").media_type is media_type


def test_what_a_telephone_hangs_on_is_left_out() -> None:
    picture = papers.picture("JPEG")
    for tail in (papers.picture("JPEG", 20, 10), b"whatever SEFT", bytes(5000)):
        assert kept_of(picture + tail) == picture


def gps(way: int = 1) -> Image.Exif:
    """As a telephone notes it: where, when, with what, by whom, and which way up."""
    noted = Image.Exif()
    noted[ExifTags.Base.Make] = "Telephone of somebody"
    noted[ExifTags.Base.Artist] = "Somebody by name"
    noted[ExifTags.Base.DateTime] = "2026:11:25 09:30:00"
    noted[ExifTags.Base.Orientation] = way
    where = {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (34.0, 2.0, 7.0)}
    noted[ExifTags.IFD.GPSInfo] = where
    return noted


def shown(data: bytes) -> Image.Image:
    """As whoever opens it sees it: the right way up."""
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data)))


NOTED = {
    "jpeg": papers.picture("JPEG", exif=gps(), comment=b"Somebody by name"),
    "jpeg on its side": papers.picture("JPEG", 300, 200, exif=gps(6)),
    "jpeg in many scans": papers.picture("JPEG", 300, 200, exif=gps(8), progressive=True),
    "jpeg with colours": papers.picture("JPEG", exif=gps(), icc_profile=bytes(300)),
    "jpeg with what was done to it": papers.picture("JPEG", xmp=b"<x:xmpmeta>Somebody by name"),
    "png": papers.picture("PNG", exif=gps()),
    "png with what was written in it": papers.picture("PNG", pnginfo=papers.written_in("Somebody")),
    "webp": papers.picture("WEBP", exif=gps(), lossless=True),
    "webp with more": papers.picture("WEBP", exif=gps(), xmp=b"Somebody", icc_profile=bytes(301)),
}


@pytest.mark.parametrize("name", NOTED)
def test_a_picture_is_kept_without_where_and_when_and_with_what_it_was_taken(name: str) -> None:
    data = NOTED[name]
    kept = kept_of(data)
    assert len(kept) < len(data)
    assert not re.search(rb"Telephone|Somebody|2026:11|GPS|xmpmeta", kept)
    noted = dict(Image.open(io.BytesIO(kept)).getexif())
    assert noted.keys() <= {ExifTags.Base.Orientation}
    before, after = shown(data), shown(kept)
    assert before.size == after.size
    assert before.tobytes() == after.tobytes()
    assert before.info.get("icc_profile") == after.info.get("icc_profile")
    assert kept_of(kept) == kept


def test_notes_that_are_broken_say_nothing_and_do_no_harm() -> None:
    whole = b"Exif\x00\x00" + gps(6).tobytes()[6:]
    assert notes.turned(whole) == 6
    assert {notes.turned(whole[:length]) for length in range(len(whole))} <= {1, 6}
    assert notes.turned(b"Exif\x00\x00MM\x00*\xff\xff\xff\xff" + bytes(64)) == 1
    assert notes.turned(notes.only_turned(8)[4:]) == 8


def test_a_photograph_is_kept_in_the_store_without_its_place(tmp_path: Path) -> None:
    place = PaperPlace(uuid4(), f"case/{uuid4()}", uuid4())
    data = papers.picture("JPEG", 600, 400, exif=gps(6))
    paper = Receiving(Folder(tmp_path / "papers"), place, bytes(32))
    paper.write(data)
    paper.end()
    paper.rewrite(judged(paper, None).keep)
    with Reading(paper.path.open("rb"), paper.key, paper.size) as reading:
        kept = reading.read()
    paper.close()
    assert kept == kept_of(data)
    assert paper.sha256 == hashlib.sha256(kept).hexdigest()


NOT_KEPT = {
    "paper_type_unknown": [
        papers.HTML,
        papers.SVG,
        papers.office(),
        papers.archive(),
        b"MZ" + bytes(500),
        b" %PDF-1.7",
        b"GIF89a" + bytes(50),
        b"II*\x00" + bytes(50),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"x",
    ],
    "paper_ambiguous": [
        papers.pdf() + papers.archive(),
        papers.pdf() + papers.HTML,
        papers.pdf() + b"anything",
        papers.pdf().replace(b"%%EOF", b"% <script>alert(1)</script>\n%%EOF"),
        papers.picture("JPEG") + papers.archive(),
        papers.picture("JPEG") + papers.HTML,
        papers.picture("JPEG") + papers.pdf(),
        papers.picture("JPEG") + b"anything",
        papers.picture("PNG") + papers.archive(),
        papers.picture("PNG") + b"a",
        papers.picture("WEBP") + papers.archive(),
        papers.picture("JPEG", comment=b"%PDF-1.7 1 0 obj"),
        papers.picture("JPEG", comment=papers.HTML),
    ],
    "paper_broken": [
        papers.pdf()[:-20],
        b"%PDF-1.7\nnothing\n%%EOF",
        papers.picture("JPEG")[:-200],
        papers.picture("PNG")[:-200],
        papers.picture("WEBP")[:-100],
        b"\xff\xd8\xff" + bytes(500),
    ],
    "paper_locked": [papers.locked_pdf()],
    "paper_acts": [
        papers.acting_pdf(),
        papers.acting_pdf(b"/J#53"),
        papers.launching_pdf(),
        papers.hiding_pdf(),
    ],
    "paper_unfolds": [
        papers.pdf_bomb(),
        papers.nested_pdf_bomb(),
        papers.endless_picture_pdf(),
        papers.png_bomb(),
        papers.png_bomb(9_000),
    ],
    "paper_too_many_pages": [papers.pdf(301)],
}


@pytest.mark.parametrize(
    ("code", "data"), [(code, each) for code, some in NOT_KEPT.items() for each in some]
)
def test_what_could_do_harm_is_refused_in_words(code: str, data: bytes) -> None:
    with pytest.raises(Rejected) as refused:
        look(data)
    assert refused.value.code == code
    assert status_of(code) == 422
    for language in Language:
        text = words(language).problem[code]
        assert text["title"]
        assert text["detail"].format_map(dict(refused.value.params))


def test_it_is_looked_at_by_a_process_that_can_do_no_harm(tmp_path: Path) -> None:
    assert sent(tmp_path, papers.picture("JPEG")).media_type is MediaType.JPEG


@pytest.mark.parametrize("code", NOT_KEPT)
def test_what_that_process_refuses_is_kept_nowhere(tmp_path: Path, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        sent(tmp_path, NOT_KEPT[code][-1])
    assert refused.value.code == code
    assert [each for each in (tmp_path / "papers").rglob("*") if each.is_file()] == []


def test_a_note_in_a_picture_that_unfolds_is_refused() -> None:
    with pytest.raises(Rejected) as refused:
        look(papers.png_text_bomb())
    assert refused.value.code in {"paper_broken", "paper_unfolds"}


def test_one_thing_sent_as_another_is_refused() -> None:
    with pytest.raises(Rejected) as refused:
        look(papers.picture("PNG"), "application/pdf")
    assert refused.value.code == "paper_mislabelled"


def test_who_looks_for_ever_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("looking", 1)

    monkeypatch.setattr(subprocess, "run", gives_up)
    with pytest.raises(Rejected) as refused:
        sent(tmp_path, papers.pdf())
    assert refused.value.code == "paper_unfolds"
    assert json.dumps(dict(refused.value.params))
