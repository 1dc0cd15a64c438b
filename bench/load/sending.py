"""The load generator, a process of its own: `python -m bench.load.sending steps|bare <plan.json>`.

Reads orders from its input, one a line: `<clients> <seconds>`; each client sends, waits for
the answer, and sends again. Answers each order with one line of JSON. `steps` sends steps
through HTTP, each client on its own case, and repeats what was turned away for the moment;
`bare` sends updates to workflows that do nothing.
"""

import asyncio
import itertools
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from temporalio.client import Client, WorkflowHandle

from bench.load.bare import QUEUE, Bare
from bench.load.http_client import Connection

OK, AWAY = 200, 503
PAUSE = 0.1
"""Seconds before a step that was turned away is sent again; they count as its time."""
UPDATES = 1000
"""Of one bare workflow; the next slice then begins with a new one."""
DAY = {"occurred_on": "2026-02-02"}
MIX: tuple[tuple[str, dict[str, Any]], ...] = (
    ("add-note", {"text": "Came by; the workshop opens next week, and the papers are complete."}),
    ("record-contact", {"channel": "phone", "outcome": "reached", "note": "will call again"}),
    ("assess-needs", {"areas": {"health": "in_progress", "education_skills_work": "in_progress"}}),
    ("add-note", {"text": "The family asked for another appointment."}),
    ("record-contact", {"channel": "at_centre", "outcome": "no_answer"}),
    ("pause-case", {"until": "2026-02-16", "explanation": "abroad for two weeks"}),
    ("resume-case", {}),
)
"""Steps that always pass, one after another; the last two stop and start the case's timer."""


class Sender(Protocol):
    """One client."""

    async def open(self) -> None:
        """Before each slice."""

    async def send(self) -> None:
        """Send, and wait for the answer."""

    def close(self) -> None:
        """After each slice."""


class StepSender:
    """Takes steps on one case."""

    def __init__(self, plan: dict[str, Any], case_id: str) -> None:
        self._plan = plan
        self._mix = itertools.cycle(
            [(f"/v1/cases/{case_id}/steps/{step}", DAY | body) for step, body in MIX]
        )
        self._keys = (f"{case_id}-{number}" for number in itertools.count())
        self._connection: Connection | None = None

    async def open(self) -> None:
        """Anew each time: the server closes connections that were silent for a while."""
        plan = self._plan
        self._connection = await Connection.open(plan["host"], plan["port"], plan["key"])

    async def send(self) -> None:
        assert self._connection is not None  # noqa: S101 - opened before
        (path, body), key = next(self._mix), next(self._keys)
        while True:
            status, answer = await self._connection.post(path, key, body)
            if status != AWAY:
                break
            await asyncio.sleep(PAUSE)
        if status != OK:
            raise RuntimeError(f"{path}: {status} {answer}")

    def close(self) -> None:
        assert self._connection is not None  # noqa: S101 - as above
        self._connection.close()


class BareSender:
    """Updates one workflow; another one before it has had the two thousand that are allowed."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._handle: WorkflowHandle[Bare, None] | None = None
        self._sent = 0

    async def open(self) -> None:
        if self._handle is None or self._sent > UPDATES:
            start, name = self._client.start_workflow, f"bare-{uuid4()}"
            self._handle, self._sent = await start(Bare.run, id=name, task_queue=QUEUE), 0
            await self.send()

    async def send(self) -> None:
        assert self._handle is not None  # noqa: S101 - opened before
        await self._handle.execute_update(Bare.take, "order")
        self._sent += 1

    def close(self) -> None:
        """All share one connection, which stays open."""


async def bare_senders(plan: dict[str, Any]) -> list[Sender]:
    client = await Client.connect(plan["address"], namespace=plan["namespace"])
    return [BareSender(client) for _ in plan["cases"]]


async def run(senders: Sequence[Sender], seconds: float) -> dict[str, Any]:
    """Let each client send until time is up; what came of it."""
    times: list[float] = []
    for sender in senders:
        await sender.open()
    started = time.perf_counter()
    until = started + seconds

    async def client(sender: Sender) -> None:
        while (sent := time.perf_counter()) < until:
            await sender.send()
            times.append(time.perf_counter() - sent)

    await asyncio.gather(*map(client, senders))
    took = time.perf_counter() - started
    for sender in senders:
        sender.close()
    times.sort()
    p50, p95 = (times[int(len(times) * part)] * 1000 for part in (0.5, 0.95))
    return {"steps": len(times), "seconds": took, "p50": p50, "p95": p95}


async def main(kind: str, plan: dict[str, Any]) -> None:
    senders: Sequence[Sender]
    if kind == "bare":
        senders = await bare_senders(plan)
    else:
        senders = [StepSender(plan, case_id) for case_id in plan["cases"]]
    print("ready", flush=True)
    while order := await asyncio.to_thread(sys.stdin.readline):
        clients, seconds = order.split()
        print(json.dumps(await run(senders[: int(clients)], float(seconds))), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], json.loads(Path(sys.argv[2]).read_text())))
