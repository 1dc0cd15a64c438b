"""The lists that people work from: what is late, due and coming, a row for each thing to be done.

Each names the step that sees to it. The same conditions make lists and counts.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from domain.case.schedule import ReviewKind
from domain.case.whereabouts import Met
from domain.message import FieldClass, Message
from domain.seeing_to import DONE_BY
from domain.staff.state import Colleague
from projections.views import caseload, still_open, tasks, team
from projections.views.caseload_rows import CaseRow
from projections.views.pages import Part
from service.access.reader import Reading
from service.problems.problem import text_of
from service.queries.absences import absent_of
from service.queries.cursors import opened, sealed
from service.words.language import Language


class Task(tasks.TaskRow):
    """A review that is to be held, with whose case it is in and what sees to it."""

    group: tasks.Group | None
    """How it stands today; null for what is further off."""
    days_late: int | None
    """After its window had closed; 0 where it has not. Null for who may not know the day."""
    done_by: Annotated[str | None, FieldClass.JUDICIAL]
    """The step that completes it."""
    waits_for: Annotated[str | None, FieldClass.JUDICIAL]
    """What that step waits for, in words; null where it can be taken."""
    reference: str
    beneficiary_id: UUID
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    erased_on: date | None
    key_lost: bool

    def seen_with(self, allowed: Collection[FieldClass]) -> Self:
        seen = super().seen_with(allowed)
        return seen if seen is self else seen.model_copy(update={"days_late": None})


class TaskPage(Message):
    tasks: tuple[Task, ...]
    next_cursor: str | None
    """Give it as `cursor` for the next page; none after the last."""
    total: int | None
    """On all pages, where `total=true` asked for it."""


class TaskCounts(tasks.Counts):
    """How many stand in each group today, as many as are listed."""

    by_kind: Annotated[dict[ReviewKind, int] | None, FieldClass.JUDICIAL]
    """Of all three, where there is any."""
    by_met: Annotated[dict[Met, int] | None, FieldClass.JUDICIAL]
    """Of those that are seen to with the person: where."""
    by_province: dict[str, int]
    next_on: Annotated[date | None, FieldClass.JUDICIAL]
    """The first later day on which something falls due."""


class Workload(tasks.Load):
    """What a caseworker has before them."""

    label: str | None
    """Of their post."""
    left: bool
    """Whether they left: all they have is somebody else's to take."""
    open_cases: int
    ageing: team.Ageing
    """Of what is late."""
    silent: int
    """Of the late ones, people whom nobody has met for longer than their limit."""
    paused: int
    """Of the open cases, those that rest."""


class TeamTotals(tasks.Counts):
    """Of all together: each is the sum of the members'."""

    open_cases: int
    unassigned: int
    """Open cases of who left: somebody else's to take."""
    ageing: team.Ageing
    silent: int
    paused: int


class Team(Message):
    """The caseworkers of a centre, or of all, who has most that is late first."""

    members: tuple[Workload, ...]
    totals: TeamTotals
    stages: tuple[team.StageStanding, ...]
    """The open cases by stage; of stages with any."""


def list_tasks(reading: Reading, filters: tasks.Filters, part: Part | None = None) -> TaskPage:
    """The longest overdue first, then what ends the soonest."""
    filters, part = with_absent(reading, filters), opened(reading, part or Part(tasks.PRESSING))
    with reading.views.reading() as conn:
        page = tasks.find(conn, filters, reading.today, part)
        cases = caseload.of(conn, {row.case_id for row in page.rows})
    today, language = reading.today, reading.reader.language
    found = (task_of(row, cases.get(row.case_id), today, language) for row in page.rows)
    return TaskPage(
        tasks=tuple(each for each in found if each is not None),
        next_cursor=sealed(reading, page.next_cursor),
        total=page.total,
    )


def count_tasks(reading: Reading, filters: tasks.Filters) -> TaskCounts:
    filters = with_absent(reading, filters)
    with reading.views.reading() as conn:
        found = tasks.counts(conn, filters, reading.today)
        kinds = tasks.by_kind(conn, filters, reading.today)
        provinces = tasks.by_province(conn, filters, reading.today)
        met = tasks.by_met(conn, filters, reading.today)
        later = tasks.next_day(conn, filters, reading.today)
    return TaskCounts(
        **dict(found), by_kind=kinds, by_met=met, by_province=provinces, next_on=later
    )


def get_team(reading: Reading, filters: tasks.Filters) -> Team:
    """Who has cases in the centre, whether anything is due in them or not."""
    staff, today, centre = reading.directory.staff().staff, reading.today, filters.centre
    with reading.views.reading() as conn:
        many = still_open.all_by_caseworker(conn, centre)
        loads = {each.caseworker: each for each in tasks.loads(conn, filters, today)}
        burdens = team.burdens(conn, centre, today)
        paused, stages = team.paused(conn, centre, today), team.stages(conn, centre, today)
    members = [
        _workload(
            loads.get(who) or tasks.Load(caseworker=who, oldest=None, overdue=0, due=0, coming=0),
            burdens.get(who, team.Burden()),
            staff.get(who),
            many[who],
            paused.get(who, 0),
        )
        for who in many
    ]
    return Team(
        members=tuple(sorted(members, key=_pressure)),
        totals=_totals(members),
        stages=tuple(stages),
    )


def _workload(
    load: tasks.Load,
    burden: team.Burden,
    member: Colleague | None,
    open_cases: int,
    paused: int,
) -> Workload:
    label = member.label if member else None
    left = member is not None and member.left_on is not None
    return Workload(
        **dict(load),
        label=label,
        left=left,
        ageing=burden.ageing,
        silent=burden.silent,
        open_cases=open_cases,
        paused=paused,
    )


def _totals(members: Sequence[Workload]) -> TeamTotals:
    def summed(name: str) -> int:
        return sum(getattr(each, name) for each in members)

    ages = (*team.Ageing.model_fields,)
    counted = ("overdue", "due", "coming", "open_cases", "silent", "paused")
    return TeamTotals(
        **{name: summed(name) for name in counted},
        unassigned=sum(each.open_cases for each in members if each.left),
        ageing=team.Ageing(
            **{name: sum(getattr(each.ageing, name) for each in members) for name in ages}
        ),
    )


def _pressure(member: Workload) -> tuple[int, int, str]:
    return -member.overdue, -member.due, member.label or str(member.caseworker)


def with_absent(reading: Reading, filters: tasks.Filters) -> tasks.Filters:
    return replace(filters, absent=absent_of(reading, filters.caseworker))


def task_of(
    row: tasks.TaskRow, case: CaseRow | None, today: date, language: Language
) -> Task | None:
    if case is None:
        return None
    return Task(
        **dict(row),
        group=tasks.group_of(row, today),
        days_late=max((today - row.window_end).days, 0),
        done_by=DONE_BY.get(row.kind) if row.kind else None,
        waits_for=text_of(row.blocked, {}, language)[1] if row.blocked else None,
        reference=case.reference,
        beneficiary_id=case.beneficiary_id,
        name_ar=case.name_ar,
        name_latin=case.name_latin,
        erased_on=case.erased_on,
        key_lost=case.key_lost,
    )
