"""What others have written, read while they go on writing."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any


def whole_lines(log: Path) -> list[bytes]:
    """The lines that have their end: the last one may have come in part."""
    said = log.read_bytes()
    return said[: said.rfind(b"\n") + 1].splitlines()


def entries(log: Path, naming: str = "") -> list[dict[str, Any]]:
    """The lines of a log in which a text stands; each must be an object of JSON."""
    found = [json.loads(line) for line in whole_lines(log) if naming.encode() in line]
    assert all(isinstance(each, dict) for each in found)
    return found


def content_of(file: Path) -> bytes:
    """What is in it; nothing is in one that is gone."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return file.read_bytes()
    return b""


def files_in(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Each file below, with what is in it; one that goes meanwhile is left out, or empty."""
    return ((file, content_of(file)) for file in _below(folder))


def _below(folder: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError, NotADirectoryError):
        for each in sorted(folder.iterdir()):
            if each.is_dir() and not each.is_symlink():
                yield from _below(each)
            elif each.is_file():
                yield each
