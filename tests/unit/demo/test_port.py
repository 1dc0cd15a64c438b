"""The demo has a port of its own, or takes the next that is free."""

import os
import socket

import pytest

from service.demo import installation
from service.demo.installation import LOOPBACK, PORT, DemoFailedError, usual_port
from service.running.ports import listener, port_is_free


def test_it_is_the_same_each_time_and_the_next_where_that_is_taken() -> None:
    port = usual_port()
    assert PORT <= port < PORT + installation.PORTS
    assert usual_port() == port
    with socket.create_server((LOOPBACK, port)):
        assert usual_port() > port


def test_where_all_are_taken_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "port_is_free", lambda *_: False)
    with pytest.raises(DemoFailedError, match="--port"):
        usual_port()


def test_who_listens_is_known_by_its_process() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        port = server.getsockname()[1]
        assert listener(port) == os.getpid()
        assert not port_is_free(LOOPBACK, port)
    assert listener(port) is None
