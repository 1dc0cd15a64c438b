"""Papers to print, and the page that the square code of a paper leads to."""

from collections.abc import Callable, Mapping
from uuid import UUID

from starlette.responses import Response

from domain.errors import NotFound, Refused
from domain.message import OriginKind
from projections.views.caseload import Filters
from service.access.table import QUERIES as TABLE
from service.console.showing.links import CaseLinks
from service.console.showing.papers_out import of_case
from service.console.visit import Signed
from service.printing.pdf import Pdf
from service.queries.cases import get_case
from service.queries.histories import (
    get_ceremony_history,
    get_cohort_history,
    get_order_history,
    get_session_history,
)
from service.queries.history import (
    History,
    Moment,
    Stretch,
    get_beneficiary_history,
    get_case_history,
)
from service.queries.papers_out.sheets import Collection
from service.queries.papers_out.table import A_ROUND, OF_A_THING, Print

LOOKED_AT = 500
"""Of the last entries: who comes back after more than that is told "many"."""
HISTORIES: Mapping[Collection, Callable[..., History]] = {
    Collection.CASES: get_case_history,
    Collection.PEOPLE: get_beneficiary_history,
    Collection.CEREMONIES: get_ceremony_history,
    Collection.SESSIONS: get_session_history,
    Collection.ORDERS: get_order_history,
    Collection.COHORTS: get_cohort_history,
}
LONGEST_NUMBER = 15


async def paper(visit: Signed) -> Response:
    """A paper of one thing, as a PDF."""
    asked = visit.request.path_params
    papers = OF_A_THING.get(_collection(asked["collection"]), {})
    printed = papers.get(asked["paper"])
    if printed is None:
        raise NotFound
    return await _printed(visit, printed, visit.id_of("thing_id"))


async def papers_of_case(visit: Signed) -> Response:
    """What can be printed of a case: a page of its own, for the case's is long enough on a phone."""
    case = await visit.ask(get_case, visit.id_of("case_id"))
    papers = of_case(case.case_id, case.with_projects, visit.actor.role)
    links = CaseLinks(case.case_id, case.open_steps, visit.language)
    return visit.page(
        "case_papers.html",
        case=case,
        papers=papers,
        prints=visit.actor.role in TABLE["print-attestation"].who,
        issue=links.find("issue-attestation"),
        cancel={
            each.attestation_id: links.find(
                "cancel-attestation", attestation_id=each.attestation_id
            )
            for each in case.attestations
            if each.cancelled_on is None
        },
    )


async def attestation(visit: Signed) -> Response:
    """One of a case, as a PDF."""
    printed = OF_A_THING[Collection.CASES]["attestation"]
    return await _printed(visit, printed, visit.id_of("case_id"), visit.id_of("attestation_id"))


async def round_of_visits(visit: Signed) -> Response:
    """The sheets of a round, as a PDF."""
    query = visit.request.query_params
    try:
        caseworker = UUID(query["caseworker"]) if query.get("caseworker") else None
    except ValueError:
        raise Refused("filter_unknown") from None
    filters = Filters(caseworker=caseworker, province=query.get("province") or None)
    return await _printed(visit, A_ROUND, filters)


async def attendance_sheet(visit: Signed) -> Response:
    """A cohort's sheet for the day of the address, as a PDF."""
    printed = OF_A_THING[Collection.COHORTS]["attendance-sheet"]
    return await _printed(visit, printed, visit.id_of("cohort_id"), visit.day_of("day"))


async def _printed(visit: Signed, what: Print, *asked: object) -> Response:
    visit.request.scope["operation"] = what.name
    return Pdf.of(await visit.print(what.query, *asked), what.file)


async def printed_paper(visit: Signed) -> Response:
    """What became of it since a paper was printed: for who may read of it, and nobody else."""
    asked = visit.request.path_params
    collection, thing = _collection(asked["collection"]), visit.id_of("thing_id")
    at = visit.request.query_params.get("at", "")
    if not at.isascii() or not at.isdecimal() or len(at) > LONGEST_NUMBER:
        raise NotFound
    since = await _since(visit, collection, thing, int(at))
    return visit.page(
        "printed.html",
        collection=collection,
        thing_id=thing,
        position=int(at),
        since=since,
        many=LOOKED_AT,
    )


async def _since(visit: Signed, collection: Collection, thing: UUID, at: int) -> int | None:
    """How much was entered later by people, as far as the reader may see; None for a round."""
    query = HISTORIES.get(collection)
    if query is None:
        return None
    first = await visit.ask(query, thing, Stretch(Moment(), 0, LOOKED_AT))
    if first.next_after is not None:
        last = Stretch(Moment(), max(first.version - LOOKED_AT, 0), LOOKED_AT)
        return _later(await visit.ask(query, thing, last), at)
    return _later(first, at)


def _later(history: History, at: int) -> int:
    """Entries, not events: one step may record several. What falls due is entered by nobody."""
    return len(
        {
            each.command_id
            for each in history.events
            if each.position > at and each.origin.kind is not OriginKind.TIMER
        }
    )


def _collection(name: str) -> Collection:
    try:
        return Collection(name)
    except ValueError:
        raise NotFound from None
