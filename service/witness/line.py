"""The line to a witness: one limit over a whole exchange, whoever answers byte by byte, and of its size."""

import asyncio

import httpx

from ledger.proof.notes import MOST_BYTES
from service.notify.channels.patience import altogether

SECONDS = 10.0


class Line(httpx.BaseTransport):
    """Of an `httpx.Client` in a thread of its own. Each exchange takes a connection of its own."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises `httpx.HTTPError`, also when it takes too long altogether, or says too much."""
        try:
            return asyncio.run(self._exchanged(request))
        except TimeoutError:
            raise httpx.ReadTimeout("it answers too slowly", request=request) from None

    async def _exchanged(self, request: httpx.Request) -> httpx.Response:
        request.headers["accept-encoding"] = "identity"
        request.extensions["timeout"] = httpx.Timeout(self._seconds).as_dict()
        async with altogether(self._seconds), httpx.AsyncHTTPTransport() as transport:
            answer = await transport.handle_async_request(request)
            told = b""
            try:
                async for part in answer.aiter_raw():
                    told += part
                    if len(told) > MOST_BYTES:
                        raise httpx.ReadError("it answers more than signatures", request=request)
            finally:
                await answer.aclose()
        return httpx.Response(answer.status_code, content=told, request=request)
