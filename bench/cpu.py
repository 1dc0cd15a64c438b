"""Whose CPU a slice took: seconds by part of the system, its children included."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress

import psutil

Seconds = dict[str, float]
"""CPU seconds by part."""

NAMES = (
    ("jisr api", "api"),
    ("jisr projector", "projector"),
    ("jisr worker", "worker"),
    ("jisr supervisor", "supervisor"),
    ("service up", "stem"),
    ("start-dev", "temporal"),
    ("bench.load.bare", "bare worker"),
    ("bench.load.sending", "load"),
    ("postgres", "postgres"),
)
"""What stands in a command line, and the part it belongs to."""
PARTS = [part for _, part in NAMES]


def seconds_by_part() -> Seconds:
    """CPU seconds that this process's descendants have used so far."""
    used: Seconds = defaultdict(float)
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            times = process.cpu_times()
            used[_part(process)] += times.user + times.system
    return used


def _part(process: psutil.Process) -> str:
    line = " ".join(process.cmdline())
    return next((part for words, part in NAMES if words in line), process.name())


def difference(before: Seconds, after: Seconds) -> Seconds:
    return {part: spent - before.get(part, 0) for part, spent in after.items()}


def milliseconds_a_step(seconds: Seconds, steps: int) -> Iterator[str]:
    """`worker 3.1`, for each part that took a tenth of a millisecond a step or more."""
    for _, part in NAMES:
        spent = seconds.get(part, 0) / max(steps, 1) * 1000
        if spent >= 0.1:  # noqa: PLR2004 - see the docstring
            yield f"{part} {spent:.1f}"
