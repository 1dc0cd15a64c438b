"""Cohorts, and who is in them."""

from uuid import UUID

from fastapi import FastAPI
from starlette.responses import Response

from projections.views.cohorts import Filters
from service.api.asking import Asker, add_query
from service.api.parameters import AtLeast, CohortDay, CohortFilters, HistoryPoint, stretch_of
from service.queries import cohorts
from service.queries.histories import get_cohort_history
from service.queries.history import History


async def list_cohorts(asker: Asker, given: CohortFilters) -> Response:
    """Cohorts with their places, the latest to begin first unless they are sorted otherwise.

    A centre's own staff see those that the centre planned, the shared ones, and those with somebody
    of its cases in them.
    """
    await asker.caught_up(given.at_least)
    part = given.part(given.sort, total=given.total)
    return await asker.answer(cohorts.list_cohorts, Filters(**given.filters), part)


async def cohort(asker: Asker, cohort_id: UUID, given: CohortDay) -> Response:
    """A cohort, its places, and who is in it: to a centre's own staff, those of its cases.

    `on` a day it is told who came, too.
    """
    await asker.caught_up(given.at_least)
    return await asker.thing(cohorts.get_cohort, cohort_id, given.on)


async def cohort_attendance(asker: Asker, cohort_id: UUID, given: AtLeast) -> Response:
    """Who came on which day, of everybody in it: to a centre's own staff, those of its cases."""
    await asker.caught_up(given.at_least)
    return await asker.answer(cohorts.get_cohort_attendance, cohort_id)


async def cohort_history(asker: Asker, cohort_id: UUID, given: HistoryPoint) -> Response:
    """The events of a cohort, and the cohort at any moment; with the places of one's own cases."""
    await asker.caught_up(given.at_least)
    return await asker.answer(get_cohort_history, cohort_id, stretch_of(given))


def add_cohort_queries(app: FastAPI) -> None:
    path, tag = "/v1/cohorts", "cohorts"
    add_query(app, "list-cohorts", path, tag, list_cohorts, cohorts.CohortPage)
    path += "/{cohort_id}"
    add_query(app, "get-cohort", path, tag, cohort, cohorts.Cohort)
    attendance = f"{path}/attendance"
    add_query(
        app, "get-cohort-attendance", attendance, tag, cohort_attendance, cohorts.CohortAttendance
    )
    add_query(app, "get-cohort-history", f"{path}/history", tag, cohort_history, History)
