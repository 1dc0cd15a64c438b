"""The bytes of a connection: uvicorn's protocol on httptools, with a bound that it lacks.

llhttp leaves the length of a head to whoever calls it, and uvicorn does not ask: one
connection could fill the memory with a header that never ends.
"""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

BESIDE_BODIES = 64 * 1024
"""Bytes of a request that are not its body: its head, its trailers, the frames of chunks."""


class Wire(HttpToolsProtocol):
    """One connection. A request with too much beside its body is answered 400, and cut off."""

    _beside = 0

    def data_received(self, data: bytes) -> None:
        self._beside += len(data)
        super().data_received(data)
        if self._beside > BESIDE_BODIES and not self.transport.is_closing():
            self.send_400_response("The head of the request is too long.")

    def on_body(self, body: bytes) -> None:
        self._beside -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._beside = 0
        super().on_message_complete()
