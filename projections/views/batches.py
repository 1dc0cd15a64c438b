"""Batches, as a centre or the whole house reads them; and the cases that lines name."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, select

from domain.batch.vocabulary import BatchStatus
from projections.views.batch_rows import BatchRow, batches
from projections.views.caseload_rows import caseload
from projections.views.numbers import known_by
from projections.views.pages import Order, Page, Part, page_of
from projections.views.people import people

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


def by_marks(
    conn: Connection, marks: Collection[str], centre: str | None, *, unrestricted: bool
) -> Mapping[str, set[UUID]]:
    """The cases of whom each number is known to be, or of whom they were merged into."""
    found: dict[str, set[UUID]] = defaultdict(set)
    asked = list(dict.fromkeys(marks))
    for first in range(0, len(asked), TOGETHER):
        these = known_by.c.mark.in_(asked[first : first + TOGETHER])
        theirs = known_by.c.beneficiary_id == people.c.beneficiary_id
        known = select(known_by.c.mark, known_by.c.beneficiary_id).where(these)
        met = (
            select(known_by.c.mark, people.c.merged_into)
            .join_from(known_by.table, people.table, theirs)
            .where(these, people.c.merged_into.is_not(None))
        )
        both = known.union(met).subquery()
        of_them = both.c.beneficiary_id == caseload.c.beneficiary_id
        query = select(both.c.mark, caseload.c.case_id).join_from(both, caseload.table, of_them)
        if centre is not None:
            query = query.where(caseload.c.centre == centre)
        if unrestricted:
            query = query.where(caseload.c.restricted_until.is_(None))
        for mark, case in conn.execute(query):
            found[mark].add(case)
    return found


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
