"""Handover ceremonies with their lists. Amounts are in MAD."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.errors import Refused
from domain.message import Message
from projections.views import ceremonies
from service.queries.rows import as_model
from service.queries.sources import Reading


class CeremonyRow(Message):
    ceremony_id: UUID
    province: str
    city: str
    place: str
    scheduled_on: date
    held_on: date
    presided_by: str
    status: str
    listed: int
    confirmed: int
    goods: Decimal
    cash: Decimal
    version: int


class CeremonyLine(Message):
    """One person's line on the list: what they received, in MAD."""

    ceremony_id: UUID
    case_id: UUID
    project_id: UUID | None
    agreement_id: UUID | None
    confirmed: bool
    goods: Decimal
    cash: Decimal


class Ceremony(CeremonyRow):
    lines: tuple[CeremonyLine, ...]


class CeremonyPage(Message):
    ceremonies: tuple[CeremonyRow, ...]
    next_cursor: str | None


def list_ceremonies(
    reading: Reading, province: str | None = None, cursor: str | None = None, limit: int = 50
) -> CeremonyPage:
    with reading.views.reading() as conn:
        page = ceremonies.find(conn, province, cursor, limit)
    rows = tuple(as_model(CeremonyRow, row) for row in page.rows)
    return CeremonyPage(ceremonies=rows, next_cursor=page.next_cursor)


def get_ceremony(reading: Reading, ceremony_id: UUID) -> Ceremony:
    """Raises `Refused("ceremony_not_found")`."""
    with reading.views.reading() as conn:
        found = ceremonies.get(conn, ceremony_id)
        if found is None:
            raise Refused("ceremony_not_found")
        lines = ceremonies.lines_of(conn, ceremony_id)
    return as_model(Ceremony, found, lines=tuple(as_model(CeremonyLine, row) for row in lines))
