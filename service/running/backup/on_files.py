"""Puts SQLite files in place: all are copied beside first, and what was there is moved aside, whole."""

import shutil
from collections.abc import Callable, Iterable, Iterator
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
    begin: Callable[[], None],
) -> bool:
    """Each room's copy in its place, or nothing where it has none; whether something was moved aside.

    `begin` is called when all copies are there, and nothing was touched yet. Ended in between, it is
    done again from the backup: what was moved aside stays there.
    """
    there, staged = _found(settings, ASIDE), dict[Path, Path]()
    try:
        for room, copy in rooms:
            assert room.file is not None  # noqa: S101 - of files alone
            there += _parts(room.file)
            if copy is not None:
                staged[room.file] = _draft(room.file)
                _stage(copy, staged[room.file])
        begin()
    except BaseException:
        for draft in staged.values():
            draft.unlink(missing_ok=True)
        raise
    for path in there:
        if path.exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            shutil.move(path, aside / path.name)
    _clear(settings)
    for file, draft in staged.items():
        draft.replace(file)
        flush(file.parent)
    return aside.exists()


def _draft(file: Path) -> Path:
    """Beside its place, so that it takes that in one step."""
    return file.with_name(f"{file.name}.restored")


def _stage(copy: Path, draft: Path) -> None:
    draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft.unlink(missing_ok=True)
    shutil.copyfile(copy, draft)
    draft.chmod(0o600)
    flush(draft)


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
