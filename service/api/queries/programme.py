"""Agreements, ceremonies, and the numbers of what was delivered."""

from uuid import UUID

from fastapi import FastAPI
from starlette.responses import Response

from projections.views.agreements import Filters
from projections.views.reports import Dimension
from projections.views.reports import Filters as Counted
from service.api.asking import Asker, add_query
from service.api.parameters import AgreementFilters, AtLeast, CeremonyFilters, ReportFilters
from service.queries import agreements, ceremonies
from service.queries.reports import Report, get_report


async def list_agreements(asker: Asker, given: AgreementFilters) -> Response:
    """Agreements with their balances, the latest signed first."""
    await asker.caught_up(given.at_least)
    filters = Filters(**given.filters)
    return await asker.answer(agreements.list_agreements, filters, given.cursor, given.limit)


async def agreement(asker: Asker, agreement_id: UUID, given: AtLeast) -> Response:
    """An agreement's balances and its projects."""
    await asker.caught_up(given.at_least)
    return await asker.thing(agreements.get_agreement, agreement_id)


async def list_ceremonies(asker: Asker, given: CeremonyFilters) -> Response:
    """Handover ceremonies, the latest first."""
    await asker.caught_up(given.at_least)
    found = ceremonies.list_ceremonies
    return await asker.answer(found, given.province, given.cursor, given.limit)


async def ceremony(asker: Asker, ceremony_id: UUID, given: AtLeast) -> Response:
    """A ceremony and its list, line by line."""
    await asker.caught_up(given.at_least)
    return await asker.thing(ceremonies.get_ceremony, ceremony_id)


async def report(asker: Asker, dimension: Dimension, given: ReportFilters) -> Response:
    """What was delivered, counted by people, projects and deliveries; amounts in MAD."""
    await asker.caught_up(given.at_least)
    return await asker.answer(get_report, Counted(**given.filters), dimension)


def add_programme_queries(app: FastAPI) -> None:
    path, tag = "/v1/agreements", "agreements"
    add_query(app, "list-agreements", path, tag, list_agreements, agreements.AgreementPage)
    path += "/{agreement_id}"
    add_query(app, "get-agreement", path, tag, agreement, agreements.Agreement)
    path, tag = "/v1/ceremonies", "ceremonies"
    add_query(app, "list-ceremonies", path, tag, list_ceremonies, ceremonies.CeremonyPage)
    path += "/{ceremony_id}"
    add_query(app, "get-ceremony", path, tag, ceremony, ceremonies.Ceremony)
    add_query(app, "get-report", "/v1/reports/{dimension}", "reports", report, Report)
