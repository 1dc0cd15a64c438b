"""The open cases that another centre is to follow: of a centre that closes, or of a province that passes.

Each group is counted by the same conditions by which its list is cut, so the number is the list's length.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from sqlalchemy import Connection

from domain.message import Message
from domain.registry.state import REGISTRY, RegistryState
from projections.views import caseload, still_open
from service.access.reader import Reading


class PassingCases(Message):
    """Open cases of a province that the case's centre does not serve, or will not, and others do."""

    centre: str
    """Whose they are: to be referred from there."""
    province: str
    since: date
    """From when on; today where it is so already."""
    to_centres: tuple[str, ...]
    open_cases: int


def passing(reading: Reading, conn: Connection, centre: str | None) -> tuple[PassingCases, ...]:
    """Of a centre, or everywhere; not of one that closes, all of whose cases are to go."""
    return tuple(
        sorted(_passing(reading, conn, centre), key=lambda each: (each.since, each.province))
    )


def _passing(reading: Reading, conn: Connection, centre: str | None) -> Iterator[PassingCases]:
    registry = registry_of(reading)
    for (of, province), many in still_open.by_province(conn, centre).items():
        found = registry.passes_on(of, province, reading.today)
        if found is not None and registry.closing_of(of) is None:
            since, to = found
            yield PassingCases(
                centre=of,
                province=province,
                since=since,
                to_centres=tuple(sorted(to)),
                open_cases=many,
            )


def to_refer(reading: Reading, filters: caseload.Filters) -> caseload.Filters:
    """The same, cut to those groups where it is asked for: of a centre, and of a province or all."""
    if not filters.to_refer:
        return filters
    registry = registry_of(reading)
    closing = [(each, None) for each in registry.centres if registry.closing_of(each) is not None]
    with reading.views.reading() as conn:
        leaving = [(each.centre, each.province) for each in passing(reading, conn, filters.centre)]
    return replace(filters, groups=(*closing, *leaving))


def registry_of(reading: Reading) -> RegistryState:
    return cast("RegistryState", reading.ledger.state(REGISTRY))
