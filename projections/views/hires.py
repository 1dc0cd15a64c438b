"""Who was hired, partner companies apart: a row a hire, counted by people.

A hire keeps the centre and the province that the case had then, so that a published number does not
change when the case moves later.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, case, func, select
from sqlalchemy.sql.elements import ColumnElement

from domain.message import Message, StreamKind
from domain.tracks.employment.state import Employment
from domain.tracks.employment.vocabulary import EmployerKind
from domain.values.places import places
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated
from projections.views.reports import Filters


class Hire(Message):
    """One hire of somebody."""

    case_id: UUID
    number: int
    beneficiary_id: UUID
    employer: EmployerKind
    hired_on: date
    standing: bool
    """Whether the job has not ended."""
    centre: str | None
    province: str | None
    region: str | None


class Hired(Message):
    """How many people were hired by employers found so. One hired by two kinds counts in both."""

    employer: EmployerKind
    people: int
    hires: int
    still_employed: int
    """Of the people: those whose job has not ended."""


hires = View("hires", Hire, key=["case_id", "number"], owner="case_id", indexes=[["hired_on"]])
_hire = unvalidated(Hire)


def by_employer(conn: Connection, filters: Filters) -> list[Hired]:
    """Of the days, the centre, the province and the region that `filters` name."""
    found, person = hires.c, hires.c.beneficiary_id
    still = case((found.standing == True, person))  # noqa: E712 (a column)
    counted = (func.count(person.distinct()), func.count(), func.count(still.distinct()))
    query = select(found.employer, *counted).where(*_conditions(filters)).group_by(found.employer)
    rows = {row[0]: row for row in conn.execute(query)}
    return [
        Hired(employer=each, people=row[1], hires=row[2], still_employed=row[3])
        for each in EmployerKind
        if (row := rows.get(each)) is not None
    ]


def behind(employer: EmployerKind, since: date | None, until: date | None) -> Select[Any]:
    """The cases of those counted as hired by such employers in those days."""
    counted = _conditions(Filters(since=since, until=until))
    return select(hires.c.case_id).where(hires.c.employer == employer, *counted)


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.since is not None:
        yield hires.c.hired_on >= filters.since
    if filters.until is not None:
        yield hires.c.hired_on <= filters.until
    for name in ("centre", "province", "region"):
        if (value := getattr(filters, name)) is not None:
            yield hires.c[name] == value


def _rows(name: str, folds: Folds) -> Iterable[Hire]:
    state = folds.case(name).state
    if state.beneficiary_id is None:
        return
    tracks = (each for each in state.tracks.values() if isinstance(each, Employment))
    jobs = ((job, track.standing is job) for track in tracks for job in track.placements)
    for number, (job, standing) in enumerate(jobs, 1):
        yield _hire(
            case_id=UUID(name),
            number=number,
            beneficiary_id=folds.one_of(state.beneficiary_id),
            employer=job.employer,
            hired_on=job.hired.on,
            standing=standing,
            centre=job.centre,
            province=job.province,
            region=places()[job.province].region if job.province else None,
        )


HIRES = Derived(hires, StreamKind.CASE, _rows)
