"""Several files as one ZIP, written while it is sent: nothing of them lies on a disk meanwhile."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PIECE = 64 * 1024
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""A file's time in a ZIP, where it says nothing."""


class Readable(Protocol):
    def read(self, size: int, /) -> bytes | None: ...


Opens = Callable[[], AbstractContextManager[Readable]]


class _Sent:
    """What was written and not sent yet; a ZIP needs no more of a file that is never wound back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is kept back."""

    def close(self) -> None:
        """There is nothing to be let go of."""

    def taken(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def zipped(files: Iterable[tuple[str, Opens]]) -> Iterator[bytes]:
    """The ZIP in pieces; each file by its name in it, opened when its turn comes."""
    sent = _Sent()
    with ZipFile(sent, "w", ZIP_DEFLATED) as archive:
        for name, opens in files:
            info = ZipInfo(name, EARLIEST)
            info.compress_type = ZIP_DEFLATED
            with opens() as file, archive.open(info, "w") as into:
                while piece := file.read(PIECE):
                    into.write(piece)
                    yield sent.taken()
    yield sent.taken()
