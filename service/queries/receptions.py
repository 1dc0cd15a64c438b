"""Who came without a case: counted by centre and by what for, and nobody named."""

from collections.abc import Sequence

from domain.errors import Refused
from domain.message import Message
from projections.views import receptions
from projections.views.pages import Part
from service.access.reader import Reading
from service.access.things import SeenReception
from service.queries.cursors import opened, sealed
from service.queries.naming import called


class NamedReception(receptions.ReceptionRow):
    sent_to_name: str | None
    """In the language asked for."""


class ReceptionPage(Message):
    receptions: tuple[NamedReception, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


class ReceptionCount(Message):
    rows: tuple[receptions.Received, ...]
    total: int


def list_receptions(
    reading: Reading, filters: receptions.Filters, part: Part | None = None
) -> ReceptionPage:
    part = opened(reading, part or Part(receptions.NEWEST))
    with reading.views.reading() as conn:
        page = receptions.find(conn, filters, part)
        named = _named(reading, page.rows)
    return ReceptionPage(
        receptions=named, next_cursor=sealed(reading, page.next_cursor), total=page.total
    )


def get_reception(reading: Reading, reception: SeenReception) -> NamedReception:
    """Raises `Refused("reception_not_found")` for one that was taken back."""
    with reading.views.reading() as conn:
        row = receptions.get(conn, reception.id)
        if row is None:
            raise Refused("reception_not_found")
        return _named(reading, [row])[0]


def count_receptions(reading: Reading, filters: receptions.Filters) -> ReceptionCount:
    with reading.views.reading() as conn:
        rows = receptions.counted(conn, filters)
    return ReceptionCount(rows=tuple(rows), total=sum(each.receptions for each in rows))


def _named(reading: Reading, rows: Sequence[receptions.ReceptionRow]) -> tuple[NamedReception, ...]:
    name = called(reading)
    return tuple(
        NamedReception(**dict(row), sent_to_name=name(row.sent_to, row.occurred_on)) for row in rows
    )
