"""The endpoints of all queries."""

from uuid import UUID

from fastapi import FastAPI
from starlette.responses import Response

from projections.views import agreements, caseload, reports
from service.api.answers import StepAnswer
from service.api.asking import Asker, add_query
from service.api.parameters import (
    AgreementFilters,
    AtLeast,
    CaseFilters,
    CeremonyFilters,
    HistoryPoint,
    Parameters,
    ReminderFilters,
    ReportFilters,
    Search,
    TimelinePage,
)
from service.api.problems import language_of
from service.queries import agreements as of_agreements
from service.queries import caseload as cases
from service.queries import ceremonies as of_ceremonies
from service.queries import history, people, registry, timeline
from service.queries import me as own
from service.queries import reports as numbers
from service.queries import staff as of_staff
from service.queries.cases import CaseAnswer, get_case

PAGING = {"at_least", "cursor", "limit", "after"}


def _filters(given: Parameters) -> dict[str, object]:
    return {name: value for name, value in given if name not in PAGING}


async def list_cases(asker: Asker, given: CaseFilters) -> Response:
    """The caseload, the latest opened first.

    A centre's own staff see their centre's cases. Names are shown to those who may read them.
    """
    await asker.caught_up(given.at_least)
    filters = caseload.Filters(**_filters(given))  # type: ignore[arg-type]  # validated as its types
    found = await asker.answer(cases.list_cases, asker.actor, filters, given.cursor, given.limit)
    return asker.reply(found)


async def search_cases(asker: Asker, given: Search) -> Response:
    """Cases by the person's name, in either script; forgives Arabic spelling.

    What is looked for goes in the body, never in the address, because names are personal.
    """
    return await list_cases(asker, given)


async def case(asker: Asker, case_id: UUID) -> Response:
    """A case as it stands now: stage, reviews, the steps open, and why others are not."""
    language = language_of(asker.request.scope)
    found = await asker.answer(get_case, asker.actor, case_id, language)
    return asker.reply(found, found.version)


async def case_timeline(asker: Asker, case_id: UUID, given: TimelinePage) -> Response:
    """What happened in a case, its project and the person's record."""
    await asker.caught_up(given.at_least)
    return asker.reply(
        await asker.answer(timeline.get_timeline, asker.actor, case_id, given.after, given.limit)
    )


async def case_history(asker: Asker, case_id: UUID, given: HistoryPoint) -> Response:
    """Every event of a case with all that is known about it, and the case at any moment.

    Give `version`, `occurred_by` and `known_by` in any combination: only events for which all
    hold are counted.
    """
    moment = history.Moment(
        version=given.version, occurred_by=given.occurred_by, known_by=given.known_by
    )
    found = await asker.answer(
        history.get_history, asker.actor, case_id, moment, given.after, given.limit
    )
    return asker.reply(found)


async def beneficiary(asker: Asker, beneficiary_id: UUID) -> Response:
    """A person, as last registered or corrected."""
    found = await asker.answer(people.get_beneficiary, asker.actor, beneficiary_id)
    return asker.reply(found, found.version)


async def list_agreements(asker: Asker, given: AgreementFilters) -> Response:
    """Agreements with their balances, the latest signed first."""
    await asker.caught_up(given.at_least)
    filters = agreements.Filters(**_filters(given))  # type: ignore[arg-type]  # validated as its types
    return asker.reply(
        await asker.answer(of_agreements.list_agreements, filters, given.cursor, given.limit)
    )


async def agreement(asker: Asker, agreement_id: UUID, given: AtLeast) -> Response:
    """An agreement's balances and its projects."""
    await asker.caught_up(given.at_least)
    found = await asker.answer(of_agreements.get_agreement, agreement_id)
    return asker.reply(found, found.version)


async def list_ceremonies(asker: Asker, given: CeremonyFilters) -> Response:
    """Handover ceremonies, the latest first."""
    await asker.caught_up(given.at_least)
    return asker.reply(
        await asker.answer(of_ceremonies.list_ceremonies, given.province, given.cursor, given.limit)
    )


