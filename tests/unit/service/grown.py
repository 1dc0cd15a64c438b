"""A small stem: run as `python -m tests.unit.service.grown <folder>`.

It says on its standard output, as JSON, what became of the parts, and goes on until it is told
to stop. The part `idle` says in its log what it has of the stem.
"""

import asyncio
import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Never

from setproctitle import getproctitle

from service.running.offshoots import Offshoots
from service.running.stem import Stem
from workflows.server.log_lines import logging_from

HIDDEN = Path("/dev/null").open("rb")  # noqa: SIM115 - what a part must not have
FORK = os.fork


def idle() -> Never:
    report = {
        "open": sorted(int(path.name) for path in Path("/proc/self/fd").iterdir())[:-1],
        "threads": len(list(Path("/proc/self/task").iterdir())),
        "session": os.getsid(0) == os.getpid(),
        "collects": gc.isenabled(),
        "title": getproctitle(),
        "given": os.environ["GIVEN"],
        "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
        "terminates": signal.getsignal(signal.SIGTERM) is signal.SIG_DFL,
        "interrupts": signal.getsignal(signal.SIGINT) is signal.default_int_handler,
    }
    print(json.dumps(report), flush=True)  # noqa: T201 - into the log
    while True:
        signal.pause()


def short() -> Never:
    os._exit(3)


def broken() -> Never:
    raise RuntimeError("broken")


def forking() -> Callable[[], int]:
    """`os.fork` of a machine that has no process to give when it is asked for the fourth."""
    numbers = count(1)

    def fork() -> int:
        if next(numbers) == 4:
            raise BlockingIOError
        return FORK()

    return fork


async def supervise(connection: Connection, folder: Path) -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    parts = Offshoots(connection)
    report: dict[str, Any] = {"supervisor": os.getpid()}
    with parts.heard():
        for name in ("short", "broken", "refused"):
            part = await parts.start(name, {}, folder / f"{name}.log")
            report[name] = await part.wait()
        killed = await parts.start("idle", {"GIVEN": "first"}, folder / "killed.log")
        killed.send_signal(signal.SIGKILL)
        report["killed"] = await killed.wait()
        again = await parts.start("idle", {"GIVEN": "again"}, folder / "idle.log")
        report["idle"] = again.pid
        print(json.dumps(report), flush=True)  # noqa: T201 - how a program speaks
        await stop.wait()
        again.send_signal(signal.SIGTERM)
        await again.wait()


def main(folder: Path) -> int:
    def become(connection: Connection, outs: Mapping[str, int]) -> Never:
        for name, out in outs.items():
            logging_from(out, name, folder / f"{name}.log")
        asyncio.run(supervise(connection, folder))
        os._exit(0)

    os.fork = forking()
    gc.disable()
    parts = {"idle": idle, "short": short, "broken": broken, "refused": short}
    return Stem(parts, "there").run(become)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
