"""What an entry had moved is moved back when it is retracted: the workflow waits for another day."""

from datetime import timedelta
from pathlib import Path

from domain.case.steps import RetractEntry
from domain.tracks.self_employment.events import VisitRescheduled
from domain.tracks.self_employment.steps import RescheduleVisit
from tests.workflow.skipping import Programme, settled, skipping
from workflows.case.engine import Engine
from workflows.case.messages import TASK_QUEUE
from workflows.case.runs import Runs


async def test_the_next_timer_follows_a_retraction(tmp_path: Path) -> None:
    programme = Programme(tmp_path)
    async with skipping(programme) as environment:
        with environment.with_time_skipping_disabled():
            engine, runs = Engine(environment.client), Runs(environment.client, TASK_QUEUE)
            await runs.begin(programme.case_id, 1)
            await settled(runs, programme)

            async def next_due() -> str | None:
                progress = await runs.progress(programme.case_id)
                assert progress is not None
                return progress.next_due

            due = await next_due()
            earlier = programme.way.visit_due(1) - timedelta(days=10)
            moved = RescheduleVisit(
                occurred_on=programme.today, review=programme.way.visit_key(1), due_on=earlier
            )
            await engine.take_step(programme.order(moved))
            assert await next_due() != due
            number = next(
                each.envelope.version
                for each in programme.ledger.history(programme.stream)
                if isinstance(each.event, VisitRescheduled)
            )
            mistyped = RetractEntry(
                occurred_on=programme.today, entry_number=number, explanation="Mistyped."
            )
            await engine.take_step(programme.order(mistyped))
            assert await next_due() == due
    programme.ledger.close()
