"""Who was back at school, minors apart: a row an enrolment for a school year, counted by people.

An enrolment keeps the centre and the province that the case had then, so that a published number does
not change when the case moves later. Whether somebody was a minor is told of the day they were enrolled.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, case, func, select
from sqlalchemy.sql.elements import ColumnElement

from domain.message import Message, StreamKind
from domain.tracks.schooling.state import Schooling
from domain.tracks.schooling.vocabulary import SchoolLevel, YearResult
from domain.values.places import places
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated
from projections.views.reports import Filters


class Enrolment(Message):
    """Of somebody, for one school year."""

    case_id: UUID
    number: int
    beneficiary_id: UUID
    school_year: str
    level: SchoolLevel
    enrolled_on: date
    minor: bool
    """Below eighteen on that day; not of whom no birth date is known any more."""
    left: bool
    passed: bool
    centre: str | None
    province: str | None
    region: str | None


class Schooled(Message):
    """How many people were enrolled at a level. One enrolled at two counts in both."""

    level: SchoolLevel
    people: int
    minors: int
    """Of the people: those who were minors when they were enrolled."""
    enrolments: int
    left: int
    """Of the people: those who left a year."""
    passed: int
    """Of the people: those who passed one."""


enrolments = View(
    "school_enrolments",
    Enrolment,
    key=["case_id", "number"],
    owner="case_id",
    indexes=[["enrolled_on"]],
)
_enrolment = unvalidated(Enrolment)


def by_level(conn: Connection, filters: Filters) -> list[Schooled]:
    """Of the days, the centre, the province and the region that `filters` name."""
    found, person = enrolments.c, enrolments.c.beneficiary_id
    some = (case((flag == True, person)) for flag in (found.minor, found.left, found.passed))  # noqa: E712 (a column)
    minors, left, passed = (func.count(each.distinct()) for each in some)
    counted = (func.count(person.distinct()), minors, func.count(), left, passed)
    query = select(found.level, *counted).where(*_conditions(filters)).group_by(found.level)
    rows = {row[0]: row for row in conn.execute(query)}
    return [
        Schooled(
            level=each, people=row[1], minors=row[2], enrolments=row[3], left=row[4], passed=row[5]
        )
        for each in SchoolLevel
        if (row := rows.get(each)) is not None
    ]


def behind(level: SchoolLevel, since: date | None, until: date | None) -> Select[Any]:
    """The cases of those counted as enrolled at that level in those days."""
    counted = _conditions(Filters(since=since, until=until))
    return select(enrolments.c.case_id).where(enrolments.c.level == level, *counted)


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.since is not None:
        yield enrolments.c.enrolled_on >= filters.since
    if filters.until is not None:
        yield enrolments.c.enrolled_on <= filters.until
    for name in ("centre", "province", "region"):
        if (value := getattr(filters, name)) is not None:
            yield enrolments.c[name] == value


def _rows(name: str, folds: Folds) -> Iterable[Enrolment]:
    state = folds.case(name).state
    if state.beneficiary_id is None:
        return
    tracks = (each for each in state.tracks.values() if isinstance(each, Schooling))
    years = (each for track in tracks for each in track.enrolments)
    for number, (school_year, year) in enumerate(years, 1):
        yield _enrolment(
            case_id=UUID(name),
            number=number,
            beneficiary_id=folds.one_of(state.beneficiary_id),
            school_year=school_year,
            level=year.level,
            enrolled_on=year.enrolled.on,
            minor=state.is_minor(year.enrolled.on),
            left=year.left,
            passed=year.result is YearResult.PASSED,
            centre=year.centre,
            province=year.province,
            region=places()[year.province].region if year.province else None,
        )


SCHOOLED = Derived(enrolments, StreamKind.CASE, _rows)
