"""What two streams have and one may have is found, whichever is folded first, and by whom."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from domain.agreement.steps import AmendAgreement
from domain.beneficiary.steps import ChangeDetails, CorrectIdentity, RegisterBeneficiary
from domain.beneficiary.vocabulary import Sex
from domain.dismissal.steps import DismissFinding
from domain.dismissal.vocabulary import DismissedBecause
from domain.example.way import Way
from domain.message import Command, StreamKind
from domain.order.steps import CancelPayment, PayInvoice, ReversePayment
from domain.project.items import CashInstalment, ItemHandover
from domain.tracks.self_employment.steps import (
    ConfirmDelivery,
    DecideProblem,
    RaiseProblem,
    RecordRecovery,
)
from domain.tracks.self_employment.vocabulary import ProblemDecision, ProblemKind
from domain.values.findings import FindingCode
from projections.projector import Projector
from projections.store import Views
from projections.views import findings
from projections.views.findings import NEWEST, Filters, Finding
from projections.views.pages import Part
from tests.integration.projections.contents import catch_up, contents
from tests.integration.projections.programme import DIVISION, Person, Programme

TODAY = date(2024, 9, 1)
"""The programme's: its agreements end later, and are not near it."""


def served(person: Person, serial: str, cheque: str) -> list[Command]:
    """Their whole way, with this on the delivery."""
    commands = [*person.intake(), *person.towards_approval(), *person.towards_delivery()]
    return [_numbered(each, serial, cheque) for each in commands]


def _numbered(command: Command, serial: str, cheque: str) -> Command:
    step = command.step
    if isinstance(step, PayInvoice):
        own = {"invoice": f"F {command.target[-12:]}"}
        return command.model_copy(update={"step": step.model_copy(update=own)})
    if not isinstance(step, ConfirmDelivery):
        return command
    first, *others = (item.item for item in step.items)
    items = (ItemHandover(item=first, serials=(serial,)), *map(_unnumbered, others))
    cash = tuple(CashInstalment(amount=part.amount, cheque=cheque) for part in step.cash)
    return command.model_copy(
        update={"step": step.model_copy(update={"items": items, "cash": cash})}
    )


def _is_delivery(command: Command) -> bool:
    return isinstance(command.step, ConfirmDelivery)


def _unnumbered(item: int) -> ItemHandover:
    return ItemHandover(item=item)


def found(views: Views, filters: Filters | None = None, part: Part | None = None) -> list[Finding]:
    with views.reading() as conn:
        return list(findings.find(conn, filters or Filters(), part, TODAY).rows)


def test_what_two_projects_share_is_found_since_the_second(
    programme: Programme, projector: Projector, views: Views
) -> None:
    one, other, alone = (Person(programme) for _ in range(3))
    programme.record(*served(one, "SN-1", "100"), *served(alone, "SN-9", "900"))
    catch_up(projector)
    assert found(views) == []
    programme.record(*served(other, "sn 1", "200"))
    catch_up(projector)
    (finding,) = found(views)
    assert (finding.code, finding.open, finding.since) == (
        FindingCode.SERIAL_TWICE,
        True,
        date(2024, 9, 1),
    )
    assert [each.case_id for each in finding.rests_on] == [one.case_id, other.case_id]
    assert [each.stream for each in finding.rests_on] == [
        f"project/{one.project_id}",
        f"project/{other.project_id}",
    ]
    first, second = finding.rests_on
    assert first.position < second.position <= views.position()
    handed_over = programme.ledger.events(second.position - 1, 1)[0]
    assert (handed_over.envelope.stream, handed_over.event.stored) == (
        second.stream,
        "ItemsDelivered",
    )


@pytest.mark.parametrize("seed", range(2))
def test_findings_come_out_the_same_by_following_and_by_a_rebuild_in_any_order(
    seed: int, programme: Programme, projector: Projector, views: Views
) -> None:
    random = Random(seed)
    people = [Person(programme, random.choice(["taza", "midelt"])) for _ in range(6)]
    ways = [served(each, f"sn{at % 3}", f"{at % 2}") for at, each in enumerate(people)]
    while ways:
        way = random.choice(ways)
        programme.record(way.pop(0))
        if random.random() < 0.2:
            projector.run_once(random.randint(1, 9))
        ways = [each for each in ways if each]
    catch_up(projector, random.randint(1, 20))
    live, rows = found(views), contents(views)
    assert len(live) == 3 + 2
    assert [len(each.rests_on) for each in live if each.code == "cheque_twice"] == [3, 3]
    projector.rebuild()
    assert (found(views), contents(views)) == (live, rows)


