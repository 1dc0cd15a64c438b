"""Ceremonies with their lists. Amounts are in MAD."""

from uuid import UUID

from domain.errors import Refused
from domain.message import Message
from projections.views import ceremonies
from service.access.reader import Reading


class Ceremony(ceremonies.CeremonyRow):
    lines: tuple[ceremonies.CeremonyLine, ...]


class CeremonyPage(Message):
    ceremonies: tuple[ceremonies.CeremonyRow, ...]
    next_cursor: str | None


def list_ceremonies(
    reading: Reading, province: str | None = None, cursor: str | None = None, limit: int = 50
) -> CeremonyPage:
    with reading.views.reading() as conn:
        page = ceremonies.find(conn, province, cursor, limit)
    return CeremonyPage(ceremonies=tuple(page.rows), next_cursor=page.next_cursor)


def get_ceremony(reading: Reading, ceremony_id: UUID) -> Ceremony:
    """Raises `Refused("ceremony_not_found")`."""
    with reading.views.reading() as conn:
        found = ceremonies.get(conn, ceremony_id)
        if found is None:
            raise Refused("ceremony_not_found")
        lines = ceremonies.lines_of(conn, ceremony_id)
    return Ceremony(**dict(found), lines=tuple(lines))
