"""What people ask about their data, and what is restricted of it."""

from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import FastAPI, Query
from pydantic import Field
from starlette.responses import Response

from domain.values.calendar import local_date
from domain.values.codes import Code
from projections.views import data_requests, people
from projections.views.retention import Filters as Retention
from service.api.asking import Asker, add_paper, add_query
from service.api.parameter_kinds import NUMBER, Counted, Paged, Parameters, Position
from service.api.parameters import AtLeast
from service.queries.data_requests import (
    DataRequestPage,
    RestrictedPage,
    list_data_requests,
    list_restricted_people,
)
from service.queries.erasing.certificate import print_erasure_certificate
from service.queries.erasing.looking import get_erasure
from service.queries.erasing.shape import PersonErasure
from service.queries.record.making import get_person_record, print_person_record
from service.queries.record.shape import PersonRecord
from service.queries.retention import RetentionPage, list_retention
from service.words.language import Language as ReadLanguage

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

    To see it, to have it corrected, erased or restricted, to object, or to withdraw a consent.
    """
    await asker.caught_up(given.at_least)
    part = given.part(data_requests.FIRST_DUE, total=given.total)
    filters = data_requests.Filters(**given.filters)
    return await asker.answer(list_data_requests, filters, part)


async def restricted(asker: Asker, given: Annotated[RestrictedParameters, Query()]) -> Response:
    """Whose data is restricted, and until when: they may be erased then, or it is looked at again.

    What comes first stands first.
    """
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


class RecordLanguage(Parameters):
    language: Literal["ar", "fr", "en"] | None = None
    """In which it is written; the person's own where none is given."""

    @property
    def read_in(self) -> ReadLanguage | None:
        return ReadLanguage(self.language) if self.language else None


async def person_record(
    asker: Asker, beneficiary_id: UUID, given: Annotated[RecordLanguage, Query()]
) -> Response:
    """All that is kept of a person, for them: to be read, and as data, with who looked.

    In their language. It holds what no other paper does, custody too: it is theirs alone.
    """
    await asker.caught_up(given.at_least)
    return await asker.answer(get_person_record, beneficiary_id, given.read_in)


async def record_paper(
    asker: Asker, beneficiary_id: UUID, given: Annotated[RecordLanguage, Query()]
) -> Response:
    """The same on paper, to be handed to the person once their identity paper was seen."""
    await asker.caught_up(given.at_least)
    return await asker.paper("person-record", print_person_record, beneficiary_id, given.read_in)


async def erasure(asker: Asker, beneficiary_id: UUID, given: AtLeast) -> Response:
    """How it stands with a person's erasure: what it takes, what stays as counts, where copies are.

    Before it, by when it may be asked for; after it, who asked, who agreed, and that the key is gone.
    """
    await asker.caught_up(given.at_least)
    return await asker.answer(get_erasure, beneficiary_id)


async def erasure_certificate(asker: Asker, beneficiary_id: UUID, given: AtLeast) -> Response:
    """A certificate that a person's data was erased, which names nobody."""
    await asker.caught_up(given.at_least)
    query = print_erasure_certificate
    return await asker.paper("erasure-certificate", query, beneficiary_id)


def add_privacy(app: FastAPI) -> None:
    path = "/v1/beneficiaries/{beneficiary_id}/erasure"
    add_query(app, "get-erasure", path, TAG, erasure, PersonErasure)
    path = "/v1/beneficiaries/{beneficiary_id}/papers-out/erasure-certificate"
    add_paper(app, "print-erasure-certificate", path, TAG, erasure_certificate)
    path = "/v1/beneficiaries/{beneficiary_id}/record"
    add_query(app, "get-person-record", path, TAG, person_record, PersonRecord)
    path = "/v1/beneficiaries/{beneficiary_id}/papers-out/record"
    add_paper(app, "print-person-record", path, TAG, record_paper)
    path = "/v1/data-requests"
    add_query(app, "list-data-requests", path, TAG, requests_about_data, DataRequestPage)
    path = "/v1/retention"
    add_query(app, "list-retention", path, TAG, retention_list, RetentionPage)
    path = "/v1/restricted-people"
    add_query(app, "list-restricted-people", path, TAG, restricted, RestrictedPage)
