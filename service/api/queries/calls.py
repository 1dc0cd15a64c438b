"""Calls that a centre makes because nobody can be written to."""

from typing import Annotated
from uuid import UUID

from fastapi import FastAPI, Query
from starlette.responses import Response

from domain.values.codes import Code
from projections.views.calls import ENDS_FIRST, Filters
from service.api.asking import Asker, add_query
from service.api.parameter_kinds import Counted, Paged
from service.queries import calls


class CallParameters(Paged, Counted):
    case_id: UUID | None = None
    centre: Code | None = None
    caseworker: UUID | None = None
    """Asked with one's own id, those of whom one stands in for are among them."""


async def list_calls(asker: Asker, given: Annotated[CallParameters, Query()]) -> Response:
    """Who is to be called today: announced reviews of people to whom no message is sent.

    Each is gone once the person was reached, which `record-contact` says.
    """
    await asker.caught_up(given.at_least)
    part = given.part(ENDS_FIRST, total=given.total)
    return await asker.answer(calls.list_calls, Filters(**given.filters), part)


def add_call_queries(app: FastAPI) -> None:
    add_query(app, "list-calls", "/v1/calls", "worklists", list_calls, calls.CallPage)
