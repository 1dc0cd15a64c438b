"""The lists that people work from."""

from typing import Annotated
from uuid import UUID

from fastapi import FastAPI, Query
from starlette.responses import Response

from domain.case.schedule import ReviewKind
from domain.values.codes import Code
from domain.values.places import ProvinceCode
from projections.views.tasks import PRESSING, Age, Filters, Group, Sort
from service.api.asking import Asker, add_query
from service.api.parameter_kinds import Counted, Paged, Parameters
from service.queries import worklists

TAG = "worklists"


class TaskFilter(Parameters):
    kind: ReviewKind | None = None
    """Of reviews; not asked by who may not know of custody."""
    case_id: UUID | None = None
    centre: Code | None = None
    caseworker: UUID | None = None
    """Asked with one's own id, those of whom one stands in for are among them."""
    province: ProvinceCode | None = None
    late: Age | None = None
    """Overdue by up to seven days, by up to twenty-one, or longer; for who may know of custody."""


class TaskParameters(TaskFilter, Paged, Counted):
    sort: Sort = PRESSING
    """`pressing`: the longest overdue first, then what ends the soonest; `-pressing`: what ends last
    first; `begins`: what began, or begins, first."""
    group: Group | None = None
    """Overdue: its window has ended; due: it has begun; coming: it begins within seven days."""


class TeamParameters(Parameters):
    centre: Code | None = None


async def list_tasks(asker: Asker, given: Annotated[TaskParameters, Query()]) -> Response:
    """What is to be done: a row a review, the longest overdue first unless sorted otherwise.

    Each names the step that sees to it. A centre's own staff see their centre's.
    """
    await asker.caught_up(given.at_least)
    part = given.part(given.sort, total=given.total)
    return await asker.answer(worklists.list_tasks, Filters(**given.filters), part)


async def count_tasks(asker: Asker, given: Annotated[TaskFilter, Query()]) -> Response:
    """How many are overdue, due and coming within seven days: as many as are listed."""
    await asker.caught_up(given.at_least)
    return await asker.answer(worklists.count_tasks, Filters(**given.filters))


async def team(asker: Asker, given: Annotated[TeamParameters, Query()]) -> Response:
    """What each caseworker of the centre has before them, who has most that is late first.

    With it how late that is, who was not met for too long, what rests, and the sums of all.
    """
    await asker.caught_up(given.at_least)
    return await asker.answer(worklists.get_team, Filters(**given.filters))


def add_worklist_queries(app: FastAPI) -> None:
    path = "/v1/tasks"
    add_query(app, "list-tasks", path, TAG, list_tasks, worklists.TaskPage)
    add_query(app, "count-tasks", f"{path}/counts", TAG, count_tasks, worklists.TaskCounts)
    add_query(app, "get-team", "/v1/team", TAG, team, worklists.Team)
