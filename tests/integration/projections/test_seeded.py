"""Standing checks on what people recorded: each with what must be found, and beside it what nearly is.

What other files seed is not seeded here: one cheque, serial, invoice, paper, telephone, browser, and minutes
(`test_findings.py`, `test_orders.py`, `test_sessions.py`), somebody funded twice (`test_merged.py`), an
agreement near its end, a key (`test_keys_used.py`). What no step can do, goods before their approval, is
tried on the rule alone.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.case.reviews import dues
from domain.case.state import CaseState
from domain.case.steps import AddNote, ExemptReview, PauseCase, RecordContact
from domain.example.project import visit
from domain.message import Command, Origin, OriginKind, Role, Step, StreamKind, stream_id
from domain.rules import ExemptionReason
from domain.staff.state import DIRECTORY, StaffState
from domain.values.calendar import local_date
from domain.values.findings import FindingCode
from projections.projector import Projector
from projections.store import Views
from projections.views import findings
from projections.views.findings import Filters
from service.running.founding import Post, create_key
from tests.integration.projections.contents import catch_up, contents
from tests.integration.projections.programme import CALENDAR, Person, Programme

pytestmark = pytest.mark.rare  # long, and the rules have tests of their own

DAY = timedelta(days=1)
BY_HAND = Origin(kind=OriginKind.API)


def cases(views: Views, code: FindingCode, on: date) -> list[set[UUID | None]]:
    """The cases of each finding of a check."""
    with views.reading() as conn:
        found = findings.find(conn, Filters(code=code, open=True), on=on).rows
    return [{each.case_id for each in one.rests_on} for one in found]


def told(person: Person, steps: Iterable[Step]) -> list[Command]:
    return [person.step(each) for each in steps]


def key_of(programme: Programme, staff: UUID) -> UUID:
    """What a caseworker signs in with."""
    today = local_date(programme.clock.now)
    create_key(programme.ledger, today, Post("taza-caseworker", Role.CASEWORKER, "taza"), None)
    state = programme.ledger.state(DIRECTORY)
    assert isinstance(state, StaffState)
    return next(each.key_id for each in state.keys.values() if each.staff_id == staff)


def test_three_cases_paused_for_as_long_as_may_be_are_found_and_two_are_not(
    programme: Programme, projector: Projector, views: Views
) -> None:
    seeded = [Person(programme) for _ in range(3)] + [Person(programme, "midelt") for _ in range(2)]
    short = Person(programme, "midelt")
    day = date(2024, 8, 1)
    for person, days in [*((each, 90) for each in seeded), (short, 60)]:
        pause = PauseCase(occurred_on=day, until=day + days * DAY, explanation="Away.")
        programme.record(*person.intake(), person.step(pause))
    catch_up(projector)
    found = cases(views, FindingCode.NEAR_CEILING, day + 40 * DAY)
    assert found == [{each.case_id for each in seeded[:3]}]


def test_visits_without_a_word_are_found_and_one_with_a_word_ends_the_row(
    programme: Programme, projector: Projector, views: Views
) -> None:
    silent, told_of = Person(programme), Person(programme)
    nothing: dict[str, Any] = {"remarks": None, "monthly_income": None, "items": (), "review": None}
    for person in (silent, told_of):
        programme.record(*person.intake(), *person.towards_approval(), *person.towards_delivery())
        first = visit(person.way, 1)
        for later in range(3):
            more = nothing | {"occurred_on": first.occurred_on + later * DAY}
            if person is told_of and later == 1:
                more |= {"remarks": "A second machine."}
            programme.record(person.step(first.model_copy(update=more)))
    catch_up(projector)
    found = cases(views, FindingCode.WORDLESS_VISITS, date(2024, 9, 1))
    assert found == [{silent.case_id}]


def test_exemptions_in_a_row_are_found_and_somebody_met_between_ends_it(
    programme: Programme, projector: Projector, views: Views
) -> None:
    exempted, met = Person(programme), Person(programme)
    for person in (exempted, met):
        programme.record(*person.intake())
        for number in range(3):
            stream = stream_id(StreamKind.CASE, person.case_id)
            state = programme.ledger.state(stream)
            assert isinstance(state, CaseState)
            day = date(2024, 8, 1) + number * DAY
            exempt = ExemptReview(
                occurred_on=day,
                review=dues(state, CALENDAR)[0].key,
                because=ExemptionReason.HEALTH,
                until=day + 9 * DAY,
                explanation="Ill.",
            )
            programme.record(person.step(exempt))
            if person is met and number == 1:
                contact = person.way.step(RecordContact)
                programme.record(person.step(contact.model_copy(update={"occurred_on": day})))
    catch_up(projector)
    assert cases(views, FindingCode.EXEMPT_AGAIN, date(2024, 9, 1)) == [{exempted.case_id}]


def test_what_is_entered_long_after_is_found_and_what_is_entered_in_time_is_not(
    programme: Programme, projector: Projector, views: Views
) -> None:
    late, in_time = Person(programme), Person(programme)
    for person in (late, in_time):
        programme.record(*person.intake())
    programme.wait_until(programme.clock.now + 40 * DAY)
    for person, day in ((late, date(2024, 9, 2)), (in_time, date(2024, 9, 20))):
        note = person.step(AddNote(occurred_on=day, text="Came by."))
        actor = note.actor.model_copy(update={"credential": key_of(programme, note.actor.id)})
        programme.record(note.model_copy(update={"origin": BY_HAND, "actor": actor}))
        imported = person.step(AddNote(occurred_on=date(2024, 9, 2), text="From the old file."))
        programme.record(imported)
    catch_up(projector)
    assert cases(views, FindingCode.LONG_AFTER, date(2024, 12, 1)) == [{late.case_id}]
    live = contents(views)
    projector.rebuild()
    assert contents(views) == live
