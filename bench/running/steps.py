"""Steps a second through HTTP, beside bare updates on the same Temporal server.

    python -m bench.running.steps [--postgres] [--same-polls] [--seconds 10] [--rounds 5]

Slices of both alternate in one run, so that whatever else the machine does hits both.
"""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.findings import POSTGRESQL, SQLITE, Finding, ranged
from bench.load.generator import Load, generator
from bench.load.installation import bare_worker, installation, open_cases
from workflows.server.embedded import NAMESPACE, EmbeddedServer
from workflows.worker import POLLS

USUAL_POLLS = 5
"""The SDK's own number, which a bare worker has unless it is told otherwise."""
WARMING = 3.0
"""Seconds of the first slices, which do not count."""


def alternate(steps: Load, bare: Load, *, clients: int, seconds: float, rounds: int) -> None:
    """Slices in turn, the order changing with each round."""
    for number in range(rounds):
        for load in (steps, bare) if number % 2 else (bare, steps):
            load.run(clients, seconds)


def findings(steps: Load, bare: Load, options: argparse.Namespace) -> Iterator[Finding]:
    """Warm up, then many clients, then one alone."""
    database = POSTGRESQL if options.postgres else SQLITE
    clients, seconds, rounds = options.clients, options.seconds, options.rounds
    alternate(steps.again(), bare.again(), clients=clients, seconds=WARMING, rounds=1)
    many, bare_many = steps.again(), bare.again()
    alternate(many, bare_many, clients=clients, seconds=seconds, rounds=rounds)
    for name, load in (("steps", many), ("bare", bare_many)):
        of = load.median()
        print(f"{name:5} {of.rate:4.0f}/s  p50 {of.p50:4.0f} ms  p95 {of.p95:4.0f} ms")
    ratios = [s.rate / b.rate for s, b in zip(many.slices, bare_many.slices, strict=True)]
    what = f"steps a second to bare updates, {clients} clients"
    yield Finding(what, database, ranged(ratios), "at least 0.70")
    spent = f"{many.spent()}; bare: {bare_many.spent()}"
    yield Finding("CPU a step, ms", database, spent)
    one, bare_one = steps.again(), bare.again()
    alternate(one, bare_one, clients=1, seconds=seconds / 2, rounds=rounds)
    times = [s.p50 / b.p50 for s, b in zip(one.slices, bare_one.slices, strict=True)]
    alone = f"{ranged(times)}; {one.median().p50:.0f} ms"
    yield Finding("p50 of a step alone to a bare update's", database, alone, "at most 1.6; 1.9")


@contextmanager
def loads(folder: Path, temporal: str, options: argparse.Namespace) -> Iterator[tuple[Load, Load]]:
    """Generators of steps and of bare updates, and an installation that takes them."""
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
            yield steps, bare


def measure(folder: Path, temporal: str, options: argparse.Namespace) -> None:
    with loads(folder, temporal, options) as (steps, bare):
        for found in findings(steps, bare, options):
            found.note()


async def main(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="jisr-bench-") as name:
        folder = Path(name)
        async with EmbeddedServer(folder) as temporal:
            await asyncio.to_thread(measure, folder, temporal.address, options)


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
