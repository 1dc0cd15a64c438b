"""Seconds until `jisr up` is ready, beside a bare Temporal server's: `python -m bench.running.startup`.

The first start makes the data folder, the keys and the tables; the others find them. Both
servers start in turn, each on files of its own.
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from bench.findings import SQLITE, Finding, ranged
from tests.support.system import System
from workflows.server.embedded import EmbeddedServer


def start(data: Path) -> float:
    system = System(data)
    started = time.perf_counter()
    try:
        system.start()
        took = time.perf_counter() - started
        system.stop()
        return took
    finally:
        system.close()


async def bare_start(folder: Path) -> float:
    started = time.perf_counter()
    async with EmbeddedServer(folder):
        return time.perf_counter() - started


def measure(folder: Path, rounds: int) -> None:
    (folder / "bare").mkdir()
    ours, bare = [], []
    for _ in range(rounds):
        bare.append(asyncio.run(bare_start(folder / "bare")))
        ours.append(start(folder / "data"))
    Finding("first start of `jisr up`, s", SQLITE, f"{ours[0]:.1f}").note()
    ratios = [each / other for each, other in zip(ours[1:], bare[1:], strict=True)]
    value = f"{ranged(ratios)}; {ranged(ours[1:], '.1f')} s"
    Finding("a later start to a bare Temporal server's", SQLITE, value).note()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="two at least")
    with tempfile.TemporaryDirectory(prefix="jisr-bench-") as name:
        measure(Path(name), parser.parse_args().rounds)
