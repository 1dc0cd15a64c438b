"""What waits for a second person, and their answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from pydantic import ValidationError
from starlette.responses import Response

from domain.asking.rows import SECOND
from domain.commands import STEPS
from domain.errors import JisrError, NotFound, Refused
from domain.message import Step, StreamKind
from domain.values.calendar import local_date
from projections.views.pages import Part
from projections.views.requests import FIRST_ASKED, Filters
from service.application import Ask
from service.console.failures import ISOLATED, told_of
from service.console.hand_made.merging import MERGING, Both, asked_to_merge, asked_to_part
from service.console.pages.agreements import territory_of
from service.console.pages.kept import raised, told
from service.console.pages.known import known
from service.console.pages.noted import lead_to, said_at
from service.console.visit import Signed
from service.problems.problem import text_of
from service.queries.agreements import Agreement, get_agreement
from service.queries.cases import CaseAnswer, get_case
from service.queries.orders import Order, get_order
from service.queries.people import get_beneficiary
from service.queries.requests import WaitingRequest, list_requests
from service.words.store import words

PATH = "/requests"
PAGE = 50
UNNAMED = frozenset({"track_id", "goes_by", "goes_on"})
"""What is said by no name that people know; two who are one person are shown side by side."""
CODED = {"ground": "RequestGround", "because": "ExemptionReason"}
"""What is said in codes."""
CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request as the page tells it."""

    request: WaitingRequest
    agreement: Agreement | None
    """What it is about, where that is one; so are the next two."""
    case: CaseAnswer | None
    order: Order | None
    both: Both | None
    """Whom they are to be merged with, or parted from."""
    territory: str
    """Of the agreement."""
    says: dict[str, Any]
    """By the labels of the fields."""
    last_day: date
    once: str
    """The idempotency key of its answer: pressed twice, it is recorded once."""


async def waiting_for(visit: Signed) -> int:
    """How many of the first page's requests wait for whoever is signed in."""
    if visit.actor.role not in SECOND:
        return 0
    page = await visit.ask(list_requests, Filters(), Part(FIRST_ASKED, limit=PAGE))
    return sum(each.waits_for_you for each in page.requests)


async def requests_page(visit: Signed) -> Response:
    return await _page(visit, await said_at(visit))


async def answer_request(visit: Signed) -> Response:
    """Record the answer that was pressed, and show what is left."""
    form = await visit.form()
    try:
        step, about = _answer(form, visit.today)
    except (KeyError, ValueError):
        raise NotFound from None
    if step is None:
        return await lead_to(visit, PATH, {"without_reason": True}, _page)
    ask = Ask(visit.actor, step, form.get("once") or uuid4().hex, about)
    try:
        await visit.take(ask)
    except JisrError as error:
        return await lead_to(visit, PATH, {"why": told(error)}, _page)
    return visit.redirect(PATH)


def _refusal(visit: Signed, said: Mapping[str, Any]) -> str:
    """Why the answer that was sent is not recorded, in words."""
    page = words(visit.language).page
    if "why" not in said:
        return page["refusing_needs_why"] if said else ""
    error = raised(said["why"])
    if not isinstance(error, Refused):
        return told_of(error, visit.language).title
    _, why = text_of(error.code, error.params, visit.language, ISOLATED)
    return f"{page['not_recorded_because']} {why}"


def _answer(form: dict[str, str], today: date) -> tuple[Step | None, UUID]:
    """The step, and what it is taken on; no step where a refusal says no reason."""
    kind, go = StreamKind(form["kind"]), form["go"]
    if go not in ("confirm", "refuse"):
        raise KeyError(go)
    said: dict[str, Any] = {"occurred_on": today, "request_id": UUID(form["request"])}
    if go == "refuse":
        said["explanation"] = form.get("explanation", "")
    about = UUID(form["about"])
    try:
        return STEPS[f"{go}-{kind}-request"].model_validate(said), about
    except ValidationError:
        return None, about


async def _page(visit: Signed, said: Mapping[str, Any]) -> Response:
    refusal = _refusal(visit, said)
    query = visit.request.query_params
    part = Part(FIRST_ASKED, query.get("after"), PAGE)
    page = await visit.ask(list_requests, Filters(), part)
    return visit.page(
        "requests.html",
        status=CONFLICT if refusal else 200,
        refusal=refusal,
        waiting=[await _told(visit, each) for each in page.requests],
        centres=(await known(visit)).centres,
        next=f"{PATH}?after={page.next_cursor}" if page.next_cursor else None,
    )


async def _told(visit: Signed, request: WaitingRequest) -> Waiting:
    agreement = case = order = both = None
    match request.kind:
        case StreamKind.BENEFICIARY if request.step in MERGING:
            both = await _both(visit, request)
        case StreamKind.AGREEMENT:
            agreement = await visit.ask(get_agreement, request.about)
        case StreamKind.CASE:
            case = await visit.ask(get_case, request.about)
        case StreamKind.ORDER:
            order = await visit.ask(get_order, request.about)
    said = words(visit.language)
    labels = said.field
    return Waiting(
        request=request,
        agreement=agreement,
        case=case,
        order=order,
        both=both,
        territory=territory_of(agreement.territory, visit.language) if agreement else "",
        says={
            labels[name]: said.code[CODED[name]][value] if name in CODED else value
            for name, value in request.says.items()
            if value is not None and name not in UNNAMED
        },
        last_day=local_date(request.lapses_at),
        once=uuid4().hex,
    )


async def _both(visit: Signed, request: WaitingRequest) -> Both | None:
    own = await visit.ask(get_beneficiary, request.about)
    if request.step == "merge-person":
        return await asked_to_merge(visit, own, request.says)
    return await asked_to_part(visit, own)
