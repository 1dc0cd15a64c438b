"""Auditors are told, once for each run, that a check did not end well; and nobody else is."""

from datetime import UTC, datetime

from domain.example.beside import register_staff
from domain.message import Actor, Role, StreamKind, derived_id
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from domain.staff.reach.steps import ChangeReach
from domain.staff.reach.vocabulary import ReaderLanguage, StaffChannel
from domain.upkeep.path import STREAM
from domain.upkeep.vocabulary import Act, Fact
from domain.values.calendar import local_date
from projections.comparing import Covered
from service.notify.outbox.message import MessageRow
from service.notify.telling.differences import DifferencesFound
from service.running.acts import record_act
from service.running.auditing.found import Reconciled
from service.running.auditing.recorded import record
from tests.integration.projections.programme import Programme
from workflows.reconciling import Differs, WorkflowDiffers


def an_auditor(programme: Programme) -> Actor:
    step = register_staff("all-auditor", Role.AUDITOR, None)
    hired = programme.order(StreamKind.STAFF, "directory", step, FOUNDING_ADMINISTRATOR)
    programme.record(hired)
    return Actor(id=derived_id(hired.id, "staff"), role=Role.AUDITOR)


def reached(programme: Programme, actor: Actor) -> None:
    step = ChangeReach(
        occurred_on=local_date(programme.clock.now),
        language=ReaderLanguage.FRENCH,
        channels=(StaffChannel.EMAIL,),
        email=f"{actor.role}@house.test",
        daily_digest=True,
    )
    programme.record(programme.order(StreamKind.STAFF, "directory", step, actor))


def test_auditors_are_told_that_a_check_did_not_end_well(programme: Programme) -> None:
    ledger, auditor = programme.ledger, an_auditor(programme)
    for each in (auditor, programme.coordinator("taza")):
        reached(programme, each)
    covered = Covered(position=9, behind=0, same_event=True, calendar="ma")
    found = Reconciled(datetime.now(UTC), cases=2, covered=covered)
    record(ledger, found)
    found.workflows += [WorkflowDiffers(str(auditor.id), each) for each in Differs]
    record(ledger, found)
    record_act(ledger, Act.CHECKED, {Fact.KIND: "verify", Fact.RESULT: "well"})
    teller = DifferencesFound(ledger, "https://jisr.test", lambda: programme.clock.now)

    def told() -> list[MessageRow]:
        return [each for one in ledger.history(STREAM) for each in teller.messages(one)]

    (message,) = told()
    assert told() == [message], "the same each time"
    assert message.to == auditor.id
    said = teller.said(message).outgoing
    assert said is not None
    assert said.to == "auditor@house.test"
    assert "https://jisr.test/checks" in said.text
    assert str(auditor.id) not in said.text, "of which cases stands on the page"
