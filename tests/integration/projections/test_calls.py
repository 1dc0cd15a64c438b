"""The calls that are listed on a day are those that the cases and their people call for."""

from datetime import date, timedelta
from typing import cast
from uuid import UUID

import pytest

from domain.beneficiary.state import BeneficiaryState
from domain.beneficiary.steps import ChangeDetails
from domain.beneficiary.vocabulary import Language
from domain.case.reviews import dues
from domain.case.state import CaseState
from domain.message import StreamKind, stream_id
from domain.reaching.calls import calls as calls_of
from domain.reaching.telling import Because
from ledger.ledger import Ledger
from projections.projector import Projector
from projections.store import Views
from projections.views import calls
from projections.views.pages import Part
from tests.closer.programme import go_on
from tests.closer.site import Site
from tests.integration.projections.contents import catch_up
from tests.integration.projections.programme import CALENDAR
from tests.integration.projections.test_tasks import begun, days_after

Listed = set[tuple[UUID, date, Because | None, str | None, int]]


def states(ledger: Ledger, case_id: UUID) -> tuple[CaseState, BeneficiaryState]:
    case = cast("CaseState", ledger.state(stream_id(StreamKind.CASE, case_id)))
    person = stream_id(StreamKind.BENEFICIARY, case.beneficiary_id or "")
    return case, cast("BeneficiaryState", ledger.state(person))


def told(ledger: Ledger, site: Site, today: date) -> Listed:
    found: Listed = set()
    for case_id in site.cases:
        case, person = states(ledger, case_id)
        for each in calls_of(case, person, dues(case, CALENDAR)):
            if each.begins <= today <= each.ends:
                found.add((case_id, each.ends, each.because, each.phone, each.tried))
    return found


def listed(views: Views, today: date) -> Listed:
    with views.reading() as conn:
        filters = calls.Filters(unrestricted=True)
        rows = calls.find(conn, filters, today, Part(calls.ENDS_FIRST, limit=200)).rows
        assert calls.count(conn, filters, today) == len(rows)
    assert [row.ends for row in rows] == sorted(row.ends for row in rows if row.ends)
    return {(r.case_id, r.ends or today, r.because, r.phone, r.tried or 0) for r in rows}


@pytest.mark.parametrize("seed", [3])
def test_whom_to_call_is_what_the_states_say_whatever_was_done(
    ledger: Ledger, projector: Projector, views: Views, seed: int
) -> None:
    site = begun(ledger, seed)
    for number, case_id in enumerate(site.cases):
        case, _ = states(ledger, case_id)
        person = stream_id(StreamKind.BENEFICIARY, case.beneficiary_id or "")
        changed = ChangeDetails(
            occurred_on=site.today,
            phone=f"06 00 00 00 1{number}",
            language=Language.TAMAZIGHT if number % 2 else Language.DARIJA,
            may_leave_message=True,
            reads=bool(number % 2),
        )
        site.books.take(person, changed, site.staff.caseworker)
    seen: Listed = set()
    for _ in range(2):
        go_on(site, 10)
        catch_up(projector)
        for today in (*days_after(site.today), site.today + timedelta(days=25)):
            assert listed(views, today) == told(ledger, site, today)
            seen |= listed(views, today)
    assert {because for _, _, because, _, _ in seen} >= {Because.DOES_NOT_READ}
