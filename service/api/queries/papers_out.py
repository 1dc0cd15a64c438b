"""Papers to print, as PDF: each of one thing, or of a whole list in one go."""

from uuid import UUID

from fastapi import FastAPI
from starlette.responses import Response

from projections.views.caseload import Filters
from service.api.asking import Asker, add_paper
from service.api.parameters import AtLeast, AttestationOf, CohortDay, RoundFilters
from service.queries.papers_out import (
    attestations,
    cases,
    ceremonies,
    cohorts,
    consents,
    orders,
    sessions,
    visits,
)

TAG = "papers out"


async def undertaking(asker: Asker, case_id: UUID, given: AtLeast) -> Response:
    """The undertaking not to sell what was approved, to be read aloud and signed.

    An adult's; a minor signs none.
    """
    await asker.caught_up(given.at_least)
    return await asker.paper("undertaking", cases.print_undertaking, case_id)


async def delivery_slip(asker: Asker, case_id: UUID, given: AtLeast) -> Response:
    """A delivery slip of what waits to be handed over in a case; where nothing does, of what was.

    One sheet a project. A minor's is signed by the guardian and names no cash.
    """
    await asker.caught_up(given.at_least)
    return await asker.paper("delivery-slip", cases.print_delivery_slip, case_id)


async def attestation(asker: Asker, case_id: UUID, given: AttestationOf) -> Response:
    """An attestation that was issued in a case, by its id; without one the last that stands.

    It says word for word what it said when it was issued; on a later day it is marked as a copy. One
    that was cancelled is not printed.
    """
    await asker.caught_up(given.at_least)
    query, wanted = attestations.print_attestation, given.attestation_id
    return await asker.paper("attestation", query, case_id, wanted)


async def consent_form(asker: Asker, case_id: UUID, given: AtLeast) -> Response:
    """A form of consent, to be read aloud, ticked purpose by purpose, and signed.

    A minor's is signed by the guardian. What was agreed to is recorded by its own step afterwards.
    """
    await asker.caught_up(given.at_least)
    return await asker.paper("consent-form", consents.print_consent_form, case_id)


async def case_summary(asker: Asker, case_id: UUID, given: AtLeast) -> Response:
    """A case in neutral words, for an auditor or its holder.

    What was reached, with what money, and what falls due; nothing of custody.
    """
    await asker.caught_up(given.at_least)
    return await asker.paper("case-summary", cases.print_case_summary, case_id)


async def visit_sheet(asker: Asker, case_id: UUID, given: AtLeast) -> Response:
    """A sheet for one visit: where, by which phone, what falls due, with room to write."""
    await asker.caught_up(given.at_least)
    return await asker.paper("visit-sheet", visits.print_visit_sheet, case_id)


async def visit_sheets(asker: Asker, given: RoundFilters) -> Response:
    """Sheets for a round of visits: whoever is to be seen today, the longest overdue first."""
    await asker.caught_up(given.at_least)
    filters = Filters(**given.filters)
    return await asker.paper("visit-sheets", visits.print_visit_sheets, filters)


async def ceremony_list(asker: Asker, ceremony_id: UUID, given: AtLeast) -> Response:
    """A ceremony's list: who gets what, as far as you may read it."""
    await asker.caught_up(given.at_least)
    return await asker.paper("ceremony-list", ceremonies.print_ceremony_list, ceremony_id)


async def ceremony_minutes(asker: Asker, ceremony_id: UUID, given: AtLeast) -> Response:
    """A ceremony's minutes: the sums of what was confirmed of its day, the other lines apart."""
    await asker.caught_up(given.at_least)
    return await asker.paper("ceremony-minutes", ceremonies.print_ceremony_minutes, ceremony_id)


async def ceremony_slips(asker: Asker, ceremony_id: UUID, given: AtLeast) -> Response:
    """The delivery slips of all on a ceremony's list whose lines you may read, in one file.

    They prove nothing by themselves: each line is inspected, signed and confirmed by itself.
    """
    await asker.caught_up(given.at_least)
    return await asker.paper("delivery-slips", ceremonies.print_ceremony_slips, ceremony_id)


async def session_list(asker: Asker, session_id: UUID, given: AtLeast) -> Response:
    """A session's list: what each project asks for, and what was decided."""
    await asker.caught_up(given.at_least)
    return await asker.paper("session-list", sessions.print_session_list, session_id)


async def attendance_sheet(asker: Asker, cohort_id: UUID, given: CohortDay) -> Response:
    """A cohort's sheet for one day, on which whoever comes signs: those of your own cases."""
    await asker.caught_up(given.at_least)
    return await asker.paper(
        "attendance-sheet", cohorts.print_attendance_sheet, cohort_id, given.on
    )


async def order_slips(asker: Asker, order_id: UUID, given: AtLeast) -> Response:
    """The delivery slips of all for whom something of an order came in, in one file."""
    await asker.caught_up(given.at_least)
    return await asker.paper("delivery-slips", orders.print_order_slips, order_id)


def add_papers_out(app: FastAPI) -> None:
    path = "/v1/cases/{case_id}/papers-out/"
    add_paper(app, "print-undertaking", path + "undertaking", TAG, undertaking)
    add_paper(app, "print-delivery-slip", path + "delivery-slip", TAG, delivery_slip)
    add_paper(app, "print-attestation", path + "attestation", TAG, attestation)
    add_paper(app, "print-consent-form", path + "consent-form", TAG, consent_form)
    add_paper(app, "print-case-summary", path + "summary", TAG, case_summary)
    add_paper(app, "print-visit-sheet", path + "visit-sheet", TAG, visit_sheet)
    add_paper(app, "print-visit-sheets", "/v1/papers-out/visit-sheets", TAG, visit_sheets)
    path = "/v1/ceremonies/{ceremony_id}/papers-out/"
    add_paper(app, "print-ceremony-list", path + "list", TAG, ceremony_list)
    add_paper(app, "print-ceremony-minutes", path + "minutes", TAG, ceremony_minutes)
    add_paper(app, "print-ceremony-slips", path + "delivery-slips", TAG, ceremony_slips)
    path = "/v1/sessions/{session_id}/papers-out/"
    add_paper(app, "print-session-list", path + "list", TAG, session_list)
    path = "/v1/cohorts/{cohort_id}/papers-out/"
    add_paper(app, "print-attendance-sheet", path + "attendance-sheet", TAG, attendance_sheet)
    path = "/v1/orders/{order_id}/papers-out/"
    add_paper(app, "print-order-slips", path + "delivery-slips", TAG, order_slips)
