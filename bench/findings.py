"""What benchmarks find: each notes its rows, and `python -m bench` lays them side by side."""

import json
import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import psutil

NOTED_IN = "JISR_BENCH_FINDINGS"
"""The environment variable that names the file where findings are noted."""
DATABASES = SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


@dataclass(frozen=True)
class Finding:
    """One cell of the table."""

    what: str
    database: str
    value: str
    aim: str = ""

    def note(self) -> None:
        """Say it; and keep it, if anybody asked for it."""
        aim = f" (aim {self.aim})" if self.aim else ""
        print(f"{self.what}, {self.database}: {self.value}{aim}", flush=True)
        if NOTED_IN in os.environ:
            with Path(os.environ[NOTED_IN]).open("a") as noted:
                noted.write(json.dumps(asdict(self)) + "\n")


def noted(file: Path) -> list[Finding]:
    lines = file.read_text().splitlines() if file.exists() else []
    return [Finding(**json.loads(line)) for line in lines]


def ranged(values: Sequence[float], form: str = ".2f") -> str:
    """The median, and between what the rounds were."""
    low, middle, high = (format(v, form) for v in (min(values), median(values), max(values)))
    return middle if len(values) == 1 else f"{middle} ({low} to {high})"


def table(findings: Iterable[Finding]) -> Iterator[str]:
    """The lines of a Markdown table, a row for each thing measured, in the order of noting."""
    rows: dict[str, dict[str, str]] = {}
    for each in findings:
        row = rows.setdefault(each.what, {"aim": each.aim})
        row[each.database] = each.value
    heads = ("what", *DATABASES, "aim")
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for what, row in rows.items():
        yield f"| {' | '.join([what, *(row.get(head, '') for head in heads[1:])])} |"


def machine() -> str:
    """What it was measured on, and how busy that was with other things."""
    memory = psutil.virtual_memory().total / 2**30
    others = psutil.cpu_percent(interval=2)
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB, "
        f"{platform.system()}, Python {platform.python_version()}; "
        f"other programs took {others:.0f} % of the cores when it began"
    )
