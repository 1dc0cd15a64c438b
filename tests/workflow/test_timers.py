"""Due times in a case's workflow: each is recorded once, when it comes."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from domain.errors import Refused
from ledger.recording.writer import Writer
from tests.support.waiting import eventually
from tests.workflow.house import SCHEDULE, House, locked
from tests.workflow.toy import DAY, Close, Note, Open, Plan
from workflows.case import workflow as case_workflow
from workflows.case.activities import CaseActivities
from workflows.case.messages import CaseMoment

SOON = (0.5, 5, 30)
"""Seconds until a review falls due: so many as what has to come before takes on this machine."""


def in_seconds(seconds: float) -> Plan:
    return Plan(occurred_on=DAY, due=datetime.now(UTC) + timedelta(seconds=seconds))


async def passed(plan: Plan) -> None:
    """Until it would have been recorded."""
    left = plan.due - datetime.now(UTC)
    await asyncio.sleep(left.total_seconds() + 0.3)


async def is_completed(house: House, case: str) -> bool:
    return await house.status(case) is WorkflowExecutionStatus.COMPLETED


async def test_a_review_is_recorded_when_it_falls_due(house: House) -> None:
    async with house.working():
        case = await house.opened()
        plan = in_seconds(0.5)
        await house.take(case, plan)
        await eventually(lambda: house.events(case) == ["Opened", "Planned", "Reminded"])
        assert (await house.level(case)).next_due is None
    assert house.ledger.events(0, 3)[-1].envelope.recorded_at >= plan.due


async def test_an_earlier_review_is_not_kept_waiting_by_a_later_one(house: House) -> None:
    async with house.working():
        case = await house.opened()
        await house.take(case, in_seconds(3600))
        await house.take(case, in_seconds(0.5))
        await eventually(lambda: house.events(case)[-1] == "Reminded")
        progress = await house.level(case)
        assert progress.next_due


async def test_all_reviews_past_are_recorded_together(house: House) -> None:
    async with house.working():
        case = await house.opened()
        for seconds in (3600, -3600, -7200):
            house.ledger.record(house.command(case, in_seconds(seconds)))
        await house.runs.begin(case, 4)
        await eventually(lambda: house.events(case)[4:] == ["Reminded", "Reminded"])
        await asyncio.sleep(0.3)
        assert len(house.events(case)) == 6


async def test_a_review_due_while_no_worker_ran_is_recorded_by_the_next(house: House) -> None:
    for soon in SOON:
        async with house.working():
            case, plan = await house.opened(), in_seconds(soon)
            await house.take(case, plan)
        if datetime.now(UTC) < plan.due:
            break
    await passed(plan)
    assert house.events(case) == ["Opened", "Planned"]
    async with house.working():
        await eventually(lambda: house.events(case) == ["Opened", "Planned", "Reminded"])


async def test_steps_without_a_change_of_due_time_set_no_new_timer(house: House) -> None:
    async with house.working():
        case = await house.opened()
        for _ in range(5):
            await house.take(case, Note(occurred_on=DAY, text="seen"))
        history = await house.workflow(case).fetch_history()
        started = [e for e in history.events if e.HasField("timer_started_event_attributes")]
        assert len(started) == 1


async def test_a_closed_case_has_no_reviews(house: House) -> None:
    async with house.working():
        for soon in SOON:
            case, plan = await house.opened(), in_seconds(soon)
            await house.take(case, plan)
            await house.take(case, Close(occurred_on=DAY))
            if datetime.now(UTC) < plan.due:
                break
        await passed(plan)
        await eventually(lambda: is_completed(house, case))
        assert house.events(case) == ["Opened", "Planned", "Closed"]


async def test_a_review_that_could_not_be_recorded_in_an_outage_is_recorded_after_it(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_workflow, "PATIENCE", timedelta(seconds=0.3))
    monkeypatch.setattr(case_workflow, "FIRST_PAUSE", timedelta(seconds=0.2))
    async with house.working(sandbox=False):
        case = await house.opened()
        await house.take(case, in_seconds(0.5))
        with locked(tmp_path):
            await asyncio.sleep(2)
        await eventually(lambda: house.events(case) == ["Opened", "Planned", "Reminded"])
        await house.take(case, Note(occurred_on=DAY, text="seen"))
        assert house.events(case)[-1] == "Noted"


async def test_nothing_is_recorded_early_on_the_word_of_a_clock_that_is_ahead(
    house: House,
) -> None:
    case = str(uuid4())
    house.ledger.record(house.command(case, Open(occurred_on=DAY)))
    house.ledger.record(house.command(case, in_seconds(300)))
    with Writer(house.ledger) as writer:
        activities = CaseActivities(house.ledger, writer, SCHEDULE)
        later = CaseMoment(case, (datetime.now(UTC) + timedelta(seconds=400)).isoformat())
        with pytest.raises(ApplicationError) as refused:
            await ActivityEnvironment().run(activities.record_due, later)
    assert refused.value.type == Refused.code
    assert house.events(case) == ["Opened", "Planned"]
