"""What a paper is says its content; what could do harm is refused, in words."""

import io
import json
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest

from domain.values.papers import MediaType, PaperPlace
from ledger.papers.folder import Folder
from ledger.papers.vault import Receiving
from service.papers.found import Found
from service.papers.judging import judged
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
    media_type, pages, keep = answer["found"]
    return Found(MediaType(media_type), pages, keep)


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
    assert look(data) == (media_type, pages, len(data))
    assert look(data, media_type) == (media_type, pages, len(data))
    assert look(data, "application/octet-stream").media_type is media_type


def test_what_a_telephone_hangs_on_is_left_out() -> None:
    picture = papers.picture("JPEG")
    for tail in (papers.picture("JPEG", 20, 10), b"whatever SEFT", bytes(5000)):
        assert look(picture + tail).keep == len(picture)


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


@pytest.mark.parametrize("code", NOT_KEPT)
def test_it_is_looked_at_by_a_process_that_can_do_no_harm(tmp_path: Path, code: str) -> None:
    assert sent(tmp_path, papers.picture("JPEG")).media_type is MediaType.JPEG
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
