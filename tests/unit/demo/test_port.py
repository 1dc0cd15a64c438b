"""The demo has a port of its own, or takes the next that is free."""

import errno
import os
import socket

import pytest

from service.demo import installation
from service.demo.installation import LOOPBACK, PORT, DemoFailedError, usual_port
from service.running import ports
from service.running.faults import OperatorError
from service.running.ports import listener, port_is_free, require_free


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


def test_a_port_that_cannot_be_had_is_said_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(OperatorError, match=f"process {os.getpid()} listens on port {port}"):
            require_free(LOOPBACK, port)
    require_free(LOOPBACK, port)
    require_free(LOOPBACK, 0)
    with pytest.raises(OperatorError, match=r"nobody can listen at 203\.0\.113\.7"):
        require_free("203.0.113.7", 8400)
    refused = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    monkeypatch.setattr(ports, "_refusal", lambda *_: refused)
    with pytest.raises(OperatorError, match="above 1023"):
        require_free(LOOPBACK, 80)
