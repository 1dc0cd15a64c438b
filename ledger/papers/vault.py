"""The papers' store: each under its holder's key, so that it is gone with that key."""

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from pydantic import ValidationError

from domain.errors import Erased
from domain.values.papers import MediaType, PaperFacts, PaperPlace
from ledger.faults import translated
from ledger.keys.ciphertext import Broken
from ledger.keys.store import KeyStore
from ledger.papers.chunks import HEAD, PLAIN, FileKey, Reading, Writing, size_within
from ledger.papers.folder import Folder

HALF_KEPT_SECONDS = 3600.0
"""After so long without a byte nobody is sending any more."""


class Receiving:
    """A paper on its way in: nothing of it is kept until `keep`."""

    def __init__(self, folder: Folder, place: PaperPlace, holder: bytes) -> None:
        """`holder`: their sub-key for papers."""
        self.place = place
        self._folder, self._holder = folder, holder
        self.path, self._file = folder.begin()
        self._writing = Writing(self._file, holder, _context(place))
        self.sha256 = ""

    @property
    def size(self) -> int:
        return self._writing.size

    @property
    def key(self) -> FileKey:
        """Of this one file, for who looks at what came in."""
        return self._writing.key

    def write(self, data: bytes) -> None:
        with translated("papers"):
            self._writing.write(data)

    def end(self) -> None:
        """All has come in."""
        with translated("papers"):
            self.sha256 = self._writing.end()

    def rewrite(self, pieces: Iterable[tuple[int, int] | bytes]) -> None:
        """Keep these bytes of it, from and to, and those given: anew, for no chunk is ever changed."""
        with translated("papers"):
            path, file = self._folder.begin()
            writing = Writing(file, self._holder, _context(self.place))
            with Reading(self.path.open("rb"), self.key, self.size) as before:
                for piece in pieces:
                    for data in (piece,) if isinstance(piece, bytes) else _between(before, *piece):
                        writing.write(data)
            self.close()
            self.path, self._file, self._writing = path, file, writing
            self.sha256 = writing.end()

    def keep(self, media_type: MediaType, pages: int, by: UUID, at: datetime) -> PaperFacts | None:
        """It is as good as kept; None where a paper of this name was there before."""
        facts = PaperFacts(
            sha256=self.sha256,
            size=self.size,
            media_type=media_type,
            pages=pages,
            by=by,
            at=at,
        )
        with translated("papers"):
            self._writing.tell(facts.model_dump_json().encode())
            os.fsync(self._file.fileno())
            return facts if self._folder.keep(self.path, self.place) else None

    def close(self) -> None:
        """Leave nothing of it that is not kept."""
        self._file.close()
        self.path.unlink(missing_ok=True)


class Vault:
    """The papers of an installation. Safe to use from many threads; raises `Unavailable`."""

    def __init__(self, keys: KeyStore, folder: Folder) -> None:
        self._keys = keys
        self.folder = folder

    @contextmanager
    def receiving(self, place: PaperPlace) -> Iterator[Receiving]:
        """Raises `Erased` where the holder's key is destroyed."""
        key = self._keys.for_papers(place.holder, make=True)
        if key is None:
            raise Erased
        with translated("papers"):
            receiving = Receiving(self.folder, place, key)
        try:
            yield receiving
        finally:
            receiving.close()

    def facts(self, place: PaperPlace) -> PaperFacts | None:
        """What is known of it; None where there is none that opens: it may have been erased."""
        reading = self.open(place)
        if reading is None:
            return None
        with reading, translated("papers"):
            try:
                return PaperFacts.model_validate_json(reading.facts())
            except (Broken, ValidationError):
                return None

    def open(self, place: PaperPlace) -> Reading | None:
        """The paper, to be read and closed; None where there is none that opens."""
        key = self._keys.for_papers(place.holder)
        with translated("papers"):
            path = self.folder.find(place) if key else None
            if key is None or path is None:
                return None
            try:
                return _reading(path.open("rb"), key, place)
            except (Broken, FileNotFoundError):
                return None

    def lies(self, place: PaperPlace) -> bool:
        """Whether its file is there; it is not opened."""
        with translated("papers"):
            return self.folder.find(place) is not None

    def forget(self, holder: UUID) -> None:
        """Remove whatever was kept under a key that is destroyed. Can be repeated."""
        with translated("papers"):
            self.folder.remove_all(holder)

    def erased(self, holders: Collection[UUID]) -> Collection[UUID]:
        """Those of them whose key is destroyed."""
        return self._keys.destroyed_among(holders)

    def is_erased(self, holder: UUID) -> bool:
        return self._keys.is_destroyed(holder)


def _between(reading: Reading, start: int, end: int) -> Iterator[bytes]:
    reading.seek(start)
    while more := reading.read(min(PLAIN, end - reading.tell())):
        yield more


def _reading(file: BinaryIO, holder: bytes, place: PaperPlace) -> Reading:
    try:
        length = os.fstat(file.fileno()).st_size
        key = FileKey.of(holder, file.read(HEAD), _context(place))
        return Reading(file, key, size_within(length))
    except Broken:
        file.close()
        raise


def _context(place: PaperPlace) -> bytes:
    return f"paper|{place.holder}|{place.stream}|{place.paper}".encode()
