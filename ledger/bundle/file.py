"""Writes a bundle's file: a tar that has one form only, and a signed list of what no tree covers."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ledger.bundle import verify
from ledger.bundle.readme import README

PROGRAM = Path(verify.__file__)
"""Goes into every bundle."""

Sign = Callable[[str], bytes]
"""A text that ends its line, as the signed note that it becomes."""


class About(NamedTuple):
    """What a bundle's manifest says of it."""

    origin: str
    holds: str
    """`all` or `part`."""
    about: str
    """Of what: no name, no number of a person."""
    made: datetime
    keys: tuple[str, ...]
    """As C2SP vkeys: those that signed anything in it."""
    checkpoint: bytes
    earlier: tuple[tuple[int, bytes], ...] = ()
    """Checkpoints of before, by size."""


class BundleFile:
    """A bundle that is being written, front to back."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._listed: list[str] = []

    def add(self, name: str, data: bytes) -> None:
        """What the tree covers: it is checked by what it says."""
        self._file.write(verify.tar_header(name, len(data)))
        self._file.write(data)
        self._file.write(bytes(-len(data) % verify.BLOCK))

    def add_listed(self, name: str, data: bytes) -> None:
        """What the manifest covers, by its hash."""
        self._listed.append(f"file {hashlib.sha256(data).hexdigest()} {len(data)} {name}")
        self.add(name, data)

    def begin(self, about: About) -> None:
        self.add_listed("README.txt", README.encode())
        self.add_listed("verify.py", PROGRAM.read_bytes())
        self.add_listed("keys", "".join(f"{key}\n" for key in about.keys).encode())
        self.add_listed("checkpoint", about.checkpoint)
        for size, checkpoint in about.earlier:
            self.add_listed(f"checkpoints/{size:012}", checkpoint)

    def end(self, about: About, events: int, sign: Sign) -> None:
        facts = {
            "origin": about.origin,
            "holds": about.holds,
            "about": about.about,
            "events": str(events),
            "made": about.made.isoformat(timespec="seconds"),
        }
        told = [verify.FORMAT, *(f"{word} {said}" for word, said in facts.items()), *self._listed]
        self.add("manifest", sign("".join(f"{line}\n" for line in told)))
        self._file.write(bytes(2 * verify.BLOCK))


@contextmanager
def new_file(path: Path) -> Iterator[BundleFile]:
    """A bundle at a path where nothing stands; durable at the end, and not there unless it is whole.

    Raises `FileExistsError`, and `OSError` where it cannot be written.
    """
    if path.exists():
        raise FileExistsError(17, os.strerror(17), str(path))
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            yield BundleFile(file)
            file.flush()
            os.fsync(file.fileno())
        # It replaces nothing but what is made here; a link would do, but not on every stick.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        beside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
