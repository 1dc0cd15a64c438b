"""The load generator from outside: a process that is ordered slices, and what each came to."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bench.cpu import PARTS, Seconds, difference, milliseconds_a_step, seconds_by_part


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
    command = [sys.executable, "-m", "bench.load.sending", kind, str(plan)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        load = Load(process)
        load.line()
        yield load
        if process.stdin:
            process.stdin.close()
