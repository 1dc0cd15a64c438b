"""What a process writes, as lines of a log: one JSON object each, and none without an end.

Some write JSON by themselves, which stays as it is; all else they say becomes the `event` of an
object. What is too long is cut, and says so: one line of a server's can be a megabyte.
"""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

LONGEST = 16_384
"""Bytes of a line as it is passed on."""
TEXT = 8_192
"""Characters that are kept of one that is not."""
LOG_LIMIT = 16 * 1024 * 1024
"""Bytes; a longer log is set aside as `<name>.1`."""
CHUNK = 65_536


def open_log(path: Path) -> IO[bytes]:
    """Open a log to append to, readable by its owner only."""
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_name(path.name + ".1"))
    path.touch(mode=0o600)
    return path.open("ab")


def as_json(process: str, line: bytes, length: int | None = None, level: str = "info") -> bytes:
    """The line as an object, without a line's end; `length` is what it had where it is cut."""
    whole = length is None or length <= len(line)
    if whole and len(line) <= LONGEST and _is_object(line):
        return line
    text = line.decode("utf-8", "replace")
    said = {
        "event": text[:TEXT],
        "level": level,
        "timestamp": datetime.now(UTC).isoformat(),
        "process": process,
    }
    if not whole or len(text) > TEXT:
        said["characters"] = str(length or len(text))
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")


def _is_object(line: bytes) -> bool:
    if not line.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


class Lines:
    """Cuts what comes in pieces into lines, of which it keeps the beginnings."""

    def __init__(self) -> None:
        self._begun = bytearray()
        self._length = 0

    def add(self, piece: bytes) -> Iterator[tuple[bytes, int]]:
        """Each line that has come to its end, with the length it had."""
        *ended, rest = piece.split(b"\n")
        for part in ended:
            self._take(part)
            yield from self.end()
        self._take(rest)

    def end(self) -> Iterator[tuple[bytes, int]]:
        """What was begun, as if its end had come."""
        if self._begun.strip():
            yield bytes(self._begun), self._length
        self._begun.clear()
        self._length = 0

    def _take(self, part: bytes) -> None:
        self._length += len(part)
        self._begun += part[: max(0, LONGEST + 1 - len(self._begun))]


def log_from(out: int, process: str, path: Path) -> None:
    """Log what comes out of a pipe until nobody can write into it any more, then close it."""
    lines = Lines()
    while piece := os.read(out, CHUNK):
        _log(lines.add(piece), process, path)
    _log(lines.end(), process, path)
    os.close(out)


def _log(lines: Iterator[tuple[bytes, int]], process: str, path: Path) -> None:
    said = b"".join(as_json(process, line, length) + b"\n" for line, length in lines)
    if said:
        with suppress(OSError), open_log(path) as log:  # a full disk must not stop who speaks
            log.write(said)


def logging_from(out: int, process: str, path: Path) -> None:
    """As `log_from`, in a thread of its own."""
    threading.Thread(
        target=log_from, args=(out, process, path), name=f"log of {process}", daemon=True
    ).start()
