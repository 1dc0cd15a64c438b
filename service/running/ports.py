"""Whether a port is somebody's already, and whose."""

import errno
import os
import re
import socket
from contextlib import suppress
from pathlib import Path

from service.running.faults import OperatorError

LISTENS = "0A"
"""How Linux writes the state of a socket that listens."""


def port_is_free(host: str, port: int) -> bool:
    return _refusal(host, port) is None


def require_free(host: str, port: int, option: str = "--port") -> None:
    """Raises `OperatorError` for a port that cannot be had: it is somebody's, who is named."""
    error = _refusal(host, port) if port else None
    if error is None:
        return
    if error.errno == errno.EADDRINUSE:
        who = f"process {pid}" if (pid := listener(port)) else "another program"
        raise OperatorError(
            f"{who} listens on port {port} already: stop it, or name another by {option}"
            f"{' (--port 0 takes any that is free)' if option == '--port' else ''}"
        )
    if error.errno == errno.EACCES:
        raise OperatorError(f"port {port} is the machine's administrator's: take one above 1023")
    raise OperatorError(f"nobody can listen at {host}: {error.strerror}")


def _refusal(host: str, port: int) -> OSError | None:
    """What the operating system says to somebody who would listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            return error
    return None


def listener(port: int) -> int | None:
    """The process that listens on the port; None for nobody, or where that cannot be seen."""
    sockets = {f"socket:[{inode}]" for inode in _listening(port)}
    if not sockets:
        return None
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended, or is another user's
            for descriptor in (process / "fd").iterdir():
                if os.readlink(descriptor) in sockets:  # noqa: PTH115 (not a path: `socket:[…]`)
                    return int(process.name)
    return None


def _listening(port: int) -> list[str]:
    """The inodes of the sockets that listen on the port."""
    found = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with suppress(OSError):
            for line in Path(table).read_text("ascii").splitlines()[1:]:
                words = line.split()
                if words[3] == LISTENS and re.search(f":{port:04X}$", words[1]):
                    found.append(words[9])
    return found
