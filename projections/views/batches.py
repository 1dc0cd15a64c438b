"""Batches, as a centre or the whole house reads them; and the cases that lines name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, select

from domain.batch.vocabulary import BatchStatus
from projections.views.batch_rows import BatchRow, batches
from projections.views.caseload_rows import caseload
from projections.views.pages import Order, Page, Part, page_of

NEWEST = "-prepared_on"
NEWEST_FIRST = Order((batches.c.prepared_on,), batches.c.batch_id, descending=True)
TOGETHER = 400
"""Cases asked for in one query."""


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    status: BatchStatus | None = None
    centre: str | None = None


class Named(NamedTuple):
    """Whose a case is, and what it is called."""

    case_id: UUID
    reference: str
    name_ar: str | None
    name_latin: str | None
    centre: str
    restricted_until: date | None
    """Until when the data of its person is restricted, if it is."""
    erased_on: date | None


_NAMED = tuple(caseload.c[name] for name in Named._fields)


def find(conn: Connection, filters: Filters, part: Part | None = None) -> Page[BatchRow]:
    """One page, the latest prepared first."""
    query = select(batches.table)
    if filters.status is not None:
        query = query.where(batches.c.status == filters.status)
    if filters.centre is not None:
        query = query.where(batches.c.centre == filters.centre)
    return page_of(conn, query, NEWEST_FIRST, part or Part(NEWEST), filters, batches.read)


def by_reference(
    conn: Connection, references: Collection[str], centre: str | None
) -> Mapping[str, Named]:
    """The cases of these references that are the centre's; of whichever, where none is given."""
    return _by(conn, caseload.c.reference, references, centre, lambda found: found.reference)


def by_id(conn: Connection, cases: Collection[UUID], centre: str | None) -> Mapping[UUID, Named]:
    """As `by_reference`, by their ids."""
    return _by(conn, caseload.c.case_id, cases, centre, lambda found: found.case_id)


def _by(
    conn: Connection, column: Any, wanted: Collection[Any], centre: str | None, key: Any
) -> dict[Any, Named]:
    found: dict[Any, Named] = {}
    asked = list(dict.fromkeys(wanted))
    for first in range(0, len(asked), TOGETHER):
        query = select(*_NAMED).where(column.in_(asked[first : first + TOGETHER]))
        if centre is not None:
            query = query.where(caseload.c.centre == centre)
        for row in conn.execute(query):
            one = Named(*row)
            found[key(one)] = one
    return found
