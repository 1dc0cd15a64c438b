"""A form with a file, read as it comes: the answers first, then the file piece by piece.

Starlette's own form puts a file on the disk as it is; a paper stands nowhere but encrypted. So the
file is the form's last field, and its name is not even read.
"""

from collections import deque
from collections.abc import AsyncIterator

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from service.problems.problem import Rejected

MOST_OF_FIELDS = 64 * 1024
"""Bytes of all that is no file."""


class FileForm:
    """What a browser sends of one form with one file."""

    def __init__(self, request: Request) -> None:
        """Raises `Rejected` for what is no such form."""
        kind, options = parse_options_header(request.headers.get("content-type"))
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise Rejected("request_malformed")
        self._stream = request.stream()
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_end,
                "on_part_data": self._data,
                "on_part_end": self._end,
            },
        )
        self._fields: dict[str, bytearray] = {}
        self._small = 0
        self._name, self._header = "", (bytearray(), bytearray())
        self._headers: dict[bytes, bytes] = {}
        self._is_file = self._file_began = self._file_ended = False
        self._pieces: deque[bytes] = deque()
        self.said = ""
        """What the file is sent as; empty where nothing is said."""

    async def answers(self) -> dict[str, str]:
        """All fields before the file; of several of one name the last."""
        while not self._file_began and await self._more():
            pass
        return {name: bytes(value).decode(errors="replace") for name, value in self._fields.items()}

    async def file(self) -> AsyncIterator[bytes]:
        """The file, after its answers."""
        while True:
            while self._pieces:
                yield self._pieces.popleft()
            if self._file_ended or not await self._more():
                break
        while self._pieces:
            yield self._pieces.popleft()

    async def _more(self) -> bool:
        async for chunk in self._stream:
            if chunk:
                try:
                    self._parser.write(chunk)
                except MultipartParseError:
                    raise Rejected("request_malformed") from None
                return True
        return False

    def _begin(self) -> None:
        self._headers, self._header = {}, (bytearray(), bytearray())

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header[0].extend(data[start:end])

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1].extend(data[start:end])

    def _header_end(self) -> None:
        name, value = self._header
        self._headers[bytes(name).lower()] = bytes(value)
        self._header = (bytearray(), bytearray())

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = options.get(b"name", b"").decode(errors="replace")
        self._is_file = b"filename" in options and not self._file_ended
        if self._is_file:
            self._file_began = True
            said = self._headers.get(b"content-type", b"").decode("latin-1")
            self.said = said.partition(";")[0].strip().lower()
        else:
            self._fields[self._name] = bytearray()

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self._pieces.append(data[start:end])
            return
        self._small += end - start
        if self._small > MOST_OF_FIELDS:
            raise Rejected("body_too_large", limit=MOST_OF_FIELDS)
        self._fields[self._name].extend(data[start:end])

    def _end(self) -> None:
        if self._is_file:
            self._is_file, self._file_ended = False, True
