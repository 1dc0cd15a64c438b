"""Complaints, and who came without a case."""

from uuid import UUID

from fastapi import FastAPI
from starlette.responses import Response

from projections.views import complaints as filed
from projections.views import receptions as received
from service.api.asking import Asker, add_query
from service.api.parameters import (
    AtLeast,
    ComplaintFilters,
    HistoryPoint,
    ReceptionCounts,
    ReceptionFilters,
    stretch_of,
)
from service.queries import complaints, receptions
from service.queries.history import History


async def list_complaints(asker: Asker, given: ComplaintFilters) -> Response:
    """Complaints, the latest first unless they are sorted otherwise.

    A caseworker sees those that they handle or took down, a coordinator those of the centre; one
    that is about a coordinator or a centre is the division's. Whoever a complaint is about sees
    nothing of it, in no list and in no total.
    """
    await asker.caught_up(given.at_least)
    part = given.part(given.sort, total=given.total)
    return await asker.answer(complaints.list_complaints, filed.Filters(**given.filters), part)


async def complaint(asker: Asker, complaint_id: UUID, given: AtLeast) -> Response:
    """A complaint: what was said, who handles it, and how it was answered.

    To whoever it is about, and to all others who may not see it, there is none.
    """
    await asker.caught_up(given.at_least)
    return await asker.thing(complaints.get_complaint, complaint_id)


async def complaint_history(asker: Asker, complaint_id: UUID, given: HistoryPoint) -> Response:
    """The events of a complaint, and the complaint at any moment."""
    await asker.caught_up(given.at_least)
    return await asker.answer(complaints.get_complaint_history, complaint_id, stretch_of(given))


async def list_receptions(asker: Asker, given: ReceptionFilters) -> Response:
    """Who came to a centre and has no case, the latest first; nobody is named."""
    await asker.caught_up(given.at_least)
    part = given.part(received.NEWEST, total=given.total)
    return await asker.answer(receptions.list_receptions, received.Filters(**given.filters), part)


async def reception(asker: Asker, reception_id: UUID, given: AtLeast) -> Response:
    """Somebody came to a centre and had no case: when, why, and where they were sent."""
    await asker.caught_up(given.at_least)
    return await asker.thing(receptions.get_reception, reception_id)


async def count_receptions(asker: Asker, given: ReceptionCounts) -> Response:
    """How many came without a case, by centre and by what for."""
    await asker.caught_up(given.at_least)
    return await asker.answer(receptions.count_receptions, received.Filters(**given.filters))


def add_voices(app: FastAPI) -> None:
    path, tag = "/v1/complaints", "complaints"
    add_query(app, "list-complaints", path, tag, list_complaints, complaints.ComplaintPage)
    path += "/{complaint_id}"
    add_query(app, "get-complaint", path, tag, complaint, complaints.Complaint)
    path += "/history"
    add_query(app, "get-complaint-history", path, tag, complaint_history, History)
    path, tag = "/v1/receptions", "receptions"
    add_query(app, "list-receptions", path, tag, list_receptions, receptions.ReceptionPage)
    add_query(
        app, "get-reception", path + "/{reception_id}", tag, reception, receptions.NamedReception
    )
    path = "/v1/reception-counts"
    add_query(app, "count-receptions", path, tag, count_receptions, receptions.ReceptionCount)
