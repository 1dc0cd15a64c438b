"""What was found by looking at a paper, and why one is not kept."""

from typing import BinaryIO, NamedTuple

from domain.values.papers import MediaType

Piece = tuple[int, int] | bytes
"""Bytes of a file, from and to; or others, that stand in the stead of some."""


class Found(NamedTuple):
    media_type: MediaType
    pages: int
    keep: tuple[Piece, ...]
    """What is kept of it, in this order: what a telephone notes of a picture is left out."""


class Unkept(Exception):
    """Why it is not kept: a problem's code, with its numbers."""

    def __init__(self, code: str, **params: int) -> None:
        self.code, self.params = code, params
        super().__init__(code)


MOST_PIXELS = 150_000_000
"""Of one picture; the largest telephones take 108 million."""
MOST_DECODED = 64_000_000
"""Pixels of a picture that cannot be looked at in small, as a JPEG can."""
MOST_PAGES = 300
SCAN = 64 * 1024

SCRIPTS = (b"<script", b"<html", b"<!doctype", b"<?php", b"<svg", b"<iframe", b"<body")
"""What another reader would take for a page; lower case."""


def holds_any(file: BinaryIO, wanted: tuple[bytes, ...], *, up_to: int | None = None) -> bool:
    """Whether any of these stands in it, small or large."""
    file.seek(0)
    longest, before, left = max(map(len, wanted)), b"", up_to
    while piece := file.read(SCAN if left is None else min(SCAN, left)):
        text = before + piece.lower()
        if any(each in text for each in wanted):
            return True
        before = text[-longest:]
        left = None if left is None else left - len(piece)
    return False
