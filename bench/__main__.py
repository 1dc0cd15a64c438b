"""All benchmarks, one after another, and the table of what they found.

    python -m bench [--short] [--only running.steps] [--only "ledger.rebuild --postgres"]

Writes `bench/results.md`; when not all were run, or one failed, prints what was found
instead. A benchmark that fails is named, and the others go on.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.findings import NOTED_IN, machine, noted, table

RESULTS = Path(__file__).with_name("results.md")


class Run(NamedTuple):
    """One benchmark on one database."""

    name: str
    short: str
    """What makes it take a minute or so; coming back takes four, whatever is left out."""
    full: str = ""
    """What it takes when there is time, where that is not its default."""

    def command(self, *, short: bool) -> list[str]:
        name, *options = self.name.split()
        return [f"bench.{name}", *options, *(self.short if short else self.full).split()]


RUNS = (
    Run("running.steps", "--seconds 4 --rounds 3"),
    Run("running.steps --postgres", "--seconds 4 --rounds 3"),
    Run("running.startup", "--rounds 3"),
    Run("ledger.rebuild", "--rounds 1", "--events 250000"),
    Run("ledger.rebuild --postgres", "--rounds 1"),
    Run("ledger.verifying", "--rounds 1 --events 50000"),
    Run("ledger.verifying --postgres", "--rounds 1 --events 50000"),
    Run("running.comeback", ""),
    Run("pages.pages", "--cases 1000 --rounds 1"),
    Run("running.batch", "--lines 1000"),
    Run("pages.worklists", "--cases 20000 --rounds 10"),
    Run("pages.worklists --postgres", "--cases 20000 --rounds 10"),
    Run("running.reminders", "--cases 1000 --seconds 60"),
)


def run(each: Run, findings: Path, *, short: bool) -> bool:
    """Whether it went well."""
    print(f"\n{each.name}", flush=True)
    started = time.monotonic()
    command = [sys.executable, "-m", *each.command(short=short)]
    done = subprocess.run(command, check=False, env={**os.environ, NOTED_IN: str(findings)})
    print(f"{each.name}: {time.monotonic() - started:.0f} s", flush=True)
    return done.returncode == 0


def text(where: str, findings: Path, *, short: bool) -> str:
    return "\n".join(
        (
            "# What the benchmarks found",
            "",
            "Made by `make bench`. Read the ratios: each is to a bare part measured in turn with",
            "it on the same machine. Seconds and rates are this machine's alone.",
            "",
            f"Measured {'in short runs ' if short else ''}on {where}.",
            "",
            *table(noted(findings)),
            "",
        )
    )


def main(options: argparse.Namespace) -> int:
    runs: Sequence[Run] = [r for r in RUNS if not options.only or r.name in options.only]
    where = machine()
    with tempfile.TemporaryDirectory(prefix="jisr-bench-") as folder:
        findings = Path(folder) / "findings"
        failed = [each.name for each in runs if not run(each, findings, short=options.short)]
        found = text(where, findings, short=options.short)
    if options.only or failed:
        print(f"\n{found}")
    else:
        RESULTS.write_text(found)
        print(f"\nwritten to {RESULTS}")
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return len(failed)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="all in ten minutes or less")
    parser.add_argument("--only", action="append", choices=[each.name for each in RUNS])
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main(arguments()))
