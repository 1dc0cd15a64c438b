"""The files of views, by shape: each release has its own, beside another's while both are at work.

Whoever has views open holds a shared lock beside them, which ends with its process. Those of
another shape that nobody holds are removed, for they have names and nobody keeps them up.
"""

import fcntl
import logging
import os
from collections.abc import Collection
from pathlib import Path

from domain.errors import Unavailable

log = logging.getLogger("jisr.projections")


class Held:
    """Views that are open here."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def of_shape(path: Path, shape: str) -> Path:
    """The link of a shape's views: `views.db` → `views_<shape>.db`."""
    return path.with_name(f"{path.stem}_{shape}{path.suffix}")


def others(path: Path, own: Path) -> list[Path]:
    """The links of other shapes' views."""
    found = path.parent.glob(f"{path.stem}_*{path.suffix}")
    return [each for each in sorted(found) if each.is_symlink() and each != own]


def hold(link: Path) -> Held:
    """Have a shape's views open, whether they are made yet or not."""
    link.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(_lock_of(link), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return Held(descriptor)


def retire(path: Path, own: Path, idle: Collection[str]) -> list[str]:
    """As of `Views`."""
    links = {link.stem.removeprefix(f"{path.stem}_"): link for link in others(path, own)}
    return [shape for shape, link in links.items() if _is_idle(link, remove_it=shape in idle)]


def _is_idle(link: Path, *, remove_it: bool) -> bool:
    descriptor = os.open(_lock_of(link), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if remove_it:
            for file in link.parent.glob(f"{link.stem}-*{link.suffix}*"):
                file.unlink(missing_ok=True)
            link.unlink(missing_ok=True)
            log.info("%s is removed: no release has these views open any more", link.name)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def _lock_of(link: Path) -> Path:
    """It stays, empty: taken away, two could hold what each takes for the same."""
    return link.with_name(f"{link.name}.open.lock")


def live(path: Path) -> Path:
    """The file the link points to. Raises `Unavailable` when somebody removed the link."""
    try:
        return path.with_name(os.readlink(path))  # noqa: PTH115 (asked before every read, and quicker)
    except OSError as error:
        raise Unavailable(database="views") from error


def numbered(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}-{number}{path.suffix}")


def number_of(file: Path) -> int:
    return int(file.stem.rpartition("-")[2])


def remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        file.with_name(f"{file.name}{suffix}").unlink(missing_ok=True)
