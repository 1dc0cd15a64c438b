"""What people ask of us about their data, and by when we must answer; whose data is restricted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from starlette.responses import Response

from domain.beneficiary.rights.vocabulary import DataRequestKind
from domain.message import Role, StreamKind
from projections.views import data_requests, people, requests
from projections.views.pages import Part
from service.access.table import OF_RESTRICTED, QUERIES
from service.console.navigation import reads_people
from service.console.pages.known import known
from service.console.showing.gaps import Missing, missing_of
from service.console.showing.links import StepLink, form_at
from service.console.visit import Signed
from service.queries.data_requests import (
    DataRequest,
    RestrictedPerson,
    list_data_requests,
    list_restricted_people,
)
from service.queries.requests import list_requests
from service.words import writing
from service.words.store import words

PATH = "/privacy"
PAGE = 50
SOON = 3
"""So many days before it is due it is marked."""
ANSWER = "answer-data-request"
ERASE = "request-erasure"
LIFT = "lift-restriction"
GRANTED_BY = {
    DataRequestKind.ERASE: ERASE,
    DataRequestKind.RESTRICT: "restrict-on-request",
}
"""What is granted by a step of its own."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a line is about, as the reader may know them."""

    names: tuple[writing.Name, ...]
    missing: Missing
    reference: str | None
    centre: str
    href: str
    """Of their page; empty for who does not read of people."""


@dataclass(frozen=True, slots=True)
class Line:
    """A request as the page tells it."""

    whose: Whose
    what: str
    by: str
    asked_on: date
    due_on: date
    late: int
    """Days after it was due; 0 while it is not."""
    left: int
    soon: bool
    answered_on: date | None
    answer: str
    steps: tuple[StepLink, ...]


@dataclass(frozen=True, slots=True)
class Restricted:
    whose: Whose
    until: date
    why: str
    """Why, where they asked for it themselves."""
    late: bool
    """Whether it should have been looked at again before today."""


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """How many requests wait, and by when the first is answered."""

    many: int
    due_on: date
    late: int
    """Days after that."""


async def privacy_page(visit: Signed) -> Response:
    query = visit.request.query_params
    answered = query.get("state") == "answered"
    part = Part(data_requests.FIRST_DUE, query.get("after"), PAGE)
    filters = data_requests.Filters(waiting=not answered)
    page = await visit.ask(list_data_requests, filters, part)
    centres = (await known(visit)).centres
    erasures = await _erasures(visit)
    state = "&state=answered" if answered else ""
    return visit.page(
        "privacy.html",
        answered=answered,
        lines=[*_lines(visit, page.data_requests, centres)],
        next=f"{PATH}?after={page.next_cursor}{state}" if page.next_cursor else None,
        erasures=erasures,
        restricted=[*await _restricted(visit, centres)],
        sees_retention=visit.actor.role in QUERIES["list-retention"].who,
        reads_restricted=visit.actor.role in OF_RESTRICTED,
        several=visit.actor.centre is None,
    )


async def to_answer(visit: Signed) -> ToAnswer | None:
    """For the first page of who answers; None where nothing waits."""
    if ANSWER not in visit.steps_of(StreamKind.BENEFICIARY):
        return None
    part = Part(data_requests.FIRST_DUE, None, 1, total=True)
    page = await visit.ask(list_data_requests, data_requests.Filters(waiting=True), part)
    first = next(iter(page.data_requests), None)
    if first is None:
        return None
    late = max(-(first.days_left or 0), 0)
    return ToAnswer(page.total or 1, first.due_on, late)


async def look_again(visit: Signed) -> int:
    """Days after the first restriction that somebody asked for should have been looked at again, for who
    may lift it; 0 where none is late.
    """
    if visit.actor.role not in OF_RESTRICTED or LIFT not in visit.steps_of(StreamKind.BENEFICIARY):
        return 0
    part = Part(people.FIRST_ERASABLE, None, 1)
    page = await visit.ask(list_restricted_people, people.Restricted(asked=True), part)
    first = next((each.restricted_until for each in page.people), visit.today)
    return max((visit.today - first).days, 0)


async def _erasures(visit: Signed) -> int:
    """How many wait for a second person, of those that are shown first."""
    filters = requests.Filters(kind=StreamKind.BENEFICIARY)
    page = await visit.ask(list_requests, filters, Part(requests.FIRST_ASKED, limit=PAGE))
    return sum(each.step == ERASE for each in page.requests)


async def _restricted(visit: Signed, centres: Mapping[str, str]) -> Iterator[Restricted]:
    if visit.actor.role not in OF_RESTRICTED:
        return iter(())
    part = Part(people.FIRST_ERASABLE, None, PAGE)
    page = await visit.ask(list_restricted_people, people.Restricted(), part)
    return (
        Restricted(
            whose=_whose(visit, each, centres, None),
            until=each.restricted_until,
            why=words(visit.language).of(each.restricted_for) if each.restricted_for else "",
            late=each.restricted_for is not None and each.restricted_until < visit.today,
        )
        for each in page.people
    )


def _lines(
    visit: Signed, found: Iterable[DataRequest], centres: Mapping[str, str]
) -> Iterator[Line]:
    said, may = words(visit.language), visit.steps_of(StreamKind.BENEFICIARY)
    for each in found:
        left = each.days_left or 0
        yield Line(
            whose=_whose(visit, each, centres, each.erased_on),
            what=said.of(each.kind),
            by=said.of(each.asked_by),
            asked_on=each.asked_on,
            due_on=each.due_on,
            late=max(-left, 0),
            left=left,
            soon=left <= SOON,
            answered_on=each.answered_on,
            answer=said.of(each.answer) if each.answer else "",
            steps=tuple(_steps(each, may, said.step)),
        )


def _steps(each: DataRequest, may: Iterable[str], said: Mapping[str, str]) -> Iterator[StepLink]:
    """What may be done about it: its answer, and of an erasure the asking for it."""
    if each.answer is not None or each.erased_on is not None:
        return
    allowed = frozenset(may)
    grants = GRANTED_BY.get(each.kind, "")
    if grants in allowed:
        yield StepLink(grants, said[grants], form_at(grants, "beneficiaries", each.beneficiary_id))
    if ANSWER in allowed:
        address = form_at(ANSWER, "beneficiaries", each.beneficiary_id, kind=each.kind)
        yield StepLink(ANSWER, said[ANSWER], address)


def _whose(
    visit: Signed,
    who: DataRequest | RestrictedPerson,
    centres: Mapping[str, str],
    erased_on: date | None,
) -> Whose:
    role: Role = visit.actor.role
    name: UUID = who.beneficiary_id
    return Whose(
        names=writing.names(who.name_ar, who.name_latin, visit.language),
        missing=missing_of(type(who), "name_ar", role, erased_on=erased_on, key_lost=False),
        reference=who.reference,
        centre=centres.get(who.centre, who.centre) if who.centre else "",
        href=f"/beneficiaries/{name}" if reads_people(role) else "",
    )
