"""What happened to an agreement, an order, a session, a ceremony or a complaint: a line a step, the latest first."""

from collections.abc import Awaitable, Callable, Iterable
from uuid import UUID

from starlette.responses import Response

from domain.errors import Refused
from projections.views.timeline import TimelineEntry, coded
from service.console.pages.known import known
from service.console.showing.story import Line, told
from service.console.visit import Signed
from service.queries.complaints import get_complaint_history
from service.queries.histories import (
    get_agreement_history,
    get_ceremony_history,
    get_cohort_history,
    get_order_history,
    get_session_history,
)
from service.queries.history import HistoricEvent, History, Moment, Stretch

PAGE, AT_ONCE, MOST = 60, 150, 10_000
QUERIES: dict[str, Callable[..., History]] = {
    "agreements": get_agreement_history,
    "orders": get_order_history,
    "sessions": get_session_history,
    "ceremonies": get_ceremony_history,
    "cohorts": get_cohort_history,
    "complaints": get_complaint_history,
}
NAMED = {
    "agreements": "agreement",
    "orders": "order",
    "sessions": "session",
    "ceremonies": "ceremony",
    "cohorts": "cohort",
    "complaints": "complaint",
}
"""Collection in the address → the word for one of it."""


def history_of(collection: str) -> Callable[[Signed], Awaitable[Response]]:
    """The page for things of this collection; raises what their query raises."""

    async def page(visit: Signed) -> Response:
        name = visit.id_of("name")
        start = visit.request.query_params.get("from") or "0"
        if not (start.isascii() and start.isdigit()):
            raise Refused("filter_unknown")
        first, here = int(start), f"/{collection}/{name}"
        lines = await _lines(visit, QUERIES[collection], name, first + PAGE)
        following, path = first + PAGE, f"{here}/history"
        return visit.page(
            "thing_history.html",
            named=NAMED[collection],
            here=here,
            kind=NAMED[collection],
            path=path,
            lines=[(line, ()) for line in lines[first:following]],
            earlier=f"{path}?from={max(first - PAGE, 0)}" if first else "",
            later=f"{path}?from={following}" if len(lines) > following else "",
        )

    return page


async def _lines(visit: Signed, query: Callable[..., History], name: UUID, upto: int) -> list[Line]:
    """The latest, more than so many where there are more; from no more events than it takes."""
    names, limit = await known(visit), AT_ONCE
    while True:
        part = await visit.ask(query, name, Stretch(Moment(), 0, limit, latest=True, stated=False))
        lines = list(told(_as_entries(part.stream, part.events), names, visit.language))
        if len(part.events) < limit or len(lines) > upto + 1 or limit >= MOST:
            return lines
        limit *= 4


def _as_entries(stream: str, events: Iterable[HistoricEvent]) -> list[TimelineEntry]:
    """As the story tells entries; what is named by a code of the registry it leaves to the page."""
    return [
        TimelineEntry(
            position=each.position,
            stream=stream,
            version=each.version,
            type=each.type,
            occurred_on=each.occurred_on,
            recorded_at=each.recorded_at,
            actor_id=each.actor.id,
            actor_role=each.actor.role,
            actor_centre=each.actor.centre,
            origin=each.origin.kind,
            command_id=each.command_id,
            has_reason=each.reason is not None,
            details={
                name: value for name, value in each.fields.items() if name not in coded(each.type)
            },
        )
        for each in events
    ]
