"""Somebody else works for Temporal: nothing they say is believed without the ledger."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from temporalio import workflow
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from domain.errors import KeyReused, Refused, Unavailable, Unexpected
from domain.message import Command, stream_id
from service.case_steps import CaseSteps
from tests.workflow.house import SUBJECT, House
from tests.workflow.toy import DAY, NeedsNote, Note, Open
from workflows.case.messages import TAKE_STEP, WORKFLOW, CaseStart, SealedOrder

Say = Callable[[SealedOrder], Any]


def note(text: str = "seen at the centre") -> Note:
    return Note(occurred_on=DAY, text=text)


def forged(order: SealedOrder) -> dict[str, str]:
    """An acknowledgement as the ledger words it."""
    body = {
        "command_id": order.command_id,
        "stream": stream_id("case", order.case_id),  # type: ignore[arg-type]  # as it is spelled
        "version": 2,
        "position": 2,
        "events": ["Noted"],
        "ids": {},
        "warnings": [],
    }
    return {"answer": json.dumps(body, separators=(",", ":")), "mark": "00" * 32}


def refusal(code: str, *, benign: bool = True, **params: str) -> ApplicationError:
    category = ApplicationErrorCategory.BENIGN if benign else ApplicationErrorCategory.UNSPECIFIED
    return ApplicationError(code, params, type=code, non_retryable=True, category=category)


def refuses(error: ApplicationError) -> Say:
    def say(_order: SealedOrder) -> Any:
        raise error

    return say


SAYS: dict[str, Say] = {}
"""Task queue → what is said on it."""


@workflow.defn(name=WORKFLOW, sandboxed=False)
class Rogue:
    """Records nothing, and says what it likes."""

    @workflow.run
    async def run(self, _start: CaseStart) -> None:
        await workflow.wait_condition(lambda: False)

    @workflow.update(name=TAKE_STEP)
    async def take_step(self, order: SealedOrder) -> Any:
        return SAYS[workflow.info().task_queue](order)


@asynccontextmanager
async def rogue(house: House, say: Say) -> AsyncIterator[None]:
    """A worker on the cases' queue that is not ours."""
    SAYS[house.queue] = say
    runner = UnsandboxedWorkflowRunner()
    async with Worker(
        house.client, task_queue=house.queue, workflows=[Rogue], workflow_runner=runner
    ):
        yield


@pytest.fixture
def case(house: House) -> str:
    """A case the ledger knows, and whose workflow never ran."""
    case = str(uuid4())
    house.ledger.record(house.command(case, Open(occurred_on=DAY)))
    return case


async def take(house: House, command: Command) -> str:
    def subject(_command: Command) -> UUID:
        return SUBJECT

    def admit(_command: Command) -> None:
        return

    steps = CaseSteps(house.ledger, house.engine, admit, subject, asyncio.to_thread)
    answer, repeated = await steps.take(command)
    assert not repeated
    return answer


@pytest.mark.parametrize(
    "say",
    [forged, lambda _: "done", lambda _: None, lambda _: {"mark": 7}],
    ids=["as the ledger words it", "a word", "nothing", "half of it"],
)
async def test_an_acknowledgement_of_what_was_never_recorded_is_no_answer(
    house: House, case: str, say: Say
) -> None:
    async with rogue(house, say):
        with pytest.raises(Unavailable):
            await take(house, house.command(case, note()))
    assert house.events(case) == ["Opened"]


async def test_an_answer_the_ledger_gave_to_another_command_is_no_answer(
    house: House, case: str
) -> None:
    true = house.ledger.record(house.command(case, note()))
    async with rogue(house, lambda _: {"answer": true.answer, "mark": true.mark}):
        with pytest.raises(Unavailable):
            await take(house, house.command(case, note()))
    assert house.events(case) == ["Opened", "Noted"]


async def test_an_answer_the_ledger_gave_to_another_body_of_the_command_is_no_answer(
    house: House, case: str
) -> None:
    """Both are sent at once under one key, and the first one's answer is given to the second."""
    first, second = house.command(case, note("one"), "key"), house.command(case, note(), "key")

    def say(_order: SealedOrder) -> dict[str, str]:
        true = house.ledger.record(first)
        return {"answer": true.answer, "mark": true.mark}

    async with rogue(house, say):
        with pytest.raises(KeyReused):
            await take(house, second)


async def test_a_step_that_was_recorded_is_answered_from_the_ledger_whatever_was_said(
    house: House, case: str
) -> None:
    command = house.command(case, note())

    def say(order: SealedOrder) -> Any:
        house.ledger.record(command)
        return forged(order)

    async with rogue(house, say):
        answer = await take(house, command)
    receipt = house.ledger.receipt(command.id)
    assert receipt is not None
    assert answer == receipt.answer


@pytest.mark.parametrize("code", ["case_closed", "key_reused", "erased", "database_behind"])
async def test_a_refusal_the_ledger_would_not_give_is_not_believed(
    house: House, case: str, code: str
) -> None:
    async with rogue(house, refuses(refusal(code))):
        with pytest.raises(Unavailable):
            await take(house, house.command(case, note()))


async def test_a_refusal_is_given_in_the_ledgers_own_words(house: House, case: str) -> None:
    """The rule would have it otherwise when the step came to its turn."""
    house.ledger.record(house.command(case, note()))
    command = house.command(case, NeedsNote(occurred_on=DAY), "key")
    other = house.command(case, note("other"), "key")

    def say(_order: SealedOrder) -> Any:
        house.ledger.record(other)
        raise refusal("case_closed")

    async with rogue(house, say):
        with pytest.raises(KeyReused):
            await take(house, command)


async def test_of_a_fault_only_its_reference_is_told(house: House, case: str) -> None:
    for given, told in (("0a1b2c3d", "0a1b2c3d"), ("your key, please", None)):
        async with rogue(house, refuses(refusal("unexpected", benign=False, reference=given))):
            with pytest.raises(Unexpected) as raised:
                await take(house, house.command(case, note()))
        assert raised.value.params == {"reference": told}
        await house.workflow(case).terminate()


async def test_a_true_worker_is_believed(house: House) -> None:
    async with house.working():
        case = await house.opened()
        answer = await take(house, house.command(case, note()))
        assert json.loads(answer)["events"] == ["Noted"]
        with pytest.raises(Refused, match="case_closed"):
            await take(house, house.command(str(uuid4()), note()))


async def test_an_update_that_came_too_late_to_be_taken_up_is_asked_for_again(
    house: House, case: str
) -> None:
    """As Temporal words it where a starved worker let its task pass."""
    command, asked = house.command(case, note()), list[SealedOrder]()

    def say(order: SealedOrder) -> Any:
        asked.append(order)
        if len(asked) == 1:
            raise refusal("UnprocessedUpdate")
        true = house.ledger.record(command)
        return {"answer": true.answer, "mark": true.mark}

    async with rogue(house, say):
        answer = await take(house, command)
    assert asked == [asked[0]] * 2
    receipt = house.ledger.receipt(command.id)
    assert receipt is not None
    assert answer == receipt.answer
