"""`jisr` as a process of its own, forked off one that has loaded what any command needs.

To load it takes a second or two, and the tests ask for it a hundred times. What is forked has its
own id, environment, files and signals, as if a shell had started it. That a command loads what it
needs is for the tests that start it as a user does: `test_cli_entry.py`, `test_loading.py`,
`test_up.py`, `test_one_folder.py`.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from setproctitle import setproctitle

from tests.support.processes import OTHERS

JISR = "service"
"""The program itself. Another is a module of the tests whose `run` is the program, altered."""
PATIENCE = 200
"""Seconds for a command that ends by itself."""


class Forked:
    """What was started: as much of `subprocess.Popen` as the tests ask for."""

    def __init__(
        self,
        program: str,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        out: Path,
        err: Path,
    ) -> None:
        """`out` and `err` are written to at their ends."""
        given = (program, tuple(arguments), {**os.environ, **environment}, out, err)
        self._process = OTHERS.Process(target=_become, args=given, daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        """Its exit status, negative where a signal ended it; None while it runs."""
        return self._process.exitcode

    def wait(self, seconds: float | None = None) -> int:
        """Its exit status, once it has ended. Raises `TimeoutExpired`."""
        self._process.join(seconds)
        if (status := self.poll()) is None:
            raise subprocess.TimeoutExpired(str(self.pid), seconds or 0)
        return status

    def send_signal(self, sign: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, sign)


def jisr(
    *arguments: str, program: str = JISR, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Have a command do what it does, and what it said."""
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = Forked(program, arguments, {"COLUMNS": "300"} | environment, out, err)
        try:
            status = process.wait(PATIENCE)
        finally:
            process.send_signal(9)
        return subprocess.CompletedProcess(arguments, status, out.read_text(), err.read_text())


def _become(
    program: str,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    out: Path,
    err: Path,
) -> None:
    for path, standard in ((out, 1), (err, 2)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(file, standard)
        os.close(file)
    sys.argv = ["jisr", *arguments]
    setproctitle(" ".join(sys.argv))  # before the environment moves, beside which it is written
    os.environ.clear()
    os.environ.update(environment)
    _main_of(program)()


def _main_of(program: str) -> Callable[[], object]:
    assert "service.running.parts.api" in sys.modules, "it was to be loaded beforehand"
    module = import_module("service.cli" if program == JISR else program)
    main: Callable[[], object] = module.main if program == JISR else module.run
    return main