@pytest.mark.parametrize("undo", [CancelPayment, ReversePayment])
def test_what_was_never_twice_at_one_time_is_no_finding(
    programme: Programme,
    projector: Projector,
    views: Views,
    undo: type[CancelPayment] | type[ReversePayment],
) -> None:
    """An invoice that was paid wrongly, and its payment undone, before it was paid elsewhere."""
    one, other = (Person(programme) for _ in range(2))
    cancel = undo(occurred_on=date(2024, 8, 20), payment=1, explanation="Paid wrongly.")
    invoices = Filters(code=FindingCode.INVOICE_TWICE)
    for person in (one, other):
        programme.record(*person.intake(), *person.towards_approval())
        programme.record(*(each for each in person.towards_delivery() if not _is_delivery(each)))
        programme.record(person.step(cancel, actor=programme.coordinator("taza")))
        catch_up(projector)
    assert found(views, invoices) == []
    again = other.way.step(PayInvoice).model_copy(update={"occurred_on": date(2024, 8, 21)})
    programme.record(*(each.step(again) for each in (one, other)))
    catch_up(projector)
    (finding,) = found(views, invoices)
    assert (finding.open, finding.streams) == (True, 2)
    live = contents(views)
    projector.rebuild()
    assert contents(views) == live


def test_a_serial_number_that_came_back_is_no_second_one_any_more(
    programme: Programme, projector: Projector, views: Views
) -> None:
    one, other = (Person(programme) for _ in range(2))
    programme.record(*served(one, "SN-1", "100"), *served(other, "SN-1", "200"))
    catch_up(projector)
    (finding,) = found(views)
    assert (finding.code, finding.open) == (FindingCode.SERIAL_TWICE, True)
    day, why = date(2024, 8, 20), "Seen."
    programme.record(
        one.step(RaiseProblem(occurred_on=day, kind=ProblemKind.SOLD, items=(1,), explanation=why)),
        one.step(
            DecideProblem(
                occurred_on=day, raised_on=day, decision=ProblemDecision.RECOVERY, explanation=why
            )
        ),
        one.step(RecordRecovery(occurred_on=day, raised_on=day, items=(1,), reference="R")),
    )
    catch_up(projector)
    (ended,) = found(views)
    assert (ended.open, ended.since, ended.until) == (False, finding.since, date(2024, 9, 1))
    live = contents(views)
    projector.rebuild()
    assert contents(views) == live


def test_an_amendment_that_is_missing_is_found_until_it_is_entered(
    programme: Programme, projector: Projector, views: Views
) -> None:
    agreement = programme.agreements["taza"]
    amend = Way(province="taza").step(AmendAgreement)

    def enter(number: int) -> None:
        step = amend.model_copy(update={"number": number, "envelope": Decimal(900_000_000)})
        programme.record(programme.order(StreamKind.AGREEMENT, agreement, step, DIVISION))
        catch_up(projector)

    enter(1)
    assert found(views) == []
    enter(3)
    (finding,) = found(views)
    assert (finding.code, finding.open, finding.streams) == ("amendment_missing", True, 1)
    (ground,) = finding.rests_on
    assert (ground.stream, ground.case_id) == (f"agreement/{agreement}", None)
    assert ground.position == programme.ledger.head()
    assert found(views, Filters(open=True, code=FindingCode.AMENDMENT_MISSING)) == [finding]
    assert found(views, Filters(open=False)) == []
    assert found(views, Filters(centre="taza")) == [], "it rests on no case"
    live = contents(views)
    projector.rebuild()
    assert contents(views) == live
    enter(2)
    (ended,) = found(views)
    assert (ended.open, ended.since, ended.until) == (False, finding.since, date(2024, 9, 1))
    assert found(views, Filters(open=True)) == []
    live = contents(views)
    projector.rebuild()
    assert contents(views) == live
    enter(5)
    (again,) = found(views)
    assert (again.open, again.until) == (True, None)


def test_pages_lead_through_all_and_filters_leave_what_they_say(
    programme: Programme, projector: Projector, views: Views
) -> None:
    taza = [Person(programme) for _ in range(2)]
    both = [Person(programme), Person(programme, "midelt")]
    for person in taza:
        programme.record(*served(person, "S1", "1"))
    for person in both:
        programme.record(*served(person, "S2", "2"))
    catch_up(projector)
    everything = found(views)
    assert len(everything) == 4
    seen: list[Finding] = []
    after: str | None = None
    for _ in everything:
        with views.reading() as conn:
            page = findings.find(conn, Filters(), Part(NEWEST, after, limit=1, total=True), TODAY)
        seen += page.rows
        after = page.next_cursor
        assert page.total == 4
    assert after is None
    assert seen == everything
    assert _codes(found(views, Filters(code=FindingCode.CHEQUE_TWICE))) == ["cheque_twice"] * 2
    assert found(views, Filters(open=False)) == []
    assert found(views, Filters(open=True)) == everything
    of_taza = found(views, Filters(centre="taza"))
    assert {row.case_id for each in of_taza for row in each.rests_on} == {
        person.case_id for person in taza
    }, "what rests on another centre's case too is not the centre's to read"
    assert found(views, Filters(centre="midelt")) == []


