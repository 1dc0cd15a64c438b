"""What is sent to people outside Jisr: to go, gone, failed and why; what failed can go again."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import Response

from domain.errors import Refused
from projections.views.pages import Part
from service.access.table import QUERIES
from service.console.visit import Signed
from service.notify.outbox.message import State
from service.notify.outbox.store import Filters
from service.problems.problem import Rejected
from service.queries.outbox import NEWEST, SendAgain, count_outbox, list_outbox, send_again

PATH = "/outbox"
AGAIN = "/outbox/again"
PAGE = 50
SHOWN = (State.FAILED, State.WAITING, State.SENT, State.CANCELLED)
"""The tabs: what asks for somebody comes first. What is being handed over stands in none."""


async def outbox_page(visit: Signed) -> Response:
    query = visit.request.query_params
    counts = await visit.ask(count_outbox, Filters())
    state = _state(query, counts.failed)
    part = Part(NEWEST, query.get("after"), PAGE)
    page = await visit.ask(list_outbox, Filters(state=state), part)
    return visit.page(
        "outbox.html",
        messages=page.messages,
        tabs=[(each, getattr(counts, each), address(each), each is state) for each in SHOWN],
        state=state,
        may_send=visit.actor.role in QUERIES["send-again"].who,
        next=address(state, page.next_cursor) if page.next_cursor else None,
    )


def address(state: State, after: str | None = None) -> str:
    """Where those in that state are."""
    asked = {"state": state, "after": after}
    return f"{PATH}?{urlencode({name: each for name, each in asked.items() if each})}"


def _state(query: Mapping[str, str], failed: int) -> State:
    """Raises `Refused("filter_unknown")`."""
    asked = query.get("state") or (State.FAILED if failed else State.WAITING)
    if asked not in SHOWN:
        raise Refused("filter_unknown")
    return State(asked)


async def send_messages_again(visit: Signed) -> Response:
    """Those that the form names, and the list of what waits after it."""
    form = await visit.request.form()
    if "message" not in form:
        return visit.redirect(address(State.FAILED))
    try:
        chosen = [UUID(str(each)) for each in form.getlist("message")]
        asked = SendAgain.of(chosen)
    except ValueError:
        raise Rejected("page_not_found") from None
    await visit.ask(send_again, Filters(), asked)
    return visit.redirect(address(State.WAITING))
