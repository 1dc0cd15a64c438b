"""The shape of a person's record: sections of entries of lines, each a label and what is said."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from domain.message import FieldClass, Message
from domain.values.papers import MediaType, PaperKind
from service.queries.history import HistoricEvent
from service.queries.people import Beneficiary


class RecordLine(Message):
    """One thing that is said."""

    label: str
    value: str


class RecordEntry(Message):
    """What was recorded on a day, or who looked on it."""

    on: date | None
    title: str
    by: str
    """Who recorded it, by the label of their post; empty for what the house did by itself."""
    stands: bool = True
    """Whether it still counts: what was mended is shown too."""
    lines: tuple[RecordLine, ...] = ()


class RecordSection(Message):
    title: str
    intro: str = ""
    entries: tuple[RecordEntry, ...] = ()


class RecordedStream(Message):
    """The same as data: the events of one stream, as they stand in the ledger."""

    stream: str
    events: tuple[HistoricEvent, ...]


class RecordedPaper(Message):
    """A paper that was attached to a case, and where its file is had."""

    case_id: UUID
    paper_id: UUID
    kind: PaperKind | None
    attached_on: date
    attached_by: UUID
    withdrawn_on: date | None
    media_type: MediaType
    size: int
    """Bytes."""
    pages: int
    sha256: str
    href: str | None
    """Where the file itself is to be had; null where it is kept no more."""


class PersonRecord(Message):
    """All that is kept of a person."""

    beneficiary_id: UUID
    language: Literal["ar", "fr", "en"]
    """In which the sections are written: the person's own, or the one asked for."""
    position: int
    """The entry of the ledger up to which it goes."""
    made_at: datetime
    person: Beneficiary
    sections: Annotated[tuple[RecordSection, ...], FieldClass.PERSONAL]
    """To be read; nothing that is kept is left out but ids and digests."""
    streams: Annotated[tuple[RecordedStream, ...], FieldClass.PERSONAL]
    """To be carried elsewhere."""
    papers: Annotated[tuple[RecordedPaper, ...], FieldClass.PERSONAL]
    """Of their cases, each with where its file is had."""
