"""The lists that people work from."""

from fastapi import FastAPI
from starlette.responses import Response

from projections.views.tasks import PRESSING, Filters
from service.api.asking import Asker, add_query
from service.api.parameters import TaskFilters, TasksCounted, TeamOf
from service.queries import worklists

TAG = "worklists"


async def list_tasks(asker: Asker, given: TaskFilters) -> Response:
    """What is to be done: a row a review, the longest overdue first, then what ends the soonest.

    Each names the step that sees to it. A centre's own staff see their centre's.
    """
    await asker.caught_up(given.at_least)
    part = given.part(PRESSING, total=given.total)
    return await asker.answer(worklists.list_tasks, Filters(**given.filters), part)


async def count_tasks(asker: Asker, given: TasksCounted) -> Response:
    """How many are overdue, due and coming within seven days: as many as are listed."""
    await asker.caught_up(given.at_least)
    return await asker.answer(worklists.count_tasks, Filters(**given.filters))


async def team(asker: Asker, given: TeamOf) -> Response:
    """What each caseworker of the centre has before them, who has most that is late first."""
    await asker.caught_up(given.at_least)
    return await asker.answer(worklists.get_team, Filters(**given.filters))


def add_worklist_queries(app: FastAPI) -> None:
    path = "/v1/tasks"
    add_query(app, "list-tasks", path, TAG, list_tasks, worklists.TaskPage)
    add_query(app, "count-tasks", f"{path}/counts", TAG, count_tasks, worklists.TaskCounts)
    add_query(app, "get-team", "/v1/team", TAG, team, worklists.Team)
