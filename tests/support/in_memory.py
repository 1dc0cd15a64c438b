"""Where the tests' files are: in memory, where the machine has room for them.

A commit on a disk waits for the disk, some ten thousand times in all. No test cuts the power: what
a killed process leaves behind is the same in memory, and `make soak` kills on the disk.
"""

import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - each makes its own folder in it, as in /tmp
ROOM = 4 * 2**30
"""A whole run has half a gigabyte at once."""
KNOWN = Path("/proc/meminfo")


def keep_in_memory() -> None:
    """For this process and all that it starts, unless somebody said where."""
    if "TMPDIR" not in os.environ and has_room():
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def has_room() -> bool:
    if not (os.access(MEMORY, os.W_OK | os.X_OK) and KNOWN.exists()):
        return False
    there = os.statvfs(MEMORY)
    if there.f_flag & os.ST_NOEXEC:  # programs are written there too
        return False
    return min(there.f_bavail * there.f_frsize, available()) >= ROOM


def available() -> int:
    """Bytes of memory that programs can have."""
    lines = (line.split() for line in KNOWN.read_text().splitlines())
    return next((int(kb) * 1024 for name, kb, *_ in lines if name == "MemAvailable:"), 0)
