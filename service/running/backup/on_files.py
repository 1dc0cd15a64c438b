"""Puts SQLite files in place: all are copied beside first, and what was there is moved aside, whole."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from ledger.sqlite.copying import flush
from ledger.urls import sqlite_path
from service.running.backup.rooms import Room
from service.settings import Settings

BESIDE = ("", "-wal", "-shm", "-journal")
DISPOSABLE = ("temporal.*", "api.address")
"""Made again by who starts: they would remember another ledger."""
ASIDE = ("sign_ins.db*",)


def put_files(
    settings: Settings,
    rooms: Iterable[tuple[Room, Path | None]],
    aside: Path,
) -> bool:
    """Each room's copy in its place, or nothing where it has none; whether something was moved aside.

    Ended in between, it is done again from the backup: what was moved aside stays there.
    """
    there, staged = _found(settings, ASIDE), []
    for room, copy in rooms:
        assert room.file is not None  # noqa: S101 - of files alone
        there += _parts(room.file)
        if copy is not None:
            staged.append((room.file, _staged(room.file, copy)))
    for path in there:
        if path.exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            shutil.move(path, aside / path.name)
    _clear(settings)
    for file, draft in staged:
        draft.replace(file)
        flush(file.parent)
    return aside.exists()


def _staged(file: Path, copy: Path) -> Path:
    """Beside its place, so that it takes that in one step."""
    draft = file.with_name(f"{file.name}.restored")
    draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft.unlink(missing_ok=True)
    shutil.copyfile(copy, draft)
    draft.chmod(0o600)
    flush(draft)
    return draft


def _parts(file: Path) -> Iterator[Path]:
    for end in BESIDE:
        yield file.with_name(file.name + end)


def _found(settings: Settings, patterns: Iterable[str]) -> list[Path]:
    return [path for pattern in patterns for path in settings.data.glob(pattern)]


def _clear(settings: Settings) -> None:
    """Views have names in the clear, and nobody keeps them twice."""
    views = sqlite_path(settings.views)
    found = list(views.parent.glob(f"{views.stem}*")) if views else []
    ledger = sqlite_path(settings.ledger)
    if ledger is not None:
        found += _parts(ledger.with_name(f"{ledger.name}.followers"))
    for path in [*found, *_found(settings, DISPOSABLE)]:
        path.unlink(missing_ok=True)
