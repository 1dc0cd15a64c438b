"""Cohorts with who is in them: a person is read by their case's centre, and by who sees everything."""

from collections.abc import Sequence

from sqlalchemy import Connection

from domain.errors import Refused
from domain.message import Message
from projections.views import cohorts
from projections.views.cohort_rows import CohortRow
from projections.views.pages import Part
from service.access.reader import Reading
from service.access.scope import SeenCohort, reads_restricted
from service.queries.cursors import opened, sealed
from service.queries.naming import entry_names


class NamedCohort(CohortRow):
    provider_name: str | None
    """In the language asked for."""


class Cohort(NamedCohort):
    people: tuple[cohorts.NamedPlace, ...]
    """Those of your own cases; all of them for who sees every centre."""


class CohortPage(Message):
    cohorts: tuple[NamedCohort, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


def list_cohorts(
    reading: Reading, filters: cohorts.Filters, part: Part | None = None
) -> CohortPage:
    part = opened(reading, part or Part(cohorts.NEWEST))
    with reading.views.reading() as conn:
        page = cohorts.find(conn, filters, part)
        named = _named(reading, conn, page.rows)
    cursor = sealed(reading, page.next_cursor)
    return CohortPage(cohorts=named, next_cursor=cursor, total=page.total)


def get_cohort(reading: Reading, cohort: SeenCohort) -> Cohort:
    """Raises `Refused("cohort_not_found")`."""
    with reading.views.reading() as conn:
        found = cohorts.get(conn, cohort.id)
        if found is None:
            raise Refused("cohort_not_found")
        named = _named(reading, conn, [found])[0]
        people = cohorts.people_of(conn, cohort.id, cohort.people_of)
    return Cohort(**dict(named), people=tuple(_told(reading, each) for each in people))


def _named(
    reading: Reading, conn: Connection, rows: Sequence[CohortRow]
) -> tuple[NamedCohort, ...]:
    names = entry_names(reading, conn, (row.provider for row in rows))
    return tuple(NamedCohort(**dict(row), provider_name=names.get(row.provider)) for row in rows)


UNTOLD = ("reference", "name_ar", "name_latin", "restricted_until")
"""What a place does not say of whose it is."""


def _told(reading: Reading, place: cohorts.NamedPlace) -> cohorts.NamedPlace:
    """The place; of whose it is nothing where the reader does not read of the restricted."""
    if place.restricted_until is None or reads_restricted(reading):
        return place
    return place.model_copy(update=dict.fromkeys(UNTOLD))
