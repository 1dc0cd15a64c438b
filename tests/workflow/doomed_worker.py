"""A worker that is killed exactly between append and completion of the next step of a kind.

Run as a program: Temporal's address, the task queue, the ledger's folder, the step's name.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from domain.message import Command
from ledger.ledger import Ledger
from tests.workflow.house import SCHEDULE, open_toy_ledger
from workflows.case.connecting import connect
from workflows.server.embedded import NAMESPACE
from workflows.worker import WorkerOptions, run_worker


def doom(ledger: Ledger, at: str) -> None:
    record_all = ledger.record_all

    def and_die(commands: Sequence[Command]) -> Any:
        results = record_all(commands)
        if any(type(command.step).__name__ == at for command in commands):
            os.kill(os.getpid(), signal.SIGKILL)
        return results

    ledger.record_all = and_die  # type: ignore[method-assign]


async def main(address: str, queue: str, folder: str, at: str) -> None:
    ledger = open_toy_ledger(Path(folder))
    doom(ledger, at)
    client = await connect(address, NAMESPACE, lazy=False)
    print("ready", flush=True)  # noqa: T201 - it tells the test
    await run_worker(client, ledger, SCHEDULE, asyncio.Event(), WorkerOptions(queue))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
