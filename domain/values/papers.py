"""Papers: what kinds there are, what one may be by its content, and what is known of one."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

MOST_PAGES = 300


class PaperKind(StrEnum):
    """What a paper is to whoever keeps it."""

    IDENTITY_CARD = "identity_card"
    RELEASE_SLIP = "release_slip"
    DIPLOMA = "diploma"
    QUOTE = "quote"
    STUDY = "study"
    MINUTES = "minutes"
    UNDERTAKING = "undertaking"
    DELIVERY_SLIP = "delivery_slip"
    RECEIPT = "receipt"
    INVOICE = "invoice"
    LEASE = "lease"
    PERMIT = "permit"
    PLATE = "plate"
    INSURANCE = "insurance"
    CONSENT = "consent"
    LIST = "list"
    PHOTOGRAPH = "photograph"
    AGREEMENT = "agreement"
    AMENDMENT = "amendment"
    OTHER = "other"


KEPT_BY: Mapping[str, frozenset[PaperKind]] = {
    "case": frozenset(PaperKind)
    - {PaperKind.LIST, PaperKind.PHOTOGRAPH, PaperKind.AGREEMENT, PaperKind.AMENDMENT},
    "session": frozenset({PaperKind.MINUTES, PaperKind.LIST, PaperKind.OTHER}),
    "order": frozenset(
        {
            *(PaperKind.QUOTE, PaperKind.INVOICE, PaperKind.RECEIPT, PaperKind.DELIVERY_SLIP),
            PaperKind.OTHER,
        }
    ),
    "ceremony": frozenset(
        {PaperKind.LIST, PaperKind.MINUTES, PaperKind.PHOTOGRAPH, PaperKind.OTHER}
    ),
    "agreement": frozenset({PaperKind.AGREEMENT, PaperKind.AMENDMENT, PaperKind.OTHER}),
}
"""Which kinds are kept with what, by the kind of stream."""


class MediaType(StrEnum):
    """What a paper may be, by its content."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"


class PaperPlace(NamedTuple):
    """Which paper: it opens nowhere else."""

    holder: UUID
    """Whose key it is kept under: the person's it is about; else the order's, session's or the like."""
    stream: str
    """What it belongs to."""
    paper: UUID


class PaperFacts(BaseModel):
    """What was found when it came in."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    sha256: str
    """Of the paper itself, in hexadecimal digits."""
    size: int
    """Bytes."""
    media_type: MediaType
    pages: int
    by: UUID
    """Who sent it."""
    at: datetime
    """When (UTC)."""
