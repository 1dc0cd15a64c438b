"""A corrected table of holidays moves sleeping timers at once: no restart, no renewal of a run."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client

from domain.values.calendar import Calendar
from tests.support.announced import Announced
from tests.support.waiting import eventually
from tests.workflow import toy
from tests.workflow.house import House, open_toy_ledger
from tests.workflow.toy import DAY, Plan
from workflows.case.schedule import Schedule

NEVER = 3600.0


async def test_sleeping_timers_move_with_the_holidays(client: Client, tmp_path: Path) -> None:
    """A review on a holiday falls due an hour later, until the day is a working day after all."""
    now = datetime.now(UTC)
    off = Calendar("off", frozenset({now.date(), (now + timedelta(hours=2)).date()}))
    announced = Announced(off)
    schedule = Schedule(cast("Any", toy), announced)
    with closing(open_toy_ledger(tmp_path, calendars=announced)) as ledger:
        house = House(client, ledger, f"queue-{tmp_path.name}", schedule)
        async with house.working(sweep_every=NEVER, hurry_every=NEVER):
            moved, at_rest = await house.opened(), await house.opened()
            await house.take(moved, Plan(occurred_on=DAY, due=now + timedelta(seconds=1)))
            await house.take(at_rest, toy.Note(occurred_on=DAY, text="nothing falls due"))
            asleep = await house.level(moved)
            assert asleep.next_due == (now + timedelta(hours=1, seconds=1)).isoformat()
            run = (await house.workflow(moved).describe()).run_id

            announced.current = Calendar("on", frozenset())
            await eventually(lambda: house.events(moved)[-1] == "Reminded")
            assert (await house.workflow(moved).describe()).run_id == run
            told = [e.event_type async for e in house.workflow(at_rest).fetch_history_events()]
            assert EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED not in told
        await house.end_all()
