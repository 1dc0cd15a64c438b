"""Cases, their reminders, and whom they are about."""

from uuid import UUID

from fastapi import FastAPI
from starlette.responses import Response

from projections.views.caseload import NEWEST, Counts, Filters
from projections.views.people import Filters as SimilarTo
from projections.views.reminders import Filters as Remembered
from service.api.asking import Asker, add_query
from service.api.parameters import (
    AtLeast,
    CaseFilters,
    CaseSearch,
    HistoryPoint,
    PeopleSearch,
    ReminderFilters,
    Search,
    Similar,
    TimelinePage,
    stretch_of,
)
from service.queries import caseload, timeline
from service.queries.cases import CaseAnswer, get_case
from service.queries.history import (
    History,
    get_beneficiary_history,
    get_case_history,
    get_project_history,
)
from service.queries.people import (
    Beneficiary,
    SimilarPeople,
    find_similar_people,
    get_beneficiary,
)
from service.queries.reminder_lives import ReminderLives, get_case_reminders

TAG, CASE = "cases", "/v1/cases/{case_id}"


async def list_cases(asker: Asker, given: CaseFilters) -> Response:
    """The caseload, the latest opened first unless it is sorted otherwise.

    A centre's own staff see their centre's cases. Names are shown to those who may read them.
    """
    await asker.caught_up(given.at_least)
    filters = Filters(**given.filters)
    part = given.part(given.sort, total=given.total)
    return await asker.answer(caseload.list_cases, filters, part)


async def search_cases(asker: Asker, given: Search) -> Response:
    """Cases by the person's name, however it is spelled, or by their reference.

    What is looked for goes in the body, never in the address, because names are personal.
    """
    await asker.caught_up(given.at_least)
    filters = Filters(**given.filters)
    return await asker.answer(caseload.search_cases, filters, given.part(NEWEST))


async def count_cases(asker: Asker, given: AtLeast) -> Response:
    """How the cases stand today: in all, by stage, due, overdue."""
    await asker.caught_up(given.at_least)
    return await asker.answer(caseload.count_cases, Filters())


async def case(asker: Asker, case_id: UUID) -> Response:
    """A case as it stands now: stage, reviews, the steps open, and why others are not."""
    return await asker.thing(get_case, case_id)


async def case_timeline(asker: Asker, case_id: UUID, given: TimelinePage) -> Response:
    """What happened in a case, its project and the person's record."""
    await asker.caught_up(given.at_least)
    return await asker.answer(timeline.get_case_timeline, case_id, given.after, given.limit)


async def case_reminders(asker: Asker, case_id: UUID) -> Response:
    """The life of each reminder of a case: planned, moved and why, recorded, done, missed, cancelled.

    Told from the case's history as it is now, by the holidays that hold now; each planned reminder with
    whether it was recorded once when its time came, or why not.
    """
    return await asker.thing(get_case_reminders, case_id)


async def case_history(asker: Asker, case_id: UUID, given: HistoryPoint) -> Response:
    """Every event of a case with all that is known about it, and the case at any moment.

    Give `version`, `occurred_by` and `known_by` in any combination: only events for which all
    hold are counted.
    """
    return await asker.answer(get_case_history, case_id, stretch_of(given))


async def project_history(asker: Asker, project_id: UUID, given: HistoryPoint) -> Response:
    """Every event of a project, and the project at any moment."""
    return await asker.answer(get_project_history, project_id, stretch_of(given))


async def reminders(asker: Asker, given: ReminderFilters) -> Response:
    """Reviews that fell due, as they were recorded."""
    await asker.caught_up(given.at_least)
    filters = Remembered(**given.filters)
    asked = filters, given.after, given.limit, given.total
    return await asker.answer(timeline.list_reminders, *asked)


async def beneficiary(asker: Asker, beneficiary_id: UUID) -> Response:
    """A person, as last registered or corrected."""
    return await asker.thing(get_beneficiary, beneficiary_id)


async def beneficiary_history(asker: Asker, beneficiary_id: UUID, given: HistoryPoint) -> Response:
    """Every event of a person's own record, and what was known of them at any moment."""
    return await asker.answer(get_beneficiary_history, beneficiary_id, stretch_of(given))


async def similar_people(asker: Asker, given: Similar) -> Response:
    """Who may be registered already: names that are alike, in either script, and the same birth date.

    Or the same year, where no more is known of one. To be asked before somebody is registered; a
    centre's own staff are told of their centre's people.
    """
    await asker.caught_up(given.at_least)
    filters = SimilarTo(**given.filters)
    return await asker.answer(find_similar_people, filters)


def add_case_queries(app: FastAPI) -> None:
    add_query(app, "list-cases", "/v1/cases", TAG, list_cases, caseload.CasePage)
    path = "/v1/cases/search"
    add_query(app, "search-cases", path, TAG, search_cases, caseload.CasePage, CaseSearch)
    add_query(app, "count-cases", "/v1/cases/counts", TAG, count_cases, Counts)
    add_query(app, "get-case", CASE, TAG, case, CaseAnswer)
    path = CASE + "/timeline"
    add_query(app, "get-case-timeline", path, TAG, case_timeline, timeline.Timeline)
    add_query(app, "get-case-history", CASE + "/history", TAG, case_history, History)
    path = CASE + "/reminders"
    add_query(app, "get-case-reminders", path, TAG, case_reminders, ReminderLives)
    add_query(app, "list-reminders", "/v1/reminders", TAG, reminders, timeline.Reminders)
    path = "/v1/projects/{project_id}/history"
    add_query(app, "get-project-history", path, "projects", project_history, History)
    path, tag = "/v1/beneficiaries/{beneficiary_id}", "beneficiaries"
    add_query(app, "get-beneficiary", path, tag, beneficiary, Beneficiary)
    similar = "/v1/beneficiaries/similar"
    add_query(app, "find-similar-people", similar, tag, similar_people, SimilarPeople, PeopleSearch)
    path += "/history"
    add_query(app, "get-beneficiary-history", path, tag, beneficiary_history, History)
