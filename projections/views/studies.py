"""Who studied in detention, by level: a row a case and level, counted by people; who was registered
twice is one.

Of a person who is erased since, by what was kept of them.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, case, func, select

from domain.case.counting import levels_studied
from domain.case.vocabulary import EducationLevel
from domain.message import Message, StreamKind
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated


class Study(Message):
    """A level at which somebody studied in detention, finished or not."""

    case_id: UUID
    beneficiary_id: UUID
    level: EducationLevel
    centre: str | None
    erased: bool


class Studied(Message):
    """How many people studied in detention at a level. One who studied at two counts in both."""

    level: EducationLevel
    people: int
    erased: int
    """Of the people: those erased since, who are counted by what was kept of them."""


studies = View("studies", Study, key=["case_id", "level"], owner="case_id")
_study = unvalidated(Study)


def by_level(conn: Connection, centre: str | None = None) -> list[Studied]:
    """The levels at which anybody studied, from the first to the last."""
    found = studies.c
    erased = case((found.erased == True, found.beneficiary_id))  # noqa: E712 (a column)
    counted = (func.count(found.beneficiary_id.distinct()), func.count(erased.distinct()))
    query = select(found.level, *counted).group_by(found.level)
    if centre is not None:
        query = query.where(found.centre == centre)
    rows = {row[0]: row for row in conn.execute(query)}
    return [
        Studied(level=level, people=rows[level][1], erased=rows[level][2])
        for level in EducationLevel
        if level in rows
    ]


def _rows(name: str, folds: Folds) -> Iterable[Study]:
    state = folds.case(name).state
    levels = levels_studied(state)
    if not levels or state.beneficiary_id is None:
        return
    erased = folds.beneficiary(state.beneficiary_id).state.erased
    for level in dict.fromkeys(levels):
        yield _study(
            case_id=UUID(name),
            beneficiary_id=folds.one_of(state.beneficiary_id),
            level=level,
            centre=state.centre,
            erased=erased,
        )


STUDIES = Derived(studies, StreamKind.CASE, _rows)
