"""An HTTP server that keeps what it is asked, and answers what it is told to, byte by byte."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

LOCAL = "127.0.0.1"


@dataclass(frozen=True)
class Asked:
    """One request."""

    line: str
    heads: dict[str, str]
    body: bytes


@dataclass
class Site:
    """What was asked, and what is answered."""

    port: int = 0
    answer: bytes = b"HTTP/1.1 204 No Content\r\n\r\n"
    pause: float = 0.0
    drip: float = 0.0
    """Between two bytes of the answer."""
    connections: int = 0
    asked: list[Asked] = field(default_factory=list)

    def says(self, status: int, body: bytes = b"", *heads: str) -> None:
        lines = [f"HTTP/1.1 {status} So", f"Content-Length: {len(body)}", *heads, "", ""]
        self.answer = "\r\n".join(lines).encode() + body

    async def _drip(self, writer: asyncio.StreamWriter) -> None:
        for each in self.answer:
            writer.write(bytes([each]))
            await writer.drain()
            await asyncio.sleep(self.drip)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            pairs = (each.partition(":") for each in head[1:] if each)
            heads = {name.lower(): value.strip() for name, _, value in pairs}
            body = await reader.readexactly(int(heads.get("content-length", "0")))
            self.asked.append(Asked(head[0], heads, body))
            await asyncio.sleep(self.pause)
            if self.drip:
                await self._drip(writer)
            writer.write(self.answer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # whoever asked has gone, or the test is over
        finally:
            writer.close()


@asynccontextmanager
async def listening(tls: ssl.SSLContext | None = None) -> AsyncIterator[Site]:
    """A server on a port of its own, for as long as the context lasts."""
    site = Site()
    server = await asyncio.start_server(site.serve, LOCAL, 0, ssl=tls)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
