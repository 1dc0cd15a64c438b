"""What a folder holds: to see that somebody who only looked changed nothing of it."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Trace(NamedTuple):
    """Of one file or folder."""

    mode: int
    changed: int
    """In nanoseconds."""
    holds: str


def traces(folder: Path) -> Mapping[str, Trace]:
    """Each file and folder below, and the folder itself: its mode, when it changed, what is in it."""
    found = [folder, *sorted(folder.rglob("*"))] if folder.exists() else []
    return {str(each): _trace(each) for each in found}


def _trace(path: Path) -> Trace:
    status = path.lstat()
    if path.is_symlink():
        holds = str(path.readlink())
    elif path.is_dir():
        holds = " ".join(sorted(each.name for each in path.iterdir()))
    else:
        holds = hashlib.sha256(path.read_bytes()).hexdigest()
    return Trace(status.st_mode, status.st_mtime_ns, holds)
