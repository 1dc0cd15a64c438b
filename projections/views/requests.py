"""What was asked for and waits for a second person: a row a request.

The rows follow from events, and time passes without one: what has lapsed is left out by its instant.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, and_, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.asking.waiting import Requests
from domain.message import Message, StreamKind
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated
from projections.views import agreements
from projections.views.pages import Order, Page, Part, page_of
from projections.views.standing import Standing


class RequestRow(Message):
    """A step that one person asked for, and another confirms or refuses."""

    request_id: UUID
    kind: StreamKind
    """Of what it is about."""
    about: UUID
    """Its id."""
    step: str
    """What is asked for, by the name of the step."""
    asked_by: UUID
    asked_on: date
    lapses_at: datetime
    """The last instant at which it can be answered."""
    centre: str | None
    """Whose it is; null for what several centres share."""


requests = View(
    "requests",
    RequestRow,
    key=["request_id"],
    owner="about",
    indexes=[["asked_on", "request_id"]],
)
_row = unvalidated(RequestRow)


FIRST_ASKED = "asked_on"
ORDER = Order((requests.c.asked_on,), requests.c.request_id)


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    kind: StreamKind | None = None
    about: UUID | None = None
    standing: Standing | None = None
    """What is this centre's, or about an agreement whose totals it may read."""


def find(conn: Connection, filters: Filters, now: datetime, part: Part) -> Page[RequestRow]:
    """Those that can still be answered, the first asked first."""
    query = select(requests.table).where(*_conditions(filters, now))
    return page_of(conn, query, ORDER, part, filters, requests.read)


def _conditions(filters: Filters, now: datetime) -> Iterator[ColumnElement[bool]]:
    yield requests.c.lapses_at >= now
    for name in ("kind", "about"):
        wanted = getattr(filters, name)
        if wanted is not None:
            yield requests.c[name] == wanted
    if filters.standing is not None:
        shared = and_(
            requests.c.kind == StreamKind.AGREEMENT,
            agreements.shown_to(requests.c.about, filters.standing),
        )
        yield or_(requests.c.centre == filters.standing.centre, shared)


def _rows(kind: StreamKind, name: str, known: Requests, centre: str | None) -> Iterable[RequestRow]:
    for request_id, asked in known.items():
        yield _row(
            request_id=request_id,
            kind=kind,
            about=UUID(name),
            step=asked.step,
            asked_by=asked.by,
            asked_on=asked.on,
            lapses_at=asked.lapses_at,
            centre=centre,
        )


def _of_agreement(name: str, folds: Folds) -> Iterable[RequestRow]:
    return _rows(StreamKind.AGREEMENT, name, folds.agreement(name).state.requests, None)


def _of_person(name: str, folds: Folds) -> Iterable[RequestRow]:
    state = folds.beneficiary(name).state
    return _rows(StreamKind.BENEFICIARY, name, state.requests, state.centre)


def _of_case(name: str, folds: Folds) -> Iterable[RequestRow]:
    """A case that was closed takes no answer; opened again, it does."""
    state = folds.case(name).state
    return _rows(StreamKind.CASE, name, state.requests, state.centre) if state.is_open else ()


def _of_order(name: str, folds: Folds) -> Iterable[RequestRow]:
    state = folds.order(name).state
    return _rows(StreamKind.ORDER, name, state.requests, state.centre)


REQUESTS: Mapping[StreamKind, Derived] = {
    kind: Derived(requests, kind, rows)
    for kind, rows in (
        (StreamKind.AGREEMENT, _of_agreement),
        (StreamKind.BENEFICIARY, _of_person),
        (StreamKind.CASE, _of_case),
        (StreamKind.ORDER, _of_order),
    )
}
"""The kinds of streams that take requests."""
