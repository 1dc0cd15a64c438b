"""One step for a list: those on their way came to a meeting, and a batch says so in each case."""

import asyncio
from collections.abc import Sequence
from datetime import date

from domain.batch.steps import Answer, BatchLine, PrepareBatch, StartBatch
from service.api.steps.examples import body_of
from service.demo.client import Client

KEY = "demo:together"
MET_ON = date(2024, 9, 12)
PAUSE, TRIES = 0.2, 600
BEFORE = frozenset({"filling", "looking"})


async def meet(coordinator: Client, cases: Sequence[str]) -> None:
    """Prepared, looked at and started; begun again, it is recognised by its keys."""
    lines = tuple(BatchLine.model_validate({"case_id": case}) for case in cases)
    prepare = PrepareBatch(
        occurred_on=MET_ON,
        takes="add-note",
        answers=(Answer(field="text", value="حضور اللقاء الجماعي بالمركز حول المقاولة الذاتية"),),
        count=len(lines),
        lines=lines,
        explanation="لائحة حضور اللقاء الجماعي",
    )
    prepared = await coordinator.post("/v1/batches", f"{KEY}:prepare", body_of(prepare))
    path = f"/v1/batches/{prepared['ids']['batch']}"
    found = await coordinator.get(path)
    for _ in range(TRIES):
        if found["status"] not in BEFORE:
            break
        await asyncio.sleep(PAUSE)
        found = await coordinator.get(path)
    start = StartBatch(occurred_on=MET_ON, looked_at=found["digest"])
    await coordinator.post(f"{path}/steps/start-batch", f"{KEY}:start", body_of(start))
