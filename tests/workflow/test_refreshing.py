"""What is recorded in a case past its workflow, the workflow knows within a second."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio.api.enums.v1 import EventType

from domain.message import StreamKind, stream_id
from ledger.following.tracking import FollowerTracking
from ledger.ledger import Ledger
from tests.support.waiting import eventually
from tests.workflow.house import House
from tests.workflow.toy import DAY, Close, Note, Open
from workflows import refreshing
from workflows.case.connecting import connect
from workflows.refreshing import WORKFLOWS, Allowance
from workflows.server.embedded import NAMESPACE, EmbeddedServer

LINES = 40
"""Of a long order."""
AT_ONCE = 15.0
"""Seconds a busy machine may take; by and by, as more is told than that, it would take twenty."""


@pytest.fixture
def tracking(toy_ledger: Ledger) -> Iterator[FollowerTracking]:
    with closing(toy_ledger.feed.tracking()) as tracking:
        yield tracking


def note() -> Note:
    return Note(occurred_on=DAY, text="seen at the centre")


def opened_past_it(house: House, case: str | None = None) -> str:
    case = case or str(uuid4())
    house.ledger.record(house.command(case, Open(occurred_on=DAY)))
    return case


async def caught_up(house: House, tracking: FollowerTracking) -> None:
    await eventually(lambda: tracking.at(WORKFLOWS).position == house.ledger.head())


async def test_a_case_that_is_imported_has_its_workflow_started(
    house: House, tracking: FollowerTracking
) -> None:
    async with house.told():
        await house.level(await house.opened())
        await caught_up(house, tracking)
        case = opened_past_it(house)
        assert (await house.level(case)).is_open


async def test_forty_cases_written_in_one_commit_are_told_at_once(
    house: House, tracking: FollowerTracking
) -> None:
    async with house.told():
        cases = [opened_past_it(house) for _ in range(LINES)]
        await caught_up(house, tracking)
        for case in cases:
            await house.level(case)
        house.ledger.record_all([house.command(case, note()) for case in cases])
        began = time.monotonic()
        for case in cases:
            await house.level(case)
        assert time.monotonic() - began < AT_ONCE


async def test_what_was_recorded_long_ago_is_left_to_the_sweep(
    house: House, tracking: FollowerTracking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "LATELY", timedelta(0))
    async with house.told():
        case = opened_past_it(house)
        await caught_up(house, tracking)
        assert await house.runs.find(case) is None


async def test_a_case_closed_past_its_workflow_has_none_any_more(
    house: House, tracking: FollowerTracking
) -> None:
    async with house.told():
        case = await house.opened()
        await house.level(case)
        house.ledger.record(house.command(case, Close(occurred_on=DAY)))
        await caught_up(house, tracking)
        await eventually(lambda: has_none(house, case))


async def has_none(house: House, case: str) -> bool:
    return await house.runs.find(case) is None


async def test_a_workflow_is_not_told_what_came_through_it(
    house: House, tracking: FollowerTracking
) -> None:
    async with house.told():
        case = await house.opened()
        for _ in range(3):
            await house.take(case, note())
        await caught_up(house, tracking)
        events = [event.event_type async for event in house.workflow(case).fetch_history_events()]
        assert EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED not in events
        house.ledger.record(house.command(case, note()))
        await house.level(case)
        events = [event.event_type async for event in house.workflow(case).fetch_history_events()]
        assert EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED in events


async def test_a_case_that_temporal_refuses_holds_up_no_other(
    house: House, tracking: FollowerTracking
) -> None:
    """No id is so long; and if one were, its case would be named."""
    async with house.told():
        refused = opened_past_it(house, "x" * 2000)
        case = opened_past_it(house)
        await house.level(case)
        await caught_up(house, tracking)
        (left,) = tracking.passed_over(WORKFLOWS)
    (opened,) = house.ledger.history(stream_id(StreamKind.CASE, refused))
    assert left.position == opened.envelope.position


async def test_what_was_recorded_while_temporal_was_away_is_told_when_it_is_back(
    toy_ledger: Ledger, tracking: FollowerTracking, tmp_path: Path
) -> None:
    data = tmp_path / "temporal"
    data.mkdir()
    server = EmbeddedServer(data)
    await server.start()
    house = House(await connect(server.address, NAMESPACE, lazy=False), toy_ledger, "queue")
    async with house.told():
        await house.level(await house.opened())
        await caught_up(house, tracking)
        await server.kill()
        case, before = opened_past_it(house), house.ledger.head() - 1
        await asyncio.sleep(2)
        assert tracking.at(WORKFLOWS).position == before
        async with EmbeddedServer(data, port=server.port):
            await house.level(case)
            await caught_up(house, tracking)
            assert tracking.passed_over(WORKFLOWS) == []


def test_what_is_told_at_once_has_an_end_and_comes_back_by_and_by(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    monkeypatch.setattr(refreshing, "monotonic", lambda: now[0])
    allowance = Allowance(at_once=100, a_second=10)
    assert [allowance.take(40) for _ in range(3)] == [40, 40, 20]
    now[0] += 1
    assert [allowance.take(40), allowance.take(40)] == [10, 0]
    now[0] += 3600
    assert allowance.take(500) == 100
