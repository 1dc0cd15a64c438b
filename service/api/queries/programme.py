"""Agreements, requests, sessions, ceremonies, the numbers, and what should be looked at."""

from uuid import UUID

from fastapi import FastAPI
from starlette.responses import Response

from projections.views import orders as placed
from projections.views.agreements import Filters
from projections.views.ceremonies import Filters as Ceremonies
from projections.views.findings import NEWEST as NEWEST_FOUND
from projections.views.findings import Filters as Found
from projections.views.reports import Dimension
from projections.views.reports import Filters as Counted
from projections.views.requests import FIRST_ASKED
from projections.views.requests import Filters as Requests
from projections.views.sessions import Filters as Sessions
from service.api.asking import Asker, add_query
from service.api.parameters import (
    AgreementFilters,
    AtLeast,
    CeremonyFilters,
    FindingFilters,
    HistoryPoint,
    KnownPath,
    OrderFilters,
    ReportFilters,
    RequestFilters,
    SessionFilters,
    stretch_of,
)
from service.queries import (
    agreements,
    ceremonies,
    order_lists,
    orders,
    reports,
    requests,
    sessions,
)
from service.queries.findings import FindingPage
from service.queries.findings import list_findings as found
from service.queries.histories import (
    get_agreement_history,
    get_ceremony_history,
    get_order_history,
    get_session_history,
)
from service.queries.history import History
from service.queries.reports import Report, get_report


async def list_agreements(asker: Asker, given: AgreementFilters) -> Response:
    """Agreements with their balances, the latest signed first unless they are sorted otherwise.

    A centre's own staff see those whose territory meets the centre's catchment today, and those
    under which it has a case.
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


async def agreement_stock(asker: Asker, agreement_id: UUID, given: AtLeast) -> Response:
    """What was ordered under an agreement, and stands for nobody since the approval was ended.

    It is received, paid, cancelled or lost without a case. To a centre's own staff, what was
    ordered for its cases.
    """
    await asker.caught_up(given.at_least)
    return await asker.answer(order_lists.list_agreement_stock, agreement_id)


async def list_orders(asker: Asker, given: OrderFilters) -> Response:
    """Orders, the latest placed first.

    To a centre's own staff, those that the centre placed and those with a line for one of its
    cases; counted by the lines of its cases.
    """
    await asker.caught_up(given.at_least)
    part = given.part(placed.NEWEST, total=given.total)
    return await asker.answer(order_lists.list_orders, placed.Filters(**given.filters), part)


async def order(asker: Asker, order_id: UUID, given: AtLeast) -> Response:
    """An order, its lines and payments, and what went wrong with it.

    To a centre's own staff, the lines of its cases, and what of all else is about them.
    """
    await asker.caught_up(given.at_least)
    return await asker.thing(orders.get_order, order_id)


async def order_history(asker: Asker, order_id: UUID, given: HistoryPoint) -> Response:
    """The events of an order, and the order at any moment.

    To a centre's own staff, as far as they are about the lines of its cases.
    """
    await asker.caught_up(given.at_least)
    return await asker.answer(get_order_history, order_id, stretch_of(given))


async def list_sessions(asker: Asker, given: SessionFilters) -> Response:
    """Sessions of committees, the commission and regions, the latest first unless sorted otherwise.

    A centre's own staff see those that the centre or the division scheduled, and those with
    somebody of its cases on the list; all are counted by the lines they may read.
    """
    await asker.caught_up(given.at_least)
    part = given.part(given.sort, total=given.total)
    return await asker.answer(sessions.list_sessions, Sessions(**given.filters), part)


async def session(asker: Asker, session_id: UUID, given: AtLeast) -> Response:
    """A session and its list: each project under its agreement, and what was decided of it.

    A centre's own staff read the lines of their own cases.
    """
    await asker.caught_up(given.at_least)
    return await asker.thing(sessions.get_session, session_id)


async def session_history(asker: Asker, session_id: UUID, given: HistoryPoint) -> Response:
    """The events of a session, and the session at any moment; with the lines of one's own cases."""
    await asker.caught_up(given.at_least)
    return await asker.answer(get_session_history, session_id, stretch_of(given))


async def list_requests(asker: Asker, given: RequestFilters) -> Response:
    """What was asked for and waits for a second person, the first asked first; lapsed ones are gone.

    A centre's own staff see what is about their own people, and about agreements whose totals they
    may read.
    """
    await asker.caught_up(given.at_least)
    part = given.part(FIRST_ASKED, total=given.total)
    return await asker.answer(requests.list_requests, Requests(**given.filters), part)


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


async def report_as_known(
    asker: Asker, dimension: Dimension, known_on: KnownPath, given: ReportFilters
) -> Response:
    """A report by what was recorded up to a position, or a day: the same later, whatever came since.

    But for whoever was erased since: `erased_since` says how many. For a published number that is
    looked at again.
    """
    await asker.caught_up(given.at_least)
    query, filters = reports.get_report_as_known, Counted(**given.filters)
    return await asker.answer(query, filters, dimension, known_on)


async def list_findings(asker: Asker, given: FindingFilters) -> Response:
    """What stands in the records and should be looked at, the latest first.

    A cheque in two projects, a serial number in two, a person funded twice by one source: each
    was recorded, and one of the records is wrong or wants a reason. `rests_on` says where. A
    coordinator sees those that rest on the centre's own cases alone; the others are the division's.
    """
    await asker.caught_up(given.at_least)
    part = given.part(NEWEST_FOUND, total=given.total)
    return await asker.answer(found, Found(**given.filters), part)


def add_programme_queries(app: FastAPI) -> None:
    path, tag = "/v1/agreements", "agreements"
    add_query(app, "list-agreements", path, tag, list_agreements, agreements.AgreementPage)
    path += "/{agreement_id}"
    add_query(app, "get-agreement", path, tag, agreement, agreements.Agreement)
    path += "/history"
    add_query(app, "get-agreement-history", path, tag, agreement_history, History)
    path = "/v1/agreements/{agreement_id}/stock"
    add_query(app, "list-agreement-stock", path, tag, agreement_stock, order_lists.Stock)
    path, tag = "/v1/orders", "orders"
    add_query(app, "list-orders", path, tag, list_orders, order_lists.OrderPage)
    path += "/{order_id}"
    add_query(app, "get-order", path, tag, order, orders.Order)
    path += "/history"
    add_query(app, "get-order-history", path, tag, order_history, History)
    path, tag = "/v1/sessions", "sessions"
    add_query(app, "list-sessions", path, tag, list_sessions, sessions.SessionPage)
    path += "/{session_id}"
    add_query(app, "get-session", path, tag, session, sessions.Session)
    path += "/history"
    add_query(app, "get-session-history", path, tag, session_history, History)
    path, tag = "/v1/requests", "requests"
    add_query(app, "list-requests", path, tag, list_requests, requests.RequestPage)
    path, tag = "/v1/ceremonies", "ceremonies"
    add_query(app, "list-ceremonies", path, tag, list_ceremonies, ceremonies.CeremonyPage)
    path += "/{ceremony_id}"
    add_query(app, "get-ceremony", path, tag, ceremony, ceremonies.Ceremony)
    path += "/history"
    add_query(app, "get-ceremony-history", path, tag, ceremony_history, History)
    add_query(app, "get-report", "/v1/reports/{dimension}", "reports", report, Report)
    path, tag = "/v1/reports/{dimension}/known-on/{known_on}", "reports"
    add_query(app, "get-report-as-known", path, tag, report_as_known, reports.ReportAsKnown)
    add_query(app, "list-findings", "/v1/findings", "findings", list_findings, FindingPage)
