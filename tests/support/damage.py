"""Ways in which a file comes to harm."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

Damage = Callable[[Path], None]


def missing(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def cut_short(path: Path) -> None:
    """To half its pages."""
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)


def cut_in_its_head(path: Path) -> None:
    os.truncate(path, min(50, path.stat().st_size // 2))


def garbage(path: Path) -> None:
    path.write_bytes(b"these are not the bytes of a database \xff\xfe\n" * 500)


def overwritten(path: Path) -> None:
    """All but its first page."""
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(max(0, path.stat().st_size - 4096)))


def foreign(path: Path) -> None:
    """A database of somebody else's."""
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name)")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
