"""The streams of a process that logs: whole lines of JSON, whoever writes."""

import io
import os
from contextlib import suppress
from typing import IO

from workflows.server.log_lines import Lines, as_json


class Log(io.TextIOBase):
    """A file of log lines. Each is written at once; one that cannot be written is lost."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file  # kept, because it is closed with its last holder

    def write(self, text: str) -> int:
        with suppress(OSError, ValueError):
            os.write(self._file.fileno(), text.encode("utf-8", "backslashreplace"))
        return len(text)


class Spoken(io.TextIOBase):
    """A standard stream whose lines become lines of the log."""

    encoding = "utf-8"

    def __init__(self, log: Log, process: str, level: str) -> None:
        self.log = log
        self._process = process
        self._level = level
        self._lines = Lines()

    def write(self, text: str) -> int:
        for line, length in self._lines.add(text.encode("utf-8", "backslashreplace")):
            said = as_json(self._process, line, length, self._level)
            self.log.write(said.decode("utf-8", "replace") + "\n")
        return len(text)

    def fileno(self) -> int:
        return 2
