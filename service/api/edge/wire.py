"""The bytes of a connection: uvicorn's protocol on httptools, with the bounds that it lacks.

llhttp leaves the length of a head to whoever calls it, and uvicorn does not ask; nor does it ask
how long a head or a body takes, or whether an answer is ever read. So each connection keeps since
when it has been waited for, and `connections.py` looks through them once a second.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from service.api.edge.limits import HEAD, MOST_CONNECTIONS
from service.api.edge.refusals import refusal
from service.problems.problem import Rejected


class Wire(HttpToolsProtocol):
    """One connection."""

    coming_since: float | None = None
    """Since when a request has been on its way in; None while none is."""
    head_is_whole = False
    brought = 0
    """Bytes of the body that have come."""
    silent_since = 0.0
    """When it was opened, or last answered something."""
    unread_since: float | None = None
    """Since when the other side has not taken what was sent to it."""
    closing_since: float | None = None
    _beside = 0

    @property
    def is_answering(self) -> bool:
        """Whether a request is being carried out for it."""
        request = self._request
        return request is not None and not request.response_complete

    @property
    def _request(self) -> RequestResponseCycle | None:
        """The last one; None before the first."""
        return self.cycle

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self.coming_since = self.silent_since = self.loop.time()
        if len(self.connections) > MOST_CONNECTIONS:
            self._take_a_place()

    def _take_a_place(self) -> None:
        """Of whoever has been silent longest; a request that is being carried out keeps its own."""
        others = [each for each in self.connections if isinstance(each, Wire) and each is not self]
        spare = [each for each in others if not each.is_answering and not each.closing_since]
        if spare:
            min(spare, key=lambda each: each.silent_since).transport.abort()
        else:
            self._beside += 1
            self.refuse(Rejected("too_many_connections"))

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self.coming_since is None:
            self.coming_since = self.loop.time()

    def data_received(self, data: bytes) -> None:
        if self.coming_since is None:
            self.coming_since = self.loop.time()
        self._beside += len(data)
        super().data_received(data)
        if self._beside > HEAD:
            self.refuse(Rejected("head_too_long", limit=HEAD))

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self.head_is_whole, self.coming_since = True, self.loop.time()
        self.brought = 0

    def on_body(self, body: bytes) -> None:
        self._beside -= len(body)
        self.brought += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._beside = 0
        self.head_is_whole, self.coming_since = False, None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        self.silent_since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        self.unread_since = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        self.unread_since = None
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's words, in English
        self.refuse(Rejected("request_malformed"))

    def refuse(self, error: Rejected) -> None:
        """Say why to whoever said anything, unless it would be part of another answer, and close."""
        if self.transport.is_closing():
            return
        request = self._request
        begun = request is not None and request.response_started
        if self._beside and not (begun if self.head_is_whole else self.is_answering):
            self.transport.write(refusal(error))
        self.transport.close()
