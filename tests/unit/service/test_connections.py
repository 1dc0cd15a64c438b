"""Connections that keep the server waiting are closed, on real sockets."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from uuid import UUID

import pytest

from domain.message import Actor, Role
from service.api.app import create_app
from service.api.edge import wire as wires
from service.api.edge.connections import Patience
from service.api.edge.limits import HEAD
from tests.support.served import heard, served

QUICK = Patience(head=0.4, body=0.4, answer=0.4)
"""Looked at once a second all the same."""
PATH = b"/v1/beneficiaries"


class Application:
    """Lets everybody in as a caseworker; no test comes further than the body."""

    def last_known(self, _: str) -> Actor:
        return Actor(id=UUID(int=7), role=Role.CASEWORKER, centre="fes")

    holder_of = last_known

    async def actor_with(self, key: str) -> Actor:
        return self.last_known(key)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    app = create_app()
    app.state.application = Application()
    with served(app, QUICK) as port:
        yield port


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def is_cut_off(wire: socket.socket) -> bool:
    """Whether what is sent there comes back as an error, a little later."""
    try:
        wire.sendall(b"GET /docs HTTP/1.1\r\nHost: x\r\n\r\n")
    except ConnectionError:
        return True
    time.sleep(0.05)
    return False


def post(length: int, body: bytes = b"") -> bytes:
    return (
        b"POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\nIdempotency-Key: a\r\n"
        b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (PATH, length, body)
    )


@pytest.mark.parametrize(
    "begun", [b"GET /healthz HTTP/1.1\r\nHost:", b"G", b"\r\n", post(50, b"{")]
)
def test_half_a_request_is_told_that_it_is_too_slow_and_closed(port: int, begun: bytes) -> None:
    with connected(port) as wire:
        wire.sendall(begun)
        head, _, body = heard(wire).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 ")
    assert b"cache-control: no-store" in head
    assert json.loads(body)["code"] == "request_too_slow"


def test_a_head_that_drips_in_is_no_faster(port: int) -> None:
    with connected(port) as wire:
        wire.settimeout(0.1)
        wire.sendall(b"GET /healthz HTTP/1.1\r\nX-Slow: ")
        began = time.monotonic()
        said = b""
        while b"408" not in said:
            wire.sendall(b"x")
            try:
                said += wire.recv(4096)
            except TimeoutError:
                assert time.monotonic() - began < 10


def test_who_says_nothing_at_all_is_closed_without_a_word(port: int) -> None:
    with connected(port) as wire:
        assert heard(wire) == b""


def test_the_whole_server_can_be_asked_what_it_takes(port: int) -> None:
    with connected(port) as wire:
        wire.sendall(b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        said = heard(wire)
    assert said.startswith(b"HTTP/1.1 204 ")
    assert b"allow: GET, HEAD, OPTIONS, POST\r\n" in said


def test_a_body_that_nobody_waits_for_ends_without_a_second_answer(port: int) -> None:
    with connected(port) as wire:
        wire.sendall(b"POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
        said = heard(wire)
    assert said.count(b"HTTP/1.1 ") == 1
    assert said.startswith(b"HTTP/1.1 404 ")


def test_six_hundred_half_sent_requests_leave_room_for_a_whole_one(port: int) -> None:
    with ExitStack() as stack:
        held = [stack.enter_context(connected(port)) for _ in range(600)]
        for wire in held:
            try:
                wire.sendall(b"GET /healthz HTTP/1.1\r\nHost: ")
            except ConnectionError:
                continue
        with connected(port) as whole:
            whole.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert heard(whole).startswith(b"HTTP/1.1 200 ")
        for wire in held:
            heard(wire)  # else this waits until it times out


def test_the_one_silent_longest_gives_its_place_to_a_newcomer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wires, "MOST_CONNECTIONS", 3)
    with served(create_app()) as port, ExitStack() as stack:
        first, *others = [stack.enter_context(connected(port)) for _ in range(3)]
        for wire in others:
            wire.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert wire.recv(4096).startswith(b"HTTP/1.1 200 ")
        others.append(stack.enter_context(connected(port)))
        assert heard(first) == b""
        for wire in others:
            wire.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert heard(wire).startswith(b"HTTP/1.1 200 ")


def test_answers_that_are_not_taken_are_cut_off(port: int) -> None:
    """The documentation, asked for again and again and never read."""
    with connected(port) as wire:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        wire.sendall(b"GET /docs HTTP/1.1\r\nHost: x\r\n\r\n" * 30)
        deadline = time.monotonic() + 15
        while not is_cut_off(wire):
            assert time.monotonic() < deadline


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"NONSENSE\r\n\r\n", b"400", "request_malformed"),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * HEAD + b"xx", b"431", "head_too_long"),
    ],
)
def test_what_is_no_request_is_answered_as_everything_else(
    port: int, sent: bytes, status: bytes, code: str
) -> None:
    with connected(port) as wire:
        wire.sendall(sent)
        head, _, body = heard(wire).partition(b"\r\n\r\n")
    assert head.split()[1] == status
    assert b"x-frame-options: DENY" in head
    assert json.loads(body)["code"] == code
