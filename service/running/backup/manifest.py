"""The list that each half of a backup begins with: what it is of, and every file by its hash.

It is written last, so a folder without one is a backup that was not finished; and it is marked by a key
that follows from the key store's own root, so that neither a byte of it nor a file can be changed
unseen by who has no master key.
"""

import hashlib
import hmac
import os
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, ValidationError

from domain.message import Message
from ledger.sqlite.copying import flush
from service.running.faults import OperatorError

FORMAT: Literal["jisr-backup/1"] = "jisr-backup/1"
NAME, MARK = "manifest.json", "manifest.mac"
CHUNK = 1 << 20


class Half(StrEnum):
    """Of a backup."""

    RECORDS = "records"
    KEYS = "keys"


class Head(Message):
    """The ledger's last event, by its position and what stands there."""

    position: int
    digest: str


class TableCopied(Message):
    """A table out of PostgreSQL: a file of rows, as its COPY writes them."""

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...] = ()
    """Of the columns, as PostgreSQL names them."""
    rows: int


class RoomCopied(Message):
    """A database, or a schema."""

    name: str
    in_files: bool
    """In SQLite: the other has tables."""
    version: int | None = None
    """The last migration it had taken."""
    tables: tuple[TableCopied, ...] = ()
    """Of PostgreSQL."""


class FileCopied(Message):
    """A file, by its path in the folder."""

    path: str
    size: int
    sha256: str


class Manifest(Message):
    """Of one half."""

    format: Literal["jisr-backup/1"] = FORMAT
    half: Half
    backup: UUID
    """The same in both halves."""
    ledger: UUID
    """The id of the ledger it is of."""
    made_at: AwareDatetime
    release: str
    head: Head
    recorded_at: AwareDatetime | None = None
    """When the last step was recorded."""
    level: int
    """What a program must read to decide anything on the ledger."""
    reads: Head | None = None
    """Of the log of who read what, where there was one."""
    rooms: tuple[RoomCopied, ...]
    files: tuple[FileCopied, ...]
    root: str = ""
    """Of the keys: their own root secret, wrapped by the master key, as in the key store."""
    master: int = 0
    """Of the keys: the number of the master key that wraps them."""
    erased: tuple[UUID, ...] = ()
    """Of the keys: whose were destroyed by then."""

    def room(self, name: str) -> RoomCopied | None:
        return next((room for room in self.rooms if room.name == name), None)

    @property
    def day(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M} UTC"


def write(manifest: Manifest, folder: Path, key: bytes) -> None:
    """As the last of a folder's files."""
    text = manifest.model_dump_json(indent=1).encode() + b"\n"
    for name, data in ((MARK, _mark(text, key).encode()), (NAME, text)):
        _put(folder / name, data)
    flush(folder)


def read(folder: Path, half: Half) -> Manifest:
    """As it stands, before its mark is looked at. Raises `OperatorError`."""
    try:
        found = Manifest.model_validate_json((folder / NAME).read_bytes())
    except FileNotFoundError:
        raise OperatorError(
            f"{folder} holds no finished backup ({half}): name the folder that `jisr backup` made, or"
            " take another, for one that was cut off has no list"
        ) from None
    except ValidationError:
        raise OperatorError(
            f"{folder / NAME} is damaged, or of another release: take another backup"
        ) from None
    if found.half is not half:
        raise OperatorError(f"{folder} is the other half of a backup: this one has {found.half}")
    return found


def require_mark(folder: Path, key: bytes) -> None:
    """Raises `OperatorError` where the list is not as it was written."""
    try:
        found = (folder / MARK).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        found = ""
    if not hmac.compare_digest(found.encode(), _mark((folder / NAME).read_bytes(), key).encode()):
        raise OperatorError(
            f"{folder / NAME} was changed since the backup was made, or the keys are not its own:"
            " take another backup"
        )


def listed(folder: Path, without: Path | None = None) -> Iterator[FileCopied]:
    """Every file of a folder but the lists themselves, and another folder in it; hashed."""
    for path in sorted(folder.rglob("*")):
        if path.name in {NAME, MARK} or (without and without in path.parents):
            continue
        if path.is_file():
            name, size = path.relative_to(folder).as_posix(), path.stat().st_size
            yield FileCopied(path=name, size=size, sha256=digest_of(path))


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stamp(moment: datetime) -> str:
    """For names: sorted by name they are in order of time."""
    return f"{moment:%Y%m%dT%H%M%S%f}"


def _mark(text: bytes, key: bytes) -> str:
    return hmac.new(key, text, hashlib.sha256).hexdigest()


def _put(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