def _codes(rows: Sequence[Finding]) -> list[str]:
    return [each.code for each in rows]


def test_a_birth_date_that_makes_a_child_of_a_holder_is_found_until_it_is_mended(
    programme: Programme, projector: Projector, views: Views
) -> None:
    person = Person(programme)
    programme.record(*person.commands())

    def correct(born: date) -> None:
        step = CorrectIdentity(
            occurred_on=date(2024, 9, 1),
            name_latin="Salma Elmithal",
            sex=Sex.FEMALE,
            birth_date=born,
            explanation="The card says so.",
        )
        worker = programme.caseworker(person.centre)
        name = person.beneficiary_id
        programme.record(programme.order(StreamKind.BENEFICIARY, name, step, worker))
        catch_up(projector)

    wanted = Filters(code=FindingCode.MINOR_SIGNED)
    catch_up(projector)
    assert found(views, wanted) == []
    correct(date(2009, 1, 1))
    (finding,) = found(views, wanted)
    assert finding.open
    assert [each.case_id for each in finding.rests_on] == [person.case_id]
    correct(date(1989, 1, 1))
    assert found(views, wanted) == []


def test_what_the_standing_checks_find_is_kept_as_other_findings_are(
    programme: Programme, projector: Projector, views: Views
) -> None:
    """The proposal and the decision by one browser; and three people with one telephone."""
    people = [Person(programme) for _ in range(3)]
    for person in people:
        commands = [*person.intake(), *person.towards_approval()]
        if person is people[0]:
            commands = [_by_one_device(each) for each in commands]
        programme.record(*(_with_phone(each) for each in commands))
        catch_up(projector, 7)
    phone, device = sorted(found(views), key=lambda each: each.code, reverse=True)
    assert (phone.code, phone.streams, phone.open) == (FindingCode.PHONE_OF_MANY, 3, True)
    assert {each.case_id for each in phone.rests_on} == {each.case_id for each in people}
    assert (device.code, device.streams) == (FindingCode.ONE_DEVICE, 1)
    told = [programme.ledger.events(each.position - 1, 1)[0] for each in device.rests_on]
    assert [each.event.stored for each in told][-1] == "DecisionRecorded"
    assert {each.envelope.stream for each in told} == {f"case/{people[0].case_id}"}
    with views.reading() as conn:
        later = Filters(code=FindingCode.UNSPENT)
        near = findings.find(conn, later, on=date(2024, 12, 1))
        assert near.rows, "near its end by then"
    rows = contents(views)
    projector.rebuild()
    assert contents(views) == rows


def _by_one_device(command: Command) -> Command:
    origin = command.origin.model_copy(update={"device": "one"})
    return command.model_copy(update={"origin": origin})


def _with_phone(command: Command) -> Command:
    if not isinstance(command.step, RegisterBeneficiary | ChangeDetails):
        return command
    step = command.step.model_copy(update={"phone": "0611111111"})
    return command.model_copy(update={"step": step})


def test_a_dismissal_holds_until_another_entry_comes_to_the_finding(
    programme: Programme, projector: Projector, views: Views
) -> None:
    people = [Person(programme) for _ in range(3)]
    serials = Filters(code=FindingCode.SERIAL_TWICE)
    for number, person in enumerate(people[:2]):
        programme.record(*served(person, "SN-1", str(number)))
    catch_up(projector)
    (finding,) = found(views, serials)
    because, said = DismissedBecause.ONE_FAMILY, "They share the machine."
    step = DismissFinding(occurred_on=TODAY, because=because, explanation=said)
    name = finding.finding_id
    programme.record(programme.order(StreamKind.FINDING, name, step, DIVISION))
    catch_up(projector)
    (dismissed,) = found(views, serials)
    assert dismissed.dismissed is not None
    assert (dismissed.open, dismissed.dismissed.because) == (False, because)
    assert dismissed.dismissed.by == DIVISION.id
    assert found(views, replace(serials, dismissed=True)) == [dismissed]
    assert found(views, replace(serials, open=True)) == []
    with views.reading() as conn:
        counts = {each.code: each for each in findings.counted(conn, TODAY)}
    assert counts[FindingCode.SERIAL_TWICE].dismissed == 1
    assert said not in str(contents(views)), "the words stay in the ledger, under their key"
    rows = contents(views)
    projector.rebuild()
    assert contents(views) == rows
    programme.record(*served(people[2], "SN-1", "2"))
    catch_up(projector)
    (again,) = found(views, serials)
    assert (again.open, again.dismissed, again.streams) == (True, None, 3)
