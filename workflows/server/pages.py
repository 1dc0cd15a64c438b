"""Temporal's own web pages, on loopback, to whoever asks for them by loopback's name.

The server shows them to everybody who reaches its port. So does a browser, to a page from elsewhere
whose name was made to point here: it asks by that name. Here each request is asked for whom it names
(`Host`, and where it comes from, `Origin`), and goes on to the server only where both are loopback.
The server itself listens where nobody finds it: at an address of loopback drawn at random, of which
there are millions.

One request a connection: what follows on it would not be looked at.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from workflows.server.loopback import HOST, is_loopback

LONGEST_HEAD = 64 * 1024
"""Bytes."""
HEAD_SECONDS = 10.0
CHUNK = 64 * 1024
LINE = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\x00\n\r]*")
"""A header, on a line of its own: what one reader folds another does not."""
HOP = frozenset({b"connection", b"keep-alive", b"upgrade"})
ANSWER = (
    b"HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n"
    b"Connection: close\r\nX-Content-Type-Options: nosniff\r\n\r\n%s"
)
NOT_FROM_HERE = (
    b"403 Forbidden",
    b"These pages are shown on this machine, by the name localhost or its address.\n",
)
AWAY = (
    b"503 Service Unavailable",
    b"The Temporal server does not answer yet: load the page again.\n",
)


@asynccontextmanager
async def shown(port: int, address: str, server_port: int) -> AsyncIterator[None]:
    """Show on loopback's `port` what the server has at `address`; raises `OSError`: it is taken.

    What is still being answered at the end is broken off.
    """
    answering: set[asyncio.Task[None] | None] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answering.add(task := asyncio.current_task())
        try:
            with suppress(
                OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError
            ):
                await _answer(reader, writer, address, server_port)
        finally:
            answering.discard(task)
            writer.close()

    server = await asyncio.start_server(answer, HOST, port, limit=LONGEST_HEAD)
    try:
        yield
    finally:
        server.close()
        left = [task for task in answering if task is not None]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


async def _answer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str, port: int
) -> None:
    async with asyncio.timeout(HEAD_SECONDS):
        head = passed_on(await reader.readuntil(b"\r\n\r\n"))
    if head is None:
        return await _say(writer, *NOT_FROM_HERE)
    try:
        from_server, to_server = await asyncio.open_connection(address, port)
    except OSError:
        return await _say(writer, *AWAY)
    to_server.write(head)
    body = asyncio.create_task(_pump(reader, to_server))
    try:
        await _pump(from_server, writer)
    finally:
        body.cancel()
        to_server.close()
    return None


async def _say(writer: asyncio.StreamWriter, status: bytes, text: bytes) -> None:
    writer.write(ANSWER % (status, len(text), text))
    await writer.drain()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(CHUNK):
            writer.write(piece)
            await writer.drain()


def passed_on(head: bytes) -> bytes | None:
    """The head of a request as the server gets it; None: not from here, or not to be understood."""
    request, *lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    if request.count(b" ") != 2 or not request.split(b" ")[1].startswith(b"/"):  # noqa: PLR2004 - method, target, version
        return None
    if not all(LINE.fullmatch(line) for line in lines):
        return None
    headers = [
        (name.lower(), value.strip()) for name, _, value in (x.partition(b":") for x in lines)
    ]
    hosts = [value for name, value in headers if name == b"host"]
    origins = [value for name, value in headers if name == b"origin"]
    if len(hosts) != 1 or not _is_here(b"//" + hosts[0]) or not all(map(_is_here, origins)):
        return None
    kept = [line for line in lines if line.partition(b":")[0].lower() not in HOP]
    return b"\r\n".join((request, *kept, b"Connection: close", b"", b""))


def _is_here(place: bytes) -> bool:
    """Whether the host of an address is loopback's name, or one of its addresses."""
    try:
        return is_loopback(urlsplit(place.decode("ascii")).hostname or "")
    except ValueError:
        return False
