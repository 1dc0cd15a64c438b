"""Agreements, ceremonies, and the numbers of what was delivered."""

from uuid import UUID

from fastapi import FastAPI
from starlette.responses import Response

from projections.views.agreements import Filters
from projections.views.ceremonies import Filters as Ceremonies
from projections.views.reports import Dimension
from projections.views.reports import Filters as Counted
from service.api.asking import Asker, add_query
from service.api.parameters import (
    AgreementFilters,
    AtLeast,
    CeremonyFilters,
    HistoryPoint,
    ReportFilters,
    stretch_of,
)
from service.queries import agreements, ceremonies
from service.queries.histories import get_agreement_history, get_ceremony_history
from service.queries.history import History
from service.queries.reports import Report, get_report


async def list_agreements(asker: Asker, given: AgreementFilters) -> Response:
    """Agreements with their balances, the latest signed first unless they are sorted otherwise.

    A centre's own staff see those whose province lies in the centre's catchment today, and
    those under which it has a case.
    """
    await asker.caught_up(given.at_least)
    part = given.part(given.sort, total=given.total)
    return await asker.answer(agreements.list_agreements, Filters(**given.filters), part)


async def agreement(asker: Asker, agreement_id: UUID, given: AtLeast) -> Response:
    """An agreement's balances and its projects; to a centre's own staff, those of its cases."""
    await asker.caught_up(given.at_least)
    return await asker.thing(agreements.get_agreement, agreement_id)


async def agreement_history(asker: Asker, agreement_id: UUID, given: HistoryPoint) -> Response:
    """The events of an agreement, and its balances at any moment.

    What is about the cases of other centres is left out.
    """
    await asker.caught_up(given.at_least)
    return await asker.answer(get_agreement_history, agreement_id, stretch_of(given))


async def list_ceremonies(asker: Asker, given: CeremonyFilters) -> Response:
    """Handover ceremonies, the latest first unless they are sorted otherwise.

    A centre's own staff see those that the centre scheduled, those with somebody of its cases on
    the list, and the division's in its catchment. One that is not theirs is counted by their own
    people.
    """
    await asker.caught_up(given.at_least)
    part = given.part(given.sort, total=given.total)
    return await asker.answer(ceremonies.list_ceremonies, Ceremonies(**given.filters), part)


async def ceremony(asker: Asker, ceremony_id: UUID, given: AtLeast) -> Response:
    """A ceremony and its list, line by line; of another centre's, the lines of one's own cases.

    Whom another centre puts on the list its own centre reads by name, reference and items, and
    may hand over to, until `lent_until`.
    """
    await asker.caught_up(given.at_least)
    return await asker.thing(ceremonies.get_ceremony, ceremony_id)


async def ceremony_history(asker: Asker, ceremony_id: UUID, given: HistoryPoint) -> Response:
    """The events of a ceremony, and the ceremony at any moment.

    Of another centre's, with what is about one's own cases alone.
    """
    await asker.caught_up(given.at_least)
    return await asker.answer(get_ceremony_history, ceremony_id, stretch_of(given))


async def report(asker: Asker, dimension: Dimension, given: ReportFilters) -> Response:
    """What was delivered, counted by people, projects and deliveries; amounts in MAD."""
    await asker.caught_up(given.at_least)
    return await asker.answer(get_report, Counted(**given.filters), dimension)


def add_programme_queries(app: FastAPI) -> None:
    path, tag = "/v1/agreements", "agreements"
    add_query(app, "list-agreements", path, tag, list_agreements, agreements.AgreementPage)
    path += "/{agreement_id}"
    add_query(app, "get-agreement", path, tag, agreement, agreements.Agreement)
    path += "/history"
    add_query(app, "get-agreement-history", path, tag, agreement_history, History)
    path, tag = "/v1/ceremonies", "ceremonies"
    add_query(app, "list-ceremonies", path, tag, list_ceremonies, ceremonies.CeremonyPage)
    path += "/{ceremony_id}"
    add_query(app, "get-ceremony", path, tag, ceremony, ceremonies.Ceremony)
    path += "/history"
    add_query(app, "get-ceremony-history", path, tag, ceremony_history, History)
    add_query(app, "get-report", "/v1/reports/{dimension}", "reports", report, Report)
