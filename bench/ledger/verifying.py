"""Events a second when it is verified that nothing was altered, on real events of made-up people.

    python -m bench.ledger.verifying [--postgres] [--events 200000] [--rounds 3]

A bundle of the whole ledger is verified by the program that lies in it, in a process of its own on
all cores, from its start to its end; the ledger where it stands, on all cores too, as `jisr audit
verify` does it. Beside what the clock says stands what the processes were at work: on a machine that
others use, that is what it would take alone.
"""

import argparse
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.findings import POSTGRESQL, SQLITE, Finding, ranged
from bench.ledger.rebuild import Place, Taken, Told, aside, cpu_seconds, fill, place, taken
from ledger.bundle.export import checkpoint_now, export
from ledger.verifying.whole import verify
from service.running.auditing.hands import hands

AIM = 200_000
"""Events a second, on two cores."""


def sealed(where: Place, bundle: Path) -> int:
    """Seal what is there, and write it into a bundle; how many events."""
    with where.opened() as ledger:
        began = time.perf_counter()
        checkpoint_now(ledger.sealed)
        print(f"  sealed in {time.perf_counter() - began:.0f} s", flush=True)
        began = time.perf_counter()
        made = export(ledger.sealed, bundle, "the whole ledger")
        print(
            f"  {bundle.stat().st_size >> 20} MB in {time.perf_counter() - began:.0f} s", flush=True
        )
        return made.events


def of_bundle(bundle: Path, program: Path) -> Taken:
    began, spent = time.perf_counter(), cpu_seconds()
    subprocess.run([sys.executable, program, bundle], check=True, stdout=subprocess.DEVNULL)
    return taken(began, spent)


def of_ledger(where: Place) -> Taken:
    began, spent = time.perf_counter(), cpu_seconds()
    with hands(where.ledger, "") as looked_over, where.opened() as ledger:
        verify(ledger.sealed, progress=Told("verified"), looked_over=looked_over)
    return taken(began, spent)


def note(what: str, database: str, events: int, rounds: Sequence[Taken], aim: str = "") -> None:
    rates = [events / each.seconds for each in rounds]
    Finding(f"{what}, events/s", database, ranged(rates, ",.0f"), aim).note()
    of_a_core = [events / each.cpu for each in rounds]
    Finding(f"{what}, events/s of a core's work", database, ranged(of_a_core, ",.0f")).note()


def main(options: argparse.Namespace) -> None:
    database = POSTGRESQL if options.postgres else SQLITE
    with (
        place(postgres=options.postgres, durable=False) as where,
        tempfile.TemporaryDirectory(prefix="jisr-bench-") as folder,
    ):
        bundle = Path(folder) / "all.tar"
        aside(fill, where, options.events)
        events = aside(sealed, where, bundle)
        with tarfile.open(bundle) as tar:
            tar.extract("verify.py", folder, filter="data")
        program = Path(folder) / "verify.py"
        rounds = range(options.rounds)
        bundles = [of_bundle(bundle, program) for _ in rounds]
        ledgers = [aside(of_ledger, where) for _ in rounds]
    note("a bundle verified", database, events, bundles, f"{AIM:,}")
    note("the ledger verified where it stands", database, events, ledgers, f"{AIM:,}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="not SQLite")
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    main(parser.parse_args())
