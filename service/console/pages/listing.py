"""Who can be put on a ceremony's list, or come in somebody's place: each with what lacks."""

from uuid import UUID

from starlette.responses import Response

from domain.case.vocabulary import Stage
from domain.errors import NotFound
from projections.views.caseload import NEWEST, Filters
from projections.views.pages import Part
from service.access.table import require
from service.console.choices.asking import as_id
from service.console.hand_made.hold import entry_of
from service.console.showing.holding import Queue
from service.console.showing.listing import PLACING, Candidate, candidate, people_at
from service.console.visit import Signed
from service.queries.caseload import list_cases
from service.queries.cases import get_case
from service.queries.ceremonies import get_ceremony

PAGE = 10
"""Of each the whole case is asked what it lacks."""


async def people_page(visit: Signed) -> Response:
    """Those of the reader's centre who are at that stage; who can be placed stands first."""
    require(visit.actor, PLACING)
    ceremony_id, query = visit.id_of("ceremony_id"), visit.request.query_params
    ceremony = await visit.ask(get_ceremony, ceremony_id, ())
    if ceremony.status != "scheduled":
        return visit.redirect(f"/ceremonies/{ceremony_id}")
    replaces, sent = as_id(query.get("replaces", "")), query.get("sent", "")
    leaving = Queue.of(ceremony.lines, {}, visit.language).of_case(replaces) if replaces else None
    if replaces is not None and leaving is None:
        raise NotFound
    people, cursor = await _people(visit, ceremony_id, query.get("after"), replaces)
    here = people_at(ceremony_id, replaces)
    return visit.page(
        "listing.html",
        ceremony=ceremony,
        leaving=leaving,
        people=people,
        next=people_at(ceremony_id, replaces, after=cursor) if cursor else None,
        here=here,
        sent=sent,
        entry=await entry_of(visit, sent),
    )


async def _people(
    visit: Signed, ceremony_id: UUID, after: str | None, replaces: UUID | None
) -> tuple[list[Candidate], str | None]:
    filters = Filters(stage=Stage.EQUIPMENT_DELIVERY)
    page = await visit.ask(list_cases, filters, Part(NEWEST, after, PAGE))
    found: list[Candidate] = []
    for row in page.cases:
        case = await visit.ask(get_case, row.case_id)
        if not any(each.ceremony_id == ceremony_id and each.on_list for each in case.with_projects):
            found.append(candidate(case, ceremony_id, replaces, visit.actor.role, visit.language))
    found.sort(key=lambda each: each.href is None)
    return found, page.next_cursor
