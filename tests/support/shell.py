"""The command `jisr` in the hands of an ordinary user, at home.

Root, whom no file's mode keeps out and who may signal anybody, has its capabilities taken away.
"""

import ctypes
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from service.cli import main as jisr
from tests.support.commands import jisr as forked

PROGRAM = "JISR_TESTS_PROGRAM"
"""Names a program, in Python, that is run in the command's place."""
VERSION_3 = 0x20080522
"""Of the system call that sets a process's capabilities."""


class Ended(NamedTuple):
    """What became of a call."""

    status: int
    out: str
    err: str


class Shell(NamedTuple):
    """Makes calls in the name of whoever `home` belongs to."""

    home: Path

    def jisr(self, *words: str, **environment: str) -> Ended:
        given = {"HOME": str(self.home)} | environment
        done = forked(*words, program=__name__, **given)
        return Ended(done.returncode, done.stdout, done.stderr)

    def python(self, program: str, *words: str) -> Ended:
        return self.jisr(*words, **{PROGRAM: program})


@contextmanager
def shell() -> Iterator[Shell]:
    with tempfile.TemporaryDirectory(prefix="jisr-shell-") as home:
        yield Shell(Path(home))


def run() -> None:
    """What is forked."""
    give_up_capabilities()
    os.chdir(os.environ["HOME"])
    program = os.environ.pop(PROGRAM, None)
    if program is None:
        jisr()
    exec(compile(str(program), "<called>", "exec"), {"__name__": "__main__"})  # noqa: S102
    sys.stdout.flush()


def give_up_capabilities() -> None:
    header = (ctypes.c_uint32 * 2)(VERSION_3, 0)
    none = (
        ctypes.c_uint32 * 6
    )()  # effective, permitted, inheritable: of each the first 32, and the rest
    if ctypes.CDLL(None, use_errno=True).capset(header, none):
        raise OSError(ctypes.get_errno(), "the capabilities cannot be given up")
