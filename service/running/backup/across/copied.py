"""Reads what PostgreSQL's COPY wrote in its binary format, without a server.

https://www.postgresql.org/docs/current/sql-copy.html: a head of 19 bytes or more, then each row as the
number of its fields and each field as its length and its bytes, big-endian; a length of -1 is NULL.
"""

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

SIGNATURE = b"PGCOPY\n\xff\r\n\0"
_LONG, _SHORT = struct.Struct(">i"), struct.Struct(">h")
_SINCE = datetime(2000, 1, 1, tzinfo=UTC)


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big", signed=True)


def _moment(data: bytes) -> str:
    return (_SINCE + timedelta(microseconds=_number(data))).isoformat()


READ: Mapping[str, Callable[[bytes], Any]] = {
    "int8": _number,
    "int4": _number,
    "text": bytes.decode,
    "bytea": bytes,
    "uuid": bytes,
    "timestamptz": _moment,
}
"""How a column of each type that our tables have stands in an SQLite file."""


def rows_in(file: BinaryIO, types: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Raises `ValueError` for what is no such file, and where it is cut off."""
    try:
        reads = [READ[each] for each in types]
        if file.read(len(SIGNATURE)) != SIGNATURE:
            raise ValueError("not as COPY writes it")
        file.read(4)
        file.read(_long(file))
        while (fields := _SHORT.unpack(file.read(2))[0]) >= 0:
            if fields != len(reads):
                raise ValueError(f"{fields} fields in a row of {len(reads)}")
            yield tuple(_field(file, read) for read in reads)
    except (struct.error, KeyError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from None


def _long(file: BinaryIO) -> int:
    found: int = _LONG.unpack(file.read(4))[0]
    return found


def _field(file: BinaryIO, read: Callable[[bytes], Any]) -> Any:
    size = _long(file)
    if size < 0:
        return None
    data = file.read(size)
    if len(data) != size:
        raise ValueError("cut off")
    return read(data)


def rows_of(path: Path, types: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Of a file, in the order in which they were written: by their key."""
    with path.open("rb") as file:
        yield from rows_in(file, types)
