"""The web application behind its own server on a free port, in a thread of this process."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp

from service.api.edge.connections import PATIENCE, Patience, server_of
from tests.support.waiting import until


@contextmanager
def served(app: ASGIApp, patience: Patience = PATIENCE) -> Iterator[int]:
    """Its port."""
    server = server_of(app, "127.0.0.1", 0, grace=1, patience=patience)
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)


def heard(wire: socket.socket) -> bytes:
    """All that the other side says until it closes."""
    said = b""
    try:
        while more := wire.recv(65536):
            said += more
    except ConnectionError:
        pass
    return said
