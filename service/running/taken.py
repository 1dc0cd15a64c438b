"""What only one installation may have: a data folder, a port."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class DataFolderInUseError(Exception):
    """Another `jisr up` already runs on this data folder."""


@contextmanager
def data_folder(path: Path) -> Iterator[None]:
    """Hold the data folder for this process, or raise `DataFolderInUseError` at once."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (path / "jisr.lock").open("a+") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.seek(0)
            pid = held.read().strip() or "unknown"
            raise DataFolderInUseError(
                f"Jisr already runs on {path} (process {pid}): stop it, or choose another folder"
            ) from None
        held.truncate(0)
        held.write(str(os.getpid()))
        held.flush()
        yield


def port_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError:
            return False
    return True
