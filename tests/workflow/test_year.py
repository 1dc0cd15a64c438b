"""A year of follow-up passes in seconds: every review that falls due is recorded once.

Three such years pass at once, each on a server and a ledger of its own: what takes time is that each
timer on the way waits a real second. What happens in the third is drawn by chance
(`JISR_YEAR_SEED` sees one again); `tests/years` has ten years of many, without the server.
"""

import asyncio
import os
import secrets
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
import pytest_asyncio

from domain.case.putting_off import Pause
from domain.case.steps import ResumeCase
from domain.tracks.self_employment.steps import RecordVisit, RescheduleVisit
from domain.values.calendar import local_date
from tests.workflow.drawn_year import Drawn, drawn
from tests.workflow.house import CALENDAR
from tests.workflow.skipping import HOP, Programme, pass_days, paused, skipping
from workflows.case.engine import Engine
from workflows.case.messages import TASK_QUEUE
from workflows.case.runs import Runs

SEED = int(os.environ.get("JISR_YEAR_SEED") or secrets.randbelow(10**9))


@dataclass(frozen=True)
class Followed:
    """A year in which the first visit was made, and nothing else done."""

    programme: Programme
    delivered: datetime


async def followed(programme: Programme) -> Followed:
    delivered = programme.now
    async with skipping(programme) as environment:
        engine = Engine(environment.client)
        with environment.with_time_skipping_disabled():
            await Runs(environment.client, TASK_QUEUE).begin(programme.case_id, 1)
        await pass_days(environment, programme, 63)
        review = programme.way.visit_key(1)
        assert review in [reminder.review for reminder in programme.reminders()]
        visit = programme.way.step(RecordVisit).model_copy(
            update={"occurred_on": programme.today, "review": review}
        )
        await engine.take_step(programme.order(visit))
        await pass_days(environment, programme, 315)
    return Followed(programme, delivered)


@dataclass(frozen=True)
class Interrupted:
    """A year with a review that was moved, a pause that ended by itself, and one that was ended."""

    programme: Programme
    moved_to: date
    first: Pause
    second: Pause
    resumed: date


async def interrupted(programme: Programme) -> Interrupted:
    async with skipping(programme) as environment:
        engine = Engine(environment.client)
        with environment.with_time_skipping_disabled():
            await Runs(environment.client, TASK_QUEUE).begin(programme.case_id, 1)
        await pass_days(environment, programme, 63)
        moved_to = programme.way.visit_due(3) + timedelta(days=9)
        moved = RescheduleVisit(occurred_on=programme.today, review="visit/3", due_on=moved_to)
        await engine.take_step(programme.order(moved))
        await pass_days(environment, programme, 63)
        first = await paused(environment, programme, days=60)
        await pass_days(environment, programme, 63)
        second = await paused(environment, programme, days=90)
        await pass_days(environment, programme, 63)
        resumed = programme.today
        await engine.take_step(programme.order(ResumeCase(occurred_on=resumed)))
        await pass_days(environment, programme, 63)
    return Interrupted(programme, moved_to, first, second, resumed)


@dataclass(frozen=True)
class Years:
    """All, while they pass."""

    followed: asyncio.Task[Followed]
    interrupted: asyncio.Task[Interrupted]
    drawn: asyncio.Task[Drawn]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def years(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Years]:
    programmes = [
        Programme(tmp_path_factory.mktemp(name)) for name in ("followed", "interrupted", "drawn")
    ]
    tasks = (
        asyncio.create_task(followed(programmes[0])),
        asyncio.create_task(interrupted(programmes[1])),
        asyncio.create_task(drawn(programmes[2], SEED)),
    )
    yield Years(*tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for programme in programmes:
        programme.ledger.close()


@pytest.mark.asyncio(loop_scope="module")
async def test_a_year_of_follow_up_records_every_due_review_once(years: Years) -> None:
    year = await years.followed
    programme, delivered = year.programme, year.delivered
    assert programme.now > delivered + timedelta(days=377)
    assert programme.overlooked(programme.now - HOP) == []
    recorded = Counter((r.review, r.due_on) for r in programme.reminders())
    assert set(recorded.values()) == {1}
    visits = {key.split("/")[1] for key, _ in recorded if key and key.startswith("visit/")}
    assert visits == {"1", "3", "6", "9", "12"}
    late = [
        local_date(r.fired_at) - r.due_on
        for r in programme.reminders()
        if r.fired_at and r.due_on and not r.missed
    ]
    assert timedelta(0) <= min(late)
    assert max(late) <= HOP


@pytest.mark.asyncio(loop_scope="module")
async def test_a_year_with_moved_paused_and_resumed_reviews(years: Years) -> None:
    """Nothing is said in a pause; what it held up is said once after it, on its new day."""
    year = await years.interrupted
    programme, moved_to = year.programme, year.moved_to
    told = [
        (r.review, r.due_on, local_date(r.fired_at)) for r in programme.reminders() if r.fired_at
    ]
    assert set(Counter((review, due_on) for review, due_on, _ in told).values()) == {1}
    assert ("visit/3", moved_to) in {(review, due_on) for review, due_on, _ in told}
    quiet = [(year.first.since, year.first.until), (year.second.since, year.resumed)]
    for begins, ends in quiet:
        assert [each for each in told if begins < each[2] < ends] == []
    again = CALENDAR.on_or_after(year.resumed)
    assert "visit/6" in {review for review, due_on, _ in told if due_on == again}
    assert programme.overlooked(programme.now - HOP) == []


@pytest.mark.asyncio(loop_scope="module")
async def test_a_year_that_nobody_has_seen_has_each_reminder_once(years: Years) -> None:
    """It is judged while it passes: none lost, twice, before its time, in a pause, or after closing."""
    print(f"JISR_YEAR_SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    year = await years.drawn
    assert len(year.programme.reminders()) > 1
    assert year.taken
