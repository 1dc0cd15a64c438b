"""Reminders while something breaks: none is lost, and none comes twice."""

import asyncio
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio.client import Client
from temporalio.testing import ActivityEnvironment

from ledger.ground.clock import ClockDoubts
from ledger.recording.writer import Writer
from tests.support.waiting import eventually
from tests.workflow.house import SCHEDULE, House, open_toy_ledger
from tests.workflow.test_sweep import doomed_worker
from tests.workflow.toy import DAY, Open, Plan
from workflows.case import workflow as case_workflow
from workflows.case.activities import CaseActivities
from workflows.case.backlog import TOGETHER, Backlog
from workflows.case.connecting import connect
from workflows.case.messages import CaseMoment
from workflows.server.embedded import NAMESPACE, EmbeddedServer

MANY = TOGETHER + 3
"""More than are recorded in one commit."""


def due_in(seconds: float) -> Plan:
    return Plan(occurred_on=DAY, due=datetime.now(UTC) + timedelta(seconds=seconds))


def reminded(house: House, case: str) -> int:
    return Counter(house.events(case))["Reminded"]


def planned(house: House, *seconds: float) -> str:
    """A case in which so much falls due, recorded past any workflow."""
    case = str(uuid4())
    house.ledger.record(house.command(case, Open(occurred_on=DAY)))
    for each in seconds:
        house.ledger.record(house.command(case, due_in(each)))
    return case


async def test_a_worker_killed_between_two_commits_of_what_fell_due_leaves_each_once(
    house: House, temporal: EmbeddedServer, tmp_path: Path
) -> None:
    case = planned(house, *(-each for each in range(1, MANY + 1)))
    with doomed_worker(house, temporal.address, tmp_path, "RecordReminder") as worker:
        await house.runs.begin(case, 1)
        await eventually(lambda: worker.poll() is not None)
    assert reminded(house, case) == TOGETHER, "it died after the first commit"
    async with house.working():
        await eventually(lambda: reminded(house, case) >= MANY)
        assert (await house.level(case)).next_due is None
    assert reminded(house, case) == MANY


async def test_what_falls_due_while_temporal_has_lost_all_it_knew_goes_out_once(
    tmp_path: Path,
) -> None:
    """Some went out before, some fall due meanwhile, some later."""
    data, folder = tmp_path / "temporal", tmp_path / "ledger"
    data.mkdir()
    folder.mkdir()
    with closing(open_toy_ledger(folder)) as ledger:
        async with EmbeddedServer(data) as server:
            house = House(await connect(server.address, NAMESPACE, lazy=False), ledger, "queue")
            async with house.working():
                cases = [planned(house, -60, after, 3600) for after in (1, 2, 600)]
                for case in cases:
                    await house.runs.begin(case, 1)
                await eventually(lambda: all(reminded(house, each) for each in cases))
        for file in data.glob("temporal.db*"):
            file.unlink()
        async with EmbeddedServer(data) as server:
            house = House(await connect(server.address, NAMESPACE, lazy=False), ledger, "queue")
            async with house.working(sweep_every=0.2, hurry_every=0.2):
                await eventually(lambda: [reminded(house, each) for each in cases] == [2, 2, 1])
                for case in cases:
                    assert (await house.level(case)).next_due
        assert [reminded(house, each) for each in cases] == [2, 2, 1]


async def test_the_same_ones_computed_by_several_at_once_are_recorded_once(
    house: House, tmp_path: Path
) -> None:
    """Two workers whose workflows fire, and the sweep, each on a ledger of its own."""
    case = planned(house, *(-each for each in range(1, MANY + 1)))
    now = CaseMoment(case, datetime.now(UTC).isoformat())
    with (
        closing(open_toy_ledger(tmp_path)) as other,
        Writer(other) as theirs,
        Writer(house.ledger) as ours,
    ):
        places = ((house.ledger, ours), (other, theirs))
        one, another = (CaseActivities(ledger, writer, SCHEDULE) for ledger, writer in places)
        await asyncio.gather(
            ActivityEnvironment().run(one.record_due, now),
            ActivityEnvironment().run(another.record_due, now),
            Backlog(other, SCHEDULE, theirs).record([case]),
            Backlog(house.ledger, SCHEDULE, ours).record([case]),
        )
    assert reminded(house, case) == MANY


@dataclass
class JumpingClock:
    """A worker's."""

    off: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.off


@pytest.mark.parametrize("days", [2, -2])
async def test_what_falls_due_while_the_ledgers_clock_is_days_off_waits_until_it_is_right(
    days: int, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_workflow, "FIRST_PAUSE", timedelta(seconds=0.1))
    clock = JumpingClock()
    ledger = open_toy_ledger(tmp_path, clock=clock, clock_doubts=ClockDoubts(clock))
    with closing(ledger):
        house = House(client, ledger, f"queue-{uuid4().hex}")
        async with house.working(sandbox=False):
            case = await house.opened()
            await house.take(case, plan := due_in(0.6))
            clock.off = timedelta(days=days)
            await asyncio.sleep((plan.due - datetime.now(UTC)).total_seconds() + 0.4)
            assert reminded(house, case) == 0
            clock.off = timedelta()
            await eventually(lambda: reminded(house, case) == 1)
            assert (await house.level(case)).next_due is None
        assert house.events(case) == ["Opened", "Planned", "Reminded"]
        assert ledger.events(0, 9)[-1].envelope.recorded_at - plan.due < timedelta(minutes=1)
        await house.end_all()
