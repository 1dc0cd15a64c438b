"""The tables, as numbered steps that only go up.

A folder a database and a room (`sqlite/ledger`, `postgres/keys`, …) holds one SQL file a step:
`0001_base.sql` makes the tables, each later file changes what the ones before left. A file
that a release has shipped is never edited. There are no steps down: a program older than the
tables refuses them, with words, and stamps nothing.

An SQLite file goes up when it is opened. PostgreSQL goes up with `jisr database prepare`, as
the owner; until then it is refused.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple

from domain.errors import DatabaseNewer

LIKE: Mapping[str, str] = {"reads": "ledger"}
"""Rooms with the same tables and guards as another, in a schema of their own."""


class Step(NamedTuple):
    number: int
    sql: str


def steps(database: str, room: str) -> Sequence[Step]:
    """All steps there are for `sqlite` or `postgres`, and `ledger` or `keys`, in order."""
    like = LIKE.get(room, room)
    folder = files(__name__) / database / like
    named = sorted((file.name, file) for file in folder.iterdir() if file.name.endswith(".sql"))
    texts = [(name, file.read_text(encoding="utf-8")) for name, file in named]
    return [Step(int(name[:4]), sql.replace(f"{like}.", f"{room}.")) for name, sql in texts]


def missing(all_steps: Sequence[Step], found: int) -> Sequence[Step]:
    """Those after number `found`. Raises `DatabaseNewer` for a number that is not known."""
    last = all_steps[-1].number
    if found > last:
        raise DatabaseNewer(found=found, known=last)
    return [step for step in all_steps if step.number > found]


def statements(sql: str) -> Iterator[str]:
    """One by one, as SQLite takes them: a trigger has semicolons inside.

    What has no end comes last, for SQLite to refuse.
    """
    begun = ""
    for line in sql.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            yield begun
            begun = ""
    if begun.strip():
        yield begun
