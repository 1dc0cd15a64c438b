"""Steps a second through HTTP, beside bare updates on the same Temporal server.

    python -m bench.steps [--postgres] [--same-polls] [--seconds 10] [--rounds 5]

Slices of both alternate in one run, so that whatever else the machine does hits both.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bench.cpu import PARTS, Seconds, difference, milliseconds_a_step, seconds_by_part
from bench.installation import bare_worker, installation, open_cases
from workflows.server.embedded import NAMESPACE, EmbeddedServer
from workflows.worker import POLLS

USUAL_POLLS = 5
"""The SDK's own number, which a bare worker has unless it is told otherwise."""


class Slice(NamedTuple):
    """What one slice came to; times in milliseconds."""

    rate: float
    p50: float
    p95: float


@dataclass
class Load:
    """A load generator, and all its slices with one number of clients."""

    process: subprocess.Popen[str]
    slices: list[Slice] = field(default_factory=list)
    cpu: list[Seconds] = field(default_factory=list)
    steps: int = 0

    def run(self, clients: int, seconds: float) -> None:
        """One slice."""
        before = seconds_by_part()
        answer = self.order(f"{clients} {seconds}")
        self.cpu.append(difference(before, seconds_by_part()))
        self.steps += answer["steps"]
        rate = answer["steps"] / answer["seconds"]
        self.slices.append(Slice(rate, answer["p50"], answer["p95"]))

    def order(self, text: str) -> dict[str, Any]:
        if self.process.stdin is None:
            raise AssertionError("started with pipes")
        print(text, file=self.process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self.line())
        return answer

    def line(self) -> str:
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise RuntimeError("the load generator ended; what it said stands above")
        return line

    def median(self) -> Slice:
        return Slice(*(median(values) for values in zip(*self.slices, strict=True)))

    def spent(self) -> str:
        """CPU milliseconds a step, by part."""
        total = {part: sum(cpu.get(part, 0) for cpu in self.cpu) for part in PARTS}
        return ", ".join(milliseconds_a_step(total, self.steps))

    def again(self) -> "Load":
        """The same generator, with nothing measured yet."""
        return Load(self.process)


@contextmanager
def generator(kind: str, plan: Path) -> Iterator[Load]:
    command = [sys.executable, "-m", "bench.load", kind, str(plan)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        load = Load(process)
        load.line()
        yield load
        if process.stdin:
            process.stdin.close()


def alternate(steps: Load, bare: Load, *, clients: int, seconds: float, rounds: int) -> None:
    """Slices in turn, the order changing with each round."""
    for number in range(rounds):
        for load in (steps, bare) if number % 2 else (bare, steps):
            load.run(clients, seconds)


def measure(steps: Load, bare: Load, options: argparse.Namespace) -> None:
    """Warm up, then 64 clients, then one alone; print what comes out."""
    alternate(steps.again(), bare.again(), clients=options.clients, seconds=3, rounds=1)
    many, bare_many = steps.again(), bare.again()
    alternate(
        many, bare_many, clients=options.clients, seconds=options.seconds, rounds=options.rounds
    )
    one, bare_one = steps.again(), bare.again()
    alternate(one, bare_one, clients=1, seconds=options.seconds / 2, rounds=options.rounds)
    a, b = many.median(), bare_many.median()
    ratios = [s.rate / t.rate for s, t in zip(many.slices, bare_many.slices, strict=True)]
    print(f"{options.clients} clients: ratio {a.rate / b.rate:.2f}", end="")
    print(f"  (by round: {' '.join(f'{ratio:.2f}' for ratio in ratios)})")
    print(f"  steps {a.rate:6.0f}/s  p50 {a.p50:5.0f} ms  p95 {a.p95:5.0f} ms")
    print(f"  bare  {b.rate:6.0f}/s  p50 {b.p50:5.0f} ms  p95 {b.p95:5.0f} ms")
    print(f"  CPU ms a step: {many.spent()}")
    print(f"  CPU ms a bare update: {bare_many.spent()}")
    a, b = one.median(), bare_one.median()
    print(f"one client alone: p50 {a.p50:.1f} ms, bare {b.p50:.1f} ms: {a.p50 / b.p50:.2f} times")


async def main(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="jisr-bench-") as name:
        folder = Path(name)
        async with EmbeddedServer(folder) as temporal:
            await asyncio.to_thread(_measured, folder, temporal.address, options)


def _measured(folder: Path, temporal: str, options: argparse.Namespace) -> None:
    with installation(folder, postgres=options.postgres, temporal=temporal) as system:
        worker, cases = open_cases(system, options.clients)
        plan = folder / "plan.json"
        plan.write_text(
            json.dumps(
                {
                    "host": "127.0.0.1",
                    "port": system.port,
                    "key": worker.key,
                    "cases": cases,
                    "address": temporal,
                    "namespace": NAMESPACE,
                }
            )
        )
        with (
            bare_worker(temporal, NAMESPACE, POLLS if options.same_polls else USUAL_POLLS),
            generator("steps", plan) as steps,
            generator("bare", plan) as bare,
        ):
            measure(steps, bare, options)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="the ledger on PostgreSQL")
    parser.add_argument("--seconds", type=float, default=10, help="a slice")
    parser.add_argument("--rounds", type=int, default=5, help="slices of each kind")
    parser.add_argument("--same-polls", action="store_true", help="the bare worker polls as ours")
    parser.add_argument("--clients", type=int, default=64)
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main(arguments()))
