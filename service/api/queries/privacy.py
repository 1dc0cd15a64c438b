"""What people ask about their data, and what is restricted of it."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import FastAPI, Query
from pydantic import Field
from starlette.responses import Response

from domain.values.calendar import local_date
from domain.values.codes import Code
from projections.views import data_requests, people
from projections.views.retention import Filters as Retention
from service.api.asking import Asker, add_query
from service.api.parameters import NUMBER, Counted, Paged, Parameters, Position
from service.queries.data_requests import (
    DataRequestPage,
    RestrictedPage,
    list_data_requests,
    list_restricted_people,
)
from service.queries.retention import RetentionPage, list_retention

TAG = "privacy"


class DataRequestParameters(Paged, Counted):
    centre: Code | None = None
    beneficiary_id: UUID | None = None
    """What one person asked."""
    waiting: bool | None = None
    """Those that nobody answered yet; or those that somebody did."""


class RestrictedParameters(Paged, Counted):
    centre: Code | None = None


async def requests_about_data(
    asker: Asker, given: Annotated[DataRequestParameters, Query()]
) -> Response:
    """What people asked about their data, what is due first first, with the days that are left.

    To see it, to have it corrected or erased, to object, or to withdraw a consent.
    """
    await asker.caught_up(given.at_least)
    part = given.part(data_requests.FIRST_DUE, total=given.total)
    filters = data_requests.Filters(**given.filters)
    return await asker.answer(list_data_requests, filters, part)


async def restricted(asker: Asker, given: Annotated[RestrictedParameters, Query()]) -> Response:
    """Whose data is restricted, and until when; who may be erased first stands first."""
    await asker.caught_up(given.at_least)
    part = given.part(people.FIRST_ERASABLE, total=given.total)
    return await asker.answer(list_restricted_people, people.Restricted(**given.filters), part)


class RetentionParameters(Parameters):
    year: Annotated[int | None, Field(ge=2000, le=2100), NUMBER] = None
    """By the end of which it is to be erased; this one where none is given."""
    centre: Code | None = None
    after: Position = 0
    """`next_after` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500), NUMBER] = 100


async def retention_list(asker: Asker, given: Annotated[RetentionParameters, Query()]) -> Response:
    """What is to be erased by the end of a year, for it was kept as long as the rules say.

    People whom nobody follows any more, by what is kept of them the longest, and complaints that
    ended. Two people erase each by itself; nothing goes by a timer.
    """
    await asker.caught_up(given.at_least)
    filters = Retention(given.year or local_date(datetime.now(UTC)).year, given.centre)
    return await asker.answer(list_retention, filters, given.after, given.limit)


def add_privacy(app: FastAPI) -> None:
    path = "/v1/data-requests"
    add_query(app, "list-data-requests", path, TAG, requests_about_data, DataRequestPage)
    path = "/v1/retention"
    add_query(app, "list-retention", path, TAG, retention_list, RetentionPage)
    path = "/v1/restricted-people"
    add_query(app, "list-restricted-people", path, TAG, restricted, RestrictedPage)
