"""Who looked: what to look at first, then each reading; of all, or of one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import Response

from domain.errors import Refused
from service.console.pages.known import known
from service.console.visit import Signed
from service.problems.problem import text_of
from service.queries.people import get_beneficiary
from service.queries.readings import (
    ReadingPage,
    ReadingRow,
    ReadingsAsked,
    list_person_readings,
    list_readings,
)
from service.queries.unusual import list_unusual_readings
from service.words.store import Words, words

PATH = "/who-looked"
PAGE = 50
FIRST_SHOWN = 10
"""So many unusual ones stand above the others; `?unusual=all` shows all of them."""
STATES = ("refused", "emergency", "outside_hours")
KINDS: Mapping[str, tuple[str, ...]] = {
    "complaint": ("get-complaint", "list-complaints"),
    "print": ("print-",),
    "export": ("get-event-log", "get-object-log", "get-case-provenance"),
    "search": ("search-", "find-"),
    "case": ("get-case",),
    "person": ("get-beneficiary", "list-person-readings"),
    "list": ("list-", "follow-"),
}
"""What was asked, as people say it, by how the queries are called; the first that fits counts."""


@dataclass(frozen=True, slots=True)
class Line:
    """A reading in a reader's words."""

    row: ReadingRow
    what: str
    refused: str | None


async def who_looked_page(visit: Signed) -> Response:
    query = visit.request.query_params
    said = words(visit.language)
    asked = _asked(query)
    page = await visit.ask(list_readings, asked)
    unusual = await visit.ask(list_unusual_readings) if _is_first(query) else None
    every = query.get("unusual") == "all"
    names = await known(visit)
    filters = {name: value for name, value in query.items() if name != "before" and value}
    return visit.page(
        "who_looked.html",
        lines=_lines(page, said, visit),
        unusual=unusual,
        shown=None if every else FIRST_SHOWN,
        asked=asked,
        state=next((each for each in STATES if getattr(asked, each)), ""),
        states={each: said.page[f"looked_{each}"] for each in STATES},
        staff={str(each): str(label) for each, label in names.staff.items()},
        centres=names.centres,
        filtered=bool(filters),
        next=_following(PATH, page, filters),
    )


async def person_readings_page(visit: Signed) -> Response:
    person_id = visit.id_of("beneficiary_id")
    query = visit.request.query_params
    person = await visit.ask(get_beneficiary, person_id)
    page = await visit.ask(list_person_readings, person_id, _number(query, "before"), PAGE)
    names = await known(visit)
    path = f"/beneficiaries/{person_id}/readings"
    return visit.page(
        "who_looked_at.html",
        person=person,
        lines=_lines(page, words(visit.language), visit),
        staff={str(each): str(label) for each, label in names.staff.items()},
        centres=names.centres,
        next=_following(path, page, {}),
    )


def _is_first(query: Mapping[str, str]) -> bool:
    return not any(value for name, value in query.items() if name != "unusual")


def _asked(query: Mapping[str, str]) -> ReadingsAsked:
    """Raises `Refused("filter_unknown")` for what names nothing."""
    state = query.get("state", "")
    if state not in ("", *STATES):
        raise Refused("filter_unknown")
    try:
        return ReadingsAsked(
            case_id=UUID(query["case"]) if query.get("case") else None,
            beneficiary_id=UUID(query["person"]) if query.get("person") else None,
            staff_id=UUID(query["staff"]) if query.get("staff") else None,
            on=date.fromisoformat(query["on"]) if query.get("on") else None,
            before=_number(query, "before"),
            limit=PAGE,
            **({state: True} if state else {}),
        )
    except ValueError:
        raise Refused("filter_unknown") from None


def _number(query: Mapping[str, str], name: str) -> int | None:
    value = query.get(name, "")
    if not value:
        return None
    if not (value.isascii() and value.isdecimal() and len(value) < len("1000000000000000")):
        raise Refused("filter_unknown")
    return int(value)


def _following(path: str, page: ReadingPage, filters: Mapping[str, Any]) -> str | None:
    if page.next_before is None:
        return None
    return f"{path}?{urlencode({**filters, 'before': page.next_before})}"


def _lines(page: ReadingPage, said: Words, visit: Signed) -> list[Line]:
    return [
        Line(
            each,
            said.page[f"looked_at_{_kind(each.query)}"],
            text_of(each.refused, {}, visit.language)[0] if each.refused else None,
        )
        for each in page.readings
    ]


def _kind(query: str) -> str:
    if query.endswith("-history"):
        return "history"
    if query.endswith(("-paper", "-papers")):
        return "paper"
    return next((kind for kind, names in KINDS.items() if query.startswith(names)), "other")
