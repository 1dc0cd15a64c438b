"""What operators do at the machine is an event of the house; nobody else says it."""

from dataclasses import replace
from uuid import uuid4

import pytest

from domain.errors import NotAllowed
from domain.message import Command, MadeBy, Origin, OriginKind, made_by
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from domain.upkeep.events import OperatorActed
from domain.upkeep.path import OPERATOR, STREAM
from domain.upkeep.steps import RecordAct
from domain.upkeep.vocabulary import Act, Fact
from ledger.ledger import Ledger
from ledger.port import programme
from service.running.acts import account, record_act, record_ended
from tests.integration.ledger.place import Opener
from workflows.by_hand import Ended, How


@pytest.fixture
def ledger(opened: Opener) -> Ledger:
    return opened(domain=programme())


def test_an_act_says_what_was_done_and_under_which_account(ledger: Ledger) -> None:
    told = {Fact.POSITION: 7, Fact.NUMBER: None, Fact.KIND: "bundle"}
    position = record_act(ledger, Act.EXPORTED, told)
    again = record_act(ledger, Act.EXPORTED, told)
    (envelope, event), second = ledger.history(STREAM)
    assert isinstance(event, OperatorActed)
    assert (event.act, event.account) == ("exported", account())
    assert event.facts == {"position": "7", "kind": "bundle"}
    assert (envelope.position, second.envelope.position) == (position, again)
    assert (envelope.actor, envelope.subject) == (OPERATOR, None)
    assert made_by(envelope.actor.role, envelope.origin.kind) is MadeBy.OPERATOR


def test_what_was_done_to_a_run_in_temporal_is_recorded_once(ledger: Ledger) -> None:
    at = ledger.now()
    ended = Ended(f"case-{uuid4()}", str(uuid4()), How.TERMINATED, "9@there", at)
    position = record_ended(ledger, ended)
    assert record_ended(ledger, ended) == position
    ((_, event),) = ledger.history(STREAM)
    assert isinstance(event, OperatorActed)
    assert (event.act, event.account) == ("workflow_terminated", "9@there")
    at_the_second = at.isoformat(timespec="seconds")
    assert event.facts == {"of": ended.workflow, "run": ended.run, "ended_at": at_the_second}
    nobody = replace(ended, run=str(uuid4()), how=How.RESET, by="\n-\u202e", next_run=str(uuid4()))
    record_ended(ledger, nobody)
    *_, (_, event) = ledger.history(STREAM)
    assert isinstance(event, OperatorActed)
    assert (event.act, event.account, event.facts["next_run"]) == (
        "workflow_reset",
        "temporal",
        nobody.next_run,
    )


def test_nobody_else_says_that_an_operator_acted(ledger: Ledger) -> None:
    day = ledger.now().date()
    said = Command(
        id=uuid4(),
        target=STREAM,
        step=RecordAct(occurred_on=day, act=Act.RESTORED, account="root"),
        actor=FOUNDING_ADMINISTRATOR,
        origin=Origin(kind=OriginKind.FOUNDING),
    )
    with pytest.raises(NotAllowed):
        ledger.record(said)
    assert ledger.head() == 0
