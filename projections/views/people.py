"""The people registered, with a case or without: whom somebody may be about to register again.

Names that are alike, in either script, and the same birth date; or the same year, where no more is
known of one. There are few of one year in a centre, so their names are compared one by one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from sqlalchemy import Connection, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.beneficiary.restriction.vocabulary import RestrictionGround
from domain.message import FieldClass, Message, StreamKind
from projections.deriving import Derived, Folds
from projections.view import UNANSWERED, View, unvalidated
from projections.views.names import keys_of, words_of
from projections.views.pages import Order, Page, Part, page_of
from projections.views.sought import sought

MOST = 20
"""So many are shown."""


class PersonRow(Message):
    """Somebody who is registered. There is none once they are erased."""

    beneficiary_id: UUID
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    birth_date: Annotated[date | None, FieldClass.PERSONAL]
    birth_year: Annotated[int | None, FieldClass.PERSONAL]
    """Of the birth date, where it is known."""
    centre: str | None
    case_id: UUID | None
    """The one opened last."""
    merged_into: UUID | None
    """Whom they go by, where they were registered twice."""
    restricted_until: date | None
    restricted_for: RestrictionGround | None
    registered_on: Annotated[date, UNANSWERED]
    closed_on: Annotated[date | None, UNANSWERED]
    """The day on which the last of their cases to be closed was."""
    followed: Annotated[bool, UNANSWERED]
    """Whether a case of theirs is open."""


people = View(
    "people",
    PersonRow,
    key=["beneficiary_id"],
    owner="beneficiary_id",
    indexes=[
        ["centre", "birth_year"],
        ["birth_year"],
        ["restricted_until", "beneficiary_id"],
    ],
)
_row = unvalidated(PersonRow)


@dataclass(frozen=True, slots=True)
class Filters:
    """Whom is looked for: by names, in one script or both, and when they were born."""

    name_ar: Annotated[str | None, FieldClass.PERSONAL] = None
    name_latin: Annotated[str | None, FieldClass.PERSONAL] = None
    birth_date: Annotated[date | None, FieldClass.PERSONAL] = None
    birth_year: Annotated[int | None, FieldClass.PERSONAL] = None
    centre: str | None = None
    unrestricted: bool | None = None
    followed: bool | None = None
    """Only those of whom a case is open."""

    @property
    def year(self) -> int | None:
        return self.birth_date.year if self.birth_date else self.birth_year

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.name_ar, self.name_latin) if name)


def similar(conn: Connection, filters: Filters) -> list[PersonRow]:
    """Twenty at most, of more always the same; none where neither date nor year is given."""
    if filters.year is None:
        return []
    query = select(people.table).where(*_conditions(filters)).order_by(people.c.beneficiary_id)
    rows = (people.read(row) for row in conn.execute(query))
    return [row for row in rows if _alike(filters.names, row)][:MOST]


@dataclass(frozen=True, slots=True)
class Restricted:
    """Of whom the data is restricted."""

    centre: str | None = None
    asked: bool = False
    """Only those who asked for it themselves."""


FIRST_ERASABLE = "restricted_until"
ERASABLE = Order((people.c.restricted_until,), people.c.beneficiary_id)


def restricted(conn: Connection, filters: Restricted, part: Part) -> Page[PersonRow]:
    """Whose restriction ends first first."""
    query = select(people.table).where(people.c.restricted_until.is_not(None))
    if filters.centre is not None:
        query = query.where(people.c.centre == filters.centre)
    if filters.asked:
        query = query.where(people.c.restricted_for.is_not(None))
    return page_of(conn, query, ERASABLE, part, filters, people.read)


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    yield people.c.birth_year == filters.year
    if filters.birth_date is not None:
        yield or_(people.c.birth_date.is_(None), people.c.birth_date == filters.birth_date)
    if filters.centre is not None:
        yield people.c.centre == filters.centre
    if filters.unrestricted:
        yield people.c.restricted_until.is_(None)
    if filters.followed:
        yield people.c.followed.is_(True)


def _alike(asked: Iterable[str], row: PersonRow) -> bool:
    """One has each word of the other's name, as it sounds: a third name may be left out."""
    names = tuple(asked)
    theirs = tuple(name for name in (row.name_ar, row.name_latin) if name)
    return _all_in(names, keys_of(*theirs)) or _all_in(theirs, keys_of(*names))


def _all_in(names: Iterable[str], keys: set[str]) -> bool:
    """Whether all words of one of the names are among the keys of others."""
    for name in names:
        wanted = list(sought(words_of(name)))
        met = {each.word for each in wanted if any(each.finds(key) for key in keys)}
        if wanted and met >= {each.word for each in wanted}:
            return True
    return False


def _rows(name: str, folds: Folds) -> Iterable[PersonRow]:
    person = folds.beneficiary(name).state
    if not person.exists or person.erased:
        return
    yield _row(
        beneficiary_id=UUID(name),
        name_ar=person.name_ar,
        name_latin=person.name_latin,
        birth_date=person.birth_date,
        birth_year=person.birth_date.year if person.birth_date else person.birth_year,
        centre=person.centre,
        case_id=person.last_case,
        merged_into=person.merged_into,
        restricted_until=person.restricted_until,
        restricted_for=person.restricted_for,
        registered_on=person.begun_on or date.min,
        closed_on=person.closed_on,
        followed=person.open_case is not None,
    )


PEOPLE = Derived(people, StreamKind.BENEFICIARY, _rows)
