"""Where papers lie: a file comes in under a name that nothing looks for, and is then there at once.

    incoming/<random>           on its way: a cut line or a full disk leaves nothing else
    new/<of>.<holder>.<paper>   whole, and no event told of it when it was last looked at
    kept/<holder>/<of>.<paper>  told of by an event

Names are ids and nothing else; `of` is what it belongs to, such as `case.6f0c…`. What lies here is encrypted; still it is its owner's alone.
"""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import UUID

from domain.values.papers import PaperPlace

INCOMING, NEW, KEPT = "incoming", "new", "kept"


class Lying(NamedTuple):
    """A file in the folder."""

    place: PaperPlace
    seconds: float
    """Since it was written."""


class Folder:
    """A folder of papers, which is made when it is first written to. Raises `OSError`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def begin(self) -> tuple[Path, BinaryIO]:
        """A file on its way in."""
        path = self._made(INCOMING) / secrets.token_hex(16)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        return path, os.fdopen(descriptor, "r+b")

    def keep(self, path: Path, place: PaperPlace) -> bool:
        """What came in is whole and on the disk; False where that paper was there before."""
        if self.find(place) is not None:
            return False
        folder = self._made(NEW)
        try:
            # A link, and no renaming, which would take the place of one that came meanwhile.
            self._new(place).hardlink_to(path)
        except FileExistsError:
            return False
        path.unlink()
        _on_disk(folder)
        return True

    def find(self, place: PaperPlace) -> Path | None:
        # The last once more: it moves there from the one before.
        ways = (self._kept(place), self._new(place), self._kept(place))
        return next((path for path in ways if path.exists()), None)

    def settle(self, place: PaperPlace) -> None:
        """An event tells of it. Can be repeated."""
        new = self._new(place)
        if new.exists():
            folder = self._made(KEPT, str(place.holder))
            with suppress(FileNotFoundError):
                new.replace(self._kept(place))
            _on_disk(folder)

    def remove(self, place: PaperPlace) -> None:
        for path in (self._new(place), self._kept(place)):
            path.unlink(missing_ok=True)

    def remove_all(self, holder: UUID) -> None:
        """Whatever is kept under this holder's key."""
        for path in (self._root / NEW).glob(f"*.*.{holder}.*"):
            path.unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            shutil.rmtree(self._root / KEPT / str(holder))

    def new(self) -> Iterator[Lying]:
        """What nothing was known to tell of."""
        for path in (self._root / NEW).glob("*.*.*.*"):
            with suppress(ValueError, FileNotFoundError):
                kind, name, holder, paper = path.name.split(".")
                yield Lying(PaperPlace(UUID(holder), f"{kind}/{name}", UUID(paper)), _age(path))

    def kept(self, holder: UUID) -> Iterator[Lying]:
        """What is kept under a holder's key."""
        for path in (self._root / KEPT / str(holder)).glob("*.*.*"):
            with suppress(ValueError, FileNotFoundError):
                kind, name, paper = path.name.split(".")
                yield Lying(PaperPlace(holder, f"{kind}/{name}", UUID(paper)), _age(path))

    def holders(self) -> list[UUID]:
        """Under whose keys something is kept."""
        found = []
        for path in (self._root / KEPT).glob("*"):
            with suppress(ValueError):
                found.append(UUID(path.name))
        return found

    def clear_incoming(self, seconds: float) -> int:
        """Remove what stopped coming in that long ago; how many files."""
        gone = 0
        for path in (self._root / INCOMING).glob("*"):
            with suppress(FileNotFoundError):
                if _age(path) > seconds:
                    path.unlink()
                    gone += 1
        return gone

    def _new(self, place: PaperPlace) -> Path:
        return self._root / NEW / f"{_of(place)}.{place.holder}.{place.paper}"

    def _kept(self, place: PaperPlace) -> Path:
        return self._root / KEPT / str(place.holder) / f"{_of(place)}.{place.paper}"

    def _made(self, *names: str) -> Path:
        path = self._root
        for name in ("", *names):
            path = path / name
            path.mkdir(mode=0o700, exist_ok=True)
        return path


def _of(place: PaperPlace) -> str:
    return place.stream.replace("/", ".")


def _age(path: Path) -> float:
    return time.time() - path.stat().st_mtime


def _on_disk(folder: Path) -> None:
    """Have the folder's names outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
