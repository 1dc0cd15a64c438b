"""What stands on a printed paper, as somebody reads it."""

from io import BytesIO

from pypdf import PdfReader


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page; words of Arabic are whole, their order is the line's."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    return " ".join(pages_of(pdf))


def metadata_of(pdf: bytes) -> str:
    """All that a viewer shows of the file beside its pages."""
    return str(PdfReader(BytesIO(pdf)).metadata)
