"""Whether a port is somebody's already, and whose."""

import os
import re
import socket
from contextlib import suppress
from pathlib import Path

LISTENS = "0A"
"""How Linux writes the state of a socket that listens."""


def port_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError:
            return False
    return True


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
