"""Connections that keep the server waiting are closed, on real sockets."""

import asyncio
import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Event, Semaphore
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

    def holder_of(self, _: str) -> Actor:
        return Actor(id=UUID(int=7), role=Role.CASEWORKER, centre="fes")

    async def actor_with(self, key: str) -> Actor:
        return self.holder_of(key)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    app = create_app()
    app.state.application = Application()
    with served(app, QUICK) as port:
        yield port


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=200)


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
                assert time.monotonic() - began < 60


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


def test_six_hundred_half_sent_requests_leave_room_for_a_whole_one() -> None:
    with served(create_app()) as port, ExitStack() as stack:
        held = [stack.enter_context(connected(port)) for _ in range(600)]
        for wire in held:
            try:
                wire.sendall(b"GET /healthz HTTP/1.1\r\nHost: ")
            except ConnectionError:
                continue
        with connected(port) as whole:
            whole.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert heard(whole).startswith(b"HTTP/1.1 200 ")


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


class Busy(Application):
    """Answers nobody before `let` says so; `asked` is told of each who waits."""

    def __init__(self) -> None:
        self.asked, self.let = Semaphore(0), Event()

    async def actor_with(self, key: str) -> Actor:
        self.asked.release()
        await asyncio.to_thread(self.let.wait)
        return self.holder_of(key)


def test_where_each_connection_is_being_answered_a_newcomer_is_told_to_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And nobody who waits for an answer loses it."""
    monkeypatch.setattr(wires, "MOST_CONNECTIONS", 3)
    app, busy = create_app(), Busy()
    app.state.application = busy
    with served(app) as port, ExitStack() as stack:
        stack.callback(busy.let.set)
        asking = [stack.enter_context(connected(port)) for _ in range(3)]
        for wire in asking:
            wire.sendall(post(2, b"{}"))
            assert busy.asked.acquire(timeout=200)
        with connected(port) as newcomer:
            head, _, body = heard(newcomer).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 503 ")
        assert b"\r\nretry-after: 2\r\n" in head
        assert json.loads(body)["code"] == "too_many_connections"
        busy.let.set()
        for wire in asking:
            assert wire.recv(4096).startswith(b"HTTP/1.1 422 ")
        with connected(port) as later:
            later.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert heard(later).startswith(b"HTTP/1.1 200 ")


def test_answers_that_are_not_taken_are_cut_off(port: int) -> None:
    """The documentation, asked for again and again and never read."""
    with connected(port) as wire:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        wire.sendall(b"GET /docs HTTP/1.1\r\nHost: x\r\n\r\n" * 30)
        deadline = time.monotonic() + 60
        while not is_cut_off(wire):
            assert time.monotonic() < deadline


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"NONSENSE\r\n\r\n", b"400", "request_malformed"),
        (b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", b"400", "host_missing"),
        (
            b"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\nConnection: close\r\n\r\n",
            b"400",
            "header_doubled",
        ),
        (b"GET / HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n", b"400", "host_missing"),
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
