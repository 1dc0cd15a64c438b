"""Which requests go on to Temporal's own pages, and what of their head."""

import asyncio

import pytest

from workflows.server.embedded import free_ports
from workflows.server.loopback import HOST, hidden_address, is_loopback
from workflows.server.pages import passed_on, shown

HERE = b"GET / HTTP/1.1\r\nHost: localhost:8233\r\n"
END = b"\r\n"


def test_what_goes_on_is_the_head_with_one_request_a_connection() -> None:
    asked = HERE + b"Accept: */*\r\nConnection: keep-alive\r\nkeep-alive: 5\r\n" + END
    assert passed_on(asked) == HERE + b"Accept: */*\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize("host", [b"localhost", b"LOCALHOST:1", b"127.9.8.7:1", b"[::1]:8233"])
def test_loopback_has_several_names(host: bytes) -> None:
    assert passed_on(b"GET /a?b HTTP/1.1\r\nHost: " + host + b"\r\n\r\n")


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\n",
        b"GET / HTTP/1.0\r\n",
        HERE + b"Host: localhost\r\n",
        HERE + b"Origin: http://elsewhere.example\r\n",
        HERE + b"Origin: null\r\n",
        HERE + b"Origin: http://localhost\r\nOrigin: http://elsewhere.example\r\n",
        HERE + b" folded: on\r\n",
        HERE + b"X-Name : y\r\n",
        HERE + b"X-Name: y\nHost: elsewhere.example\r\n",
        b"GET / HTTP/1.1\r\nHost : localhost\r\n",
        b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost.elsewhere.example\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost@elsewhere.example\r\n",
        b"GET / HTTP/1.1\r\nHost: elsewhere.example#localhost\r\n",
        b"GET / HTTP/1.1\r\nHost: [::1\r\n",
        b"GET / HTTP/1.1\r\nHost: \xd9\xa1\r\n",
        b"GET http://elsewhere.example/ HTTP/1.1\r\nHost: localhost\r\n",
        b"CONNECT elsewhere.example:80 HTTP/1.1\r\nHost: localhost\r\n",
        b"nonsense\r\n",
    ],
)
def test_what_is_not_from_here_or_not_to_be_understood_goes_nowhere(head: bytes) -> None:
    assert passed_on(head + END) is None


def test_a_hidden_address_is_another_one_each_time() -> None:
    drawn = {hidden_address() for _ in range(20)}
    assert len(drawn) > 15
    assert all(map(is_loopback, drawn))
    assert HOST not in drawn


async def test_a_second_request_on_a_connection_is_not_asked() -> None:
    """A browser's page from here could not; a program that does is told nothing."""
    port, behind = free_ports(2)
    heard: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        writer.close()

    server = await asyncio.start_server(answer, HOST, behind)
    async with server, shown(port, HOST, behind):
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(HERE + END)
        assert (await reader.read()).endswith(b"ok")
        writer.close()
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 403 ")
        writer.close()
    assert [head.splitlines()[0] for head in heard] == [b"GET / HTTP/1.1"]
