"""Whom to call today: who agreed to be told, and cannot be written to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from starlette.responses import Response

from domain.case.vocabulary import Channel
from domain.message import Role, StreamKind
from projections.views.calls import ENDS_FIRST, Filters
from projections.views.pages import Part
from service.access.table import QUERIES
from service.console.showing.gaps import Gap, Missing, missing_of
from service.console.showing.links import StepLink, form_at
from service.console.showing.person import Phone, phone_written
from service.console.visit import Signed
from service.queries.calls import Call, list_calls
from service.words import writing
from service.words.store import words

PATH = "/calls"
PAGE = 50
STEP = "record-contact"


@dataclass(frozen=True, slots=True)
class CallLine:
    case_id: UUID
    reference: str
    names: tuple[writing.Name, ...]
    missing: Missing
    """Why there is no name, where there is none."""
    about: str
    why: str
    phone: Phone | Missing
    ends: date | None
    tried: int
    step: StepLink | None
    """By which it is said that the person was reached, or not."""


async def calls_page(visit: Signed) -> Response:
    """A caseworker's own, with those of whom they stand in for; a coordinator's the centre's."""
    after = visit.request.query_params.get("after")
    part = Part(ENDS_FIRST, after, PAGE, total=True)
    found = await visit.ask(list_calls, _whose(visit), part)
    return visit.page(
        "calls.html",
        lines=[*_lines(visit, found.calls)],
        many=found.total or 0,
        next=f"{PATH}?after={found.next_cursor}" if found.next_cursor else None,
    )


async def calls_to_make(visit: Signed) -> int:
    """How many, for the page that leads there; none for who makes none."""
    if visit.actor.role not in QUERIES["list-calls"].who or visit.actor.role is Role.AUDITOR:
        return 0
    found = await visit.ask(list_calls, _whose(visit), Part(ENDS_FIRST, None, 1, total=True))
    return found.total or 0


def _whose(visit: Signed) -> Filters:
    own = visit.actor.role is Role.CASEWORKER
    return Filters(caseworker=visit.actor.id if own else None)


def _lines(visit: Signed, calls: tuple[Call, ...]) -> Iterator[CallLine]:
    said = words(visit.language)
    may = visit.steps_of(StreamKind.CASE)
    for each in calls:
        address = form_at(STEP, "cases", each.case_id, channel=Channel.PHONE)
        yield CallLine(
            case_id=each.case_id,
            reference=each.reference,
            names=writing.names(each.name_ar, each.name_latin, visit.language),
            missing=missing_of(
                Call,
                "name_ar",
                visit.actor.role,
                erased_on=each.erased_on,
                key_lost=each.key_lost,
            ),
            about=said.of(each.kind) if each.kind else "",
            why=said.page[f"call_why_{each.because}"] if each.because else "",
            phone=phone_written(each.phone) if each.phone else Missing(Gap.NOT_RECORDED),
            ends=each.ends,
            tried=each.tried or 0,
            step=StepLink(STEP, said.step[STEP], address) if STEP in may else None,
        )