async def ceremony(asker: Asker, ceremony_id: UUID, given: AtLeast) -> Response:
    """A ceremony and its list, line by line."""
    await asker.caught_up(given.at_least)
    found = await asker.answer(of_ceremonies.get_ceremony, ceremony_id)
    return asker.reply(found, found.version)


async def reminders(asker: Asker, given: ReminderFilters) -> Response:
    """Reviews that fell due, as they were recorded."""
    await asker.caught_up(given.at_least)
    found = await asker.answer(
        timeline.list_reminders,
        asker.actor,
        case_id=given.case_id,
        missed=given.missed,
        after=given.after,
        limit=given.limit,
    )
    return asker.reply(found)


async def report(asker: Asker, dimension: reports.Dimension, given: ReportFilters) -> Response:
    """What was delivered, counted by people, projects and deliveries; amounts in MAD."""
    await asker.caught_up(given.at_least)
    filters = reports.Filters(**_filters(given))  # type: ignore[arg-type]  # validated as its types
    return asker.reply(await asker.answer(numbers.get_report, asker.actor, dimension, filters))


async def staff(asker: Asker) -> Response:
    """Who works here; a centre's own staff see their centre's."""
    return asker.reply(await asker.answer(of_staff.list_staff, asker.actor))


async def centres(asker: Asker) -> Response:
    """The centres and the provinces each serves, and since when."""
    return asker.reply(await asker.answer(registry.list_centres))


async def places(asker: Asker) -> Response:
    """Morocco's provinces and prefectures, with their regions."""
    return asker.reply(registry.list_places())


async def me(asker: Asker) -> Response:
    """Who you are here, and what you may do."""
    return asker.reply(await asker.answer(own.get_me, asker.actor))


async def receipt(asker: Asker, idempotency_key: str) -> Response:
    """What became of a step you sent under this key.

    Answers what the step answered, word for word. A step that was answered 503 may still come
    to be recorded once the system is whole again.
    """
    answer = await asker.answer(own.get_receipt, asker.actor, idempotency_key)
    return Response(answer.encode(), 200, media_type="application/json")


def add_query_routes(app: FastAPI) -> None:
    case_path, tag = "/v1/cases/{case_id}", "cases"
    add_query(app, "list-cases", "/v1/cases", tag, list_cases, cases.CasePage)
    path = "/v1/cases/search"
    add_query(app, "search-cases", path, tag, search_cases, cases.CasePage, method="POST")
    add_query(app, "get-case", case_path, tag, case, CaseAnswer)
    add_query(
        app, "get-case-timeline", case_path + "/timeline", tag, case_timeline, timeline.Timeline
    )
    add_query(app, "get-case-history", case_path + "/history", tag, case_history, history.History)
    add_query(app, "list-reminders", "/v1/reminders", tag, reminders, timeline.Reminders)
    path = "/v1/beneficiaries/{beneficiary_id}"
    add_query(app, "get-beneficiary", path, "beneficiaries", beneficiary, people.Beneficiary)
    path, tag = "/v1/agreements", "agreements"
    add_query(app, "list-agreements", path, tag, list_agreements, of_agreements.AgreementPage)
    add_query(
        app, "get-agreement", path + "/{agreement_id}", tag, agreement, of_agreements.Agreement
    )
    path, tag = "/v1/ceremonies", "ceremonies"
    add_query(app, "list-ceremonies", path, tag, list_ceremonies, of_ceremonies.CeremonyPage)
    add_query(app, "get-ceremony", path + "/{ceremony_id}", tag, ceremony, of_ceremonies.Ceremony)
    add_query(app, "get-report", "/v1/reports/{dimension}", "reports", report, numbers.Report)
    tag = "office"
    add_query(app, "list-staff", "/v1/staff", tag, staff, of_staff.StaffList)
    add_query(app, "list-centres", "/v1/centres", tag, centres, registry.CentreList)
    add_query(app, "list-places", "/v1/places", tag, places, registry.PlaceList)
    add_query(app, "get-me", "/v1/me", tag, me, own.Me)
    path = "/v1/receipts/{idempotency_key:path}"
    add_query(app, "get-receipt", path, tag, receipt, StepAnswer)
