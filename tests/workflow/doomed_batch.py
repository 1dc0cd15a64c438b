"""A worker that is killed in the middle of a batch: between a line's append and its completion.

Run as a program: Temporal's address, the task queue, the ledger's folder, after how many lines.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from domain.case.steps import AssignCaseworker
from domain.message import Command
from ledger.ledger import Ledger
from tests.workflow.centre import SCHEDULE, open_centre_ledger
from workflows.case.connecting import connect
from workflows.server.embedded import NAMESPACE
from workflows.worker import WorkerOptions, run_worker


def doom(ledger: Ledger, lines: int) -> None:
    record_all, left = ledger.record_all, [lines]

    def and_die(commands: Sequence[Command]) -> Any:
        results = record_all(commands)
        left[0] -= sum(isinstance(command.step, AssignCaseworker) for command in commands)
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return results

    ledger.record_all = and_die  # type: ignore[method-assign]


async def main(address: str, queue: str, folder: str, lines: str) -> None:
    ledger = open_centre_ledger(Path(folder))
    doom(ledger, int(lines))
    client = await connect(address, NAMESPACE, lazy=False)
    await run_worker(client, ledger, SCHEDULE, asyncio.Event(), WorkerOptions(queue))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
