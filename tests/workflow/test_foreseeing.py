"""Which steps are decided before they are sent, and that nobody is refused otherwise than before."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.errors import NewerReleaseNeeded, Refused, Unavailable
from domain.message import Command
from ledger.ground.watch import Kind
from service.case_steps import CaseSteps
from tests.workflow.house import SUBJECT, House
from tests.workflow.toy import DAY, Close, NeedsNote, Note
from workflows.case.engine import Engine
from workflows.case.messages import SealedOrder, StepAnswer

NOTE = Note(occurred_on=DAY, text="seen at the centre")


@pytest.fixture(autouse=True)
def _a_look_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Longer than any test."""
    monkeypatch.setattr("service.case_steps.A_LOOK_LASTS", 3600.0)


@pytest.fixture
def looks(house: House, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The steps that were decided without being recorded."""
    found: list[Any] = []
    check: Callable[[Command], Any] = house.ledger.check

    def noting(command: Command) -> Any:
        found.append(command.step)
        return check(command)

    monkeypatch.setattr(house.ledger, "check", noting)
    return found


def steps_of(house: House, engine: Engine | None = None) -> CaseSteps:
    def subject(_: Command) -> UUID:
        return SUBJECT

    return CaseSteps(
        house.ledger, engine or house.engine, lambda _: None, subject, asyncio.to_thread
    )


async def test_of_steps_that_follow_one_another_few_are_decided_twice(
    house: House, looks: list[Any]
) -> None:
    steps = steps_of(house)
    async with house.working():
        case = await house.opened()
        for key in ("one", "two", "three"):
            assert not (await steps.take(house.command(case, NOTE, key)))[1]
        assert looks == [NOTE]
        answer, repeated = await steps.take(house.command(case, NOTE, "two"))
        assert repeated
        assert answer == house.ledger.receipt(house.command(case, NOTE, "two").id).answer  # type: ignore[union-attr]  # recorded above
        assert looks == [NOTE]


async def test_one_that_is_refused_unforeseen_is_told_why_and_those_after_it_are_foreseen(
    house: House, looks: list[Any]
) -> None:
    steps, bad = steps_of(house), NeedsNote(occurred_on=DAY)
    async with house.working():
        case, other = await house.opened(), await house.opened()
        await steps.take(house.command(other, NOTE))
        for _ in range(3):
            with pytest.raises(Refused, match="note_missing") as refused:
                await steps.take(house.command(case, bad))
            assert refused.value.params == {"needed": 1}
        assert looks == [NOTE, bad, bad, bad], "sent unforeseen once, then refused before"
        assert house.events(case) == ["Opened"]
        await steps.take(house.command(case, NOTE))
        await steps.take(house.command(case, bad))
        assert house.events(case) == ["Opened", "Noted", "Noted"]


async def test_a_step_on_a_closed_case_is_refused_unforeseen_too(
    house: House, looks: list[Any]
) -> None:
    steps = steps_of(house)
    async with house.working():
        case = await house.opened()
        await steps.take(house.command(case, Close(occurred_on=DAY)))
        with pytest.raises(Refused, match="case_closed"):
            await steps.take(house.command(case, NOTE))
        assert len(looks) == 2
        assert house.events(case) == ["Opened", "Closed"]


async def test_while_nobody_takes_steps_the_ledger_says_what_became_of_one(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, asked, bad = house.engine, asyncio.Event(), NeedsNote(occurred_on=DAY)
    steps, take_step = steps_of(house, engine), engine.take_step

    async def said(order: SealedOrder) -> StepAnswer:
        asked.set()
        return await take_step(order)

    async with house.working():
        case = await house.opened()
        await steps.take(house.command(await house.opened(), NOTE))
    engine._patience = timedelta(seconds=1)
    with pytest.raises(Refused, match="note_missing"):
        await steps.take(house.command(case, bad))
    late = house.command(case, NOTE)
    monkeypatch.setattr(engine, "take_step", said)
    taking = asyncio.create_task(steps.take(late))
    await asked.wait()
    receipt = house.ledger.record(late)
    assert await taking == (receipt.answer, False)
    with pytest.raises(Unavailable):
        await steps.take(house.command(case, NOTE))


async def test_what_this_release_may_not_record_is_not_sent_unforeseen(
    house: House, looks: list[Any]
) -> None:
    """Another release at work on the ledger might take it up, and record it."""
    steps = steps_of(house)
    async with house.working():
        case = await house.opened()
        await steps.take(house.command(case, NOTE, "key"))
        store: Any = house.ledger._store
        store.note(Kind.LEVEL_RAISED, json.dumps({"level": house.ledger.level.reads + 1}))
        with pytest.raises(NewerReleaseNeeded):
            await steps.take(house.command(case, NOTE))
        assert (await steps.take(house.command(case, NOTE, "key")))[1]
        assert looks == [NOTE]
    assert house.events(case) == ["Opened", "Noted"]
