"""A witness that answers byte by byte, or without end, holds nobody for long."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx
import pytest

from service.witness.line import Line

HEAD = b"HTTP/1.1 200 OK\r\n"


@contextmanager
def answering(part: bytes, pause: float) -> Iterator[str]:
    """Who says the same again and again, until nobody listens."""

    def answer() -> None:
        with suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                connection.sendall(HEAD)
                while True:
                    connection.sendall(part)
                    time.sleep(pause)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


@pytest.mark.parametrize("part", [b"x", b"x: y\r\n", b"\r\n" + b"x" * 8])
def test_one_limit_is_over_the_whole_exchange(part: bytes) -> None:
    began = time.monotonic()
    with (
        answering(part, 0.01) as url,
        httpx.Client(transport=Line(0.05)) as http,
        pytest.raises(httpx.HTTPError),
    ):
        http.post(url, content=b"old 0")
    assert time.monotonic() - began < 2


def test_no_more_is_taken_than_signatures_take() -> None:
    with (
        answering(b"\r\n" + b"x" * (1 << 20), 0) as url,
        httpx.Client(transport=Line()) as http,
        pytest.raises(httpx.HTTPError),
    ):
        http.post(url, content=b"old 0")
