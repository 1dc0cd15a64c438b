"""What was sent to people: what stands in their inbox, and what left Jisr."""

from typing import Annotated

from fastapi import Body, FastAPI, Query
from starlette.responses import Response

from domain.values.codes import Code
from projections.views.inbox import PRESSING, InboxCounts
from projections.views.inbox import Filters as Own
from service.api.asking import Asker, add_query
from service.api.parameter_kinds import Counted, Paged, Parameters
from service.notify.outbox.message import State
from service.notify.outbox.store import Filters
from service.queries import inbox, outbox

TAG = "messages"
AGAIN = {"send-again": {"value": {"message_ids": ["6f0c2a52-6e0c-5d1f-9b1a-2f4a54c6a7e1"]}}}
Again = Annotated[outbox.SendAgain, Body(openapi_examples=AGAIN)]


class OutboxFilter(Parameters):
    centre: Code | None = None


class OutboxParameters(OutboxFilter, Paged):
    state: State | None = None


class InboxParameters(Paged, Counted):
    """Whose it is, is whoever asks."""


async def list_inbox(asker: Asker, given: Annotated[InboxParameters, Query()]) -> Response:
    """What was sent to you and still needs somebody: the longest late first.

    What was sent to those for whom you stand in is among it. An item goes once its review is seen to.
    """
    await asker.caught_up(given.at_least)
    part = given.part(PRESSING, total=given.total)
    return await asker.answer(inbox.list_inbox, Own(), part)


async def count_inbox(asker: Asker, given: Annotated[Parameters, Query()]) -> Response:
    """How many items stand in your inbox, as many as are listed; how many nobody answered, or went up."""
    await asker.caught_up(given.at_least)
    return await asker.answer(inbox.count_inbox, Own())


async def list_outbox(asker: Asker, given: Annotated[OutboxParameters, Query()]) -> Response:
    """What is sent to people outside Jisr: how far each message has come, the newest first.

    The text is not kept; a message names whom it is for by an id, and its case by the reference.
    """
    part = given.part(outbox.NEWEST)
    return await asker.answer(outbox.list_outbox, Filters(**given.filters), part)


async def count_outbox(asker: Asker, given: Annotated[OutboxFilter, Query()]) -> Response:
    """How many messages there are, by how far they have come: as many as are listed."""
    return await asker.answer(outbox.count_outbox, Filters(**given.filters))


async def send_again(asker: Asker, asked: Again) -> Response:
    """Have messages that failed go again, with the same ids; others stay as they are.

    Asked twice it comes to the same. Nothing is recorded in the ledger: a message is no event.
    """
    return await asker.answer(outbox.send_again, Filters(), asked)


def add_message_queries(app: FastAPI) -> None:
    own = "/v1/inbox"
    add_query(app, "list-inbox", own, TAG, list_inbox, inbox.InboxPage)
    add_query(app, "count-inbox", f"{own}/counts", TAG, count_inbox, InboxCounts)
    path = "/v1/outbox"
    add_query(app, "list-outbox", path, TAG, list_outbox, outbox.OutboxPage)
    add_query(app, "count-outbox", f"{path}/counts", TAG, count_outbox, outbox.OutboxCounts)
    again = f"{path}/again"
    add_query(app, "send-again", again, TAG, send_again, outbox.OutboxPage, outbox.SendAgain)
