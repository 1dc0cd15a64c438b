"""Delegations, and cases that are still with somebody who left."""

from fastapi import FastAPI
from starlette.responses import Response

from service.api.asking import Asker, add_query
from service.api.parameters import AtLeast
from service.queries import absences

TAG = "office"


async def list_delegations(asker: Asker) -> Response:
    """Who stands in for whom, today or later; a centre's own staff see their centre's."""
    return await asker.answer(absences.list_delegations)


async def list_left_cases(asker: Asker, given: AtLeast) -> Response:
    """How many open cases are still with each who left: they are to be assigned to others."""
    await asker.caught_up(given.at_least)
    return await asker.answer(absences.list_left_cases)


def add_absence_queries(app: FastAPI) -> None:
    path, answer = "/v1/delegations", absences.DelegationList
    add_query(app, "list-delegations", path, TAG, list_delegations, answer)
    path, left = "/v1/left-cases", absences.LeftCasesList
    add_query(app, "list-left-cases", path, TAG, list_left_cases, left)
