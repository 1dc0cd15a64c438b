"""What a centre's coordinator looks at beside the load of each: how late, how silent, at rest, how long.

Everything follows from the rows of the lists it is counted from, so that each number opens its list.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from statistics import median_high
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, case, func, select
from sqlalchemy.sql.elements import ColumnElement

from domain.case.schedule import ReviewKind
from domain.case.vocabulary import Stage
from domain.message import Message
from projections.views.caseload_rows import caseload
from projections.views.tasks import AGES, Age, tasks

task, row = tasks.c, caseload.c


class Ageing(Message):
    """How many of what is late are how late; together they are all that is."""

    week: int = 0
    """Up to seven days after the window's end."""
    three_weeks: int = 0
    """Up to twenty-one: the coordinator was told."""
    longer: int = 0
    """The division was told too."""


class Burden(NamedTuple):
    """What of a caseworker's weighs."""

    ageing: Ageing = Ageing()
    silent: int = 0
    """People whom nobody has met for longer than their limit."""


class StageStanding(Message):
    """The open cases that stand at a stage."""

    stage: Stage
    cases: int
    median_days: int | None
    """For how long half of them have stood there at least. Null where it is not known of any."""


def burdens(conn: Connection, centre: str | None, today: date) -> Mapping[UUID, Burden]:
    """By caseworker; of who has nothing late there is none."""
    late = task.window_end < today
    ages = (_many(AGES[age](today)).label(age) for age in Age)
    silent = _many(task.kind == ReviewKind.SILENCE).label("silent")
    query = select(task.caseworker, *ages, silent).where(late, *_of(task.centre, centre))
    return {
        each.caseworker: Burden(
            Ageing(week=each.week, three_weeks=each.three_weeks, longer=each.longer), each.silent
        )
        for each in conn.execute(query.group_by(task.caseworker))
    }


def paused(conn: Connection, centre: str | None, today: date) -> Mapping[UUID, int]:
    """How many open cases of each caseworker rest."""
    query = select(row.caseworker, func.count()).where(
        row.outcome.is_(None), row.paused_until > today, *_of(row.centre, centre)
    )
    return {who: int(many) for who, many in conn.execute(query.group_by(row.caseworker))}


def stages(conn: Connection, centre: str | None, today: date) -> list[StageStanding]:
    """The open cases by stage, in the order of the stages."""
    query = select(row.stage, row.stage_since, func.count()).where(
        row.outcome.is_(None), *_of(row.centre, centre)
    )
    found: dict[Stage, list[tuple[date | None, int]]] = defaultdict(list)
    for stage, since, many in conn.execute(query.group_by(row.stage, row.stage_since)):
        found[Stage(stage)].append((since, int(many)))
    return [_standing(stage, found[stage], today) for stage in Stage if stage in found]


def _standing(stage: Stage, since: Iterable[tuple[date | None, int]], today: date) -> StageStanding:
    since = list(since)
    days = [max((today - day).days, 0) for day, many in since if day for _ in range(many)]
    return StageStanding(
        stage=stage,
        cases=sum(many for _, many in since),
        median_days=median_high(days) if days else None,
    )


def _many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    many: ColumnElement[int] = func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
    return many


def _of(column: ColumnElement[str], centre: str | None) -> list[ColumnElement[bool]]:
    return [] if centre is None else [column == centre]
