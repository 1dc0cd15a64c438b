"""All that is copied, held at one moment: the ledger's, at which no one appends to it.

The lock is held for as long as it takes to begin, some milliseconds, and not while anything is copied.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from ledger.faults import translated
from ledger.sqlite.copying import SqliteSnapshot
from ledger.sqlite.copying import held_still as held_in_file
from service.running.backup.manifest import RoomCopied, TableCopied
from service.running.backup.rooms import Room

Progress = Callable[[int], None]
"""Called with how many bytes were copied since."""


class Snapshot(Protocol):
    """A room as it was at one moment."""

    def rows(self, select: str) -> list[tuple[Any, ...]]: ...

    def version(self, room: str) -> int | None:
        """The last migration taken; None for what has no such numbers."""

    def close(self) -> None: ...


@contextmanager
def of_one_moment(rooms: Sequence[Room]) -> Iterator[Mapping[str, Snapshot]]:
    """Every room that is there, by its name; the first is the ledger, which holds still meanwhile.

    Raises `Unavailable`.
    """
    with ExitStack() as held:
        found = {}
        with translated("ledger"), _held_still(rooms[0]):
            for room in rooms:
                if room.file is None or room.file.exists():
                    found[room.name] = held.enter_context(closing(snapshot(room)))
        yield found


def snapshot(room: Room) -> Snapshot:
    """Of one room, at whatever moment."""
    if room.file is not None:
        return SqliteSnapshot(room.file)
    from ledger.postgres.copying import PostgresSnapshot  # noqa: PLC0415 (only on PostgreSQL)

    return PostgresSnapshot(room.plain_url, room.name)


def _held_still(ledger: Room) -> AbstractContextManager[None]:
    if ledger.file is not None:
        return held_in_file(ledger.file)
    from ledger.postgres.copying import held_still  # noqa: PLC0415 (only on PostgreSQL)

    return held_still(ledger.plain_url)


def copied(name: str, taken: Snapshot, folder: Path, progress: Progress) -> RoomCopied:
    """A room into the folder: a file, or a folder of files."""
    with translated(name):
        version = taken.version(name)
        if isinstance(taken, SqliteSnapshot):
            taken.copy(folder / f"{name}.db", progress)
            return RoomCopied(name=name, in_files=True, version=version)
        from ledger.postgres.copying import PostgresSnapshot  # noqa: PLC0415 (as above)

        assert isinstance(taken, PostgresSnapshot)  # noqa: S101 - the other of the two
        tables = taken.copy(folder / name, progress)
        return RoomCopied(
            name=name,
            in_files=False,
            version=version,
            tables=tuple(TableCopied(**table._asdict()) for table in tables),
        )
