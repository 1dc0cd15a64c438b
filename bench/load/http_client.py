"""A small HTTP/1.1 client on bare streams, so that the measuring costs less than the measured."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any, Self

SEPARATOR = b"\r\n\r\n"


@dataclass(slots=True)
class Connection:
    """One kept-alive connection to loopback; requests follow each other on it."""

    host: str
    port: int
    key: str
    _reader: asyncio.StreamReader
    _writer: asyncio.StreamWriter

    @classmethod
    async def open(cls, host: str, port: int, key: str) -> Self:
        reader, writer = await asyncio.open_connection(host, port)
        return cls(host, port, key, reader, writer)

    async def post(
        self, path: str, idempotency_key: str, body: dict[str, Any]
    ) -> tuple[int, dict[str, Any]]:
        """The status and the JSON answer."""
        payload = json.dumps(body).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self.host}\r\nAuthorization: Bearer {self.key}\r\n"
            f"Jisr-Purpose: accompaniment\r\n"
            f"Idempotency-Key: {idempotency_key}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(payload)}\r\n\r\n"
        )
        self._writer.write(head.encode() + payload)
        return await self._answer()

    async def _answer(self) -> tuple[int, dict[str, Any]]:
        head = (await self._reader.readuntil(SEPARATOR)).decode("latin-1")
        status = int(head[9:12])
        length = next(
            int(line.partition(":")[2])
            for line in head.split("\r\n")
            if line.lower().startswith("content-length:")
        )
        answer: dict[str, Any] = json.loads(await self._reader.readexactly(length))
        return status, answer

    def close(self) -> None:
        self._writer.close()
