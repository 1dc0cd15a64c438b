"""What a witness has seen: the last checkpoint of each log, and what it did not sign.

In a file of SQLite's. The look at what was seen and the note of what is signed are one transaction,
which is on the disk before anybody has the signature: so no two requests at once, and no power cut,
make the witness sign two histories.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from ledger.proof.checkpoint import Checkpoint
from ledger.proof.notes import Note, Signature, VerifierKey
from service.witness.cosigner import Cosigner
from service.witness.judging import Kind, NotSigned, Seen, Submitted, judge

PATIENCE = 10.0
"""Seconds for another request's transaction to end."""

_TABLES = """
CREATE TABLE IF NOT EXISTS logs (origin TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (origin, key));
CREATE TABLE IF NOT EXISTS seen (origin TEXT PRIMARY KEY, note TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS refused (
    number INTEGER PRIMARY KEY, origin TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    seen TEXT, told TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (origin, kind, text));
"""
_LOGS = """SELECT key FROM logs WHERE origin = :origin
    OR substr(:origin, 1, length(origin) + 1) = origin || '/' ORDER BY key"""
_TRUST = "INSERT INTO logs (origin, key) VALUES (?, ?) ON CONFLICT DO NOTHING"
_SEEN = "SELECT note FROM seen WHERE origin = ?"
_SEE = """INSERT INTO seen (origin, note, at) VALUES (?, ?, ?)
    ON CONFLICT (origin) DO UPDATE SET note = excluded.note, at = excluded.at"""
_REFUSE = """INSERT INTO refused (origin, kind, text, seen, told, at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING"""
_PROVED = "DELETE FROM refused WHERE origin = ? AND kind = 'unproved' AND text = ?"
_REFUSED = "SELECT origin, kind, seen, told, at FROM refused ORDER BY number"


class Refusal(NamedTuple):
    """What a log has signed that was not signed here."""

    origin: str
    kind: Kind
    seen: str | None
    """The last checkpoint that was signed before."""
    told: str
    at: str


class Memory:
    """Safe to use from many threads and processes: each call has a connection of its own."""

    def __init__(self, file: Path, clock: Callable[[], datetime]) -> None:
        self._file = file
        self._clock = clock
        with self._connected() as connection:
            connection.executescript(_TABLES)
        self._file.chmod(0o600)

    def trust(self, key: VerifierKey) -> None:
        """Sign from now on what this key has signed; its name is the log's origin.

        Also as it signs what lies below that: a house signs all its logs by the same keys.
        """
        with self._writing() as connection:
            connection.execute(_TRUST, (key.name, str(key)))

    def add(self, asked: Submitted, cosigner: Cosigner) -> Note:
        """The checkpoint with the witness's signature; raises `NotSigned`."""
        origin, now = asked.checkpoint.origin, self._clock()
        with self._writing() as connection:
            known = connection.execute(_SEEN, (origin,)).fetchone()
            trusted = connection.execute(_LOGS, {"origin": origin})
            keys = [replace(VerifierKey.parsed(key), name=origin) for (key,) in trusted]
            try:
                judge(asked, _seen(known), keys)
            except NotSigned as refused:
                if refused.kind is not None:
                    told = (asked.note.text, known[0] if known else None, str(asked.note))
                    row = (origin, refused.kind, *told, now.isoformat())
                    connection.execute(_REFUSE, row)
                    connection.execute("COMMIT")
                raise
            signed = cosigner.sign(asked.note.text, now)
            note = Note(asked.note.text, (*_by(asked.note, keys), signed))
            connection.execute(_SEE, (origin, str(note), now.isoformat()))
            connection.execute(_PROVED, (origin, asked.note.text))
        return note

    def last(self, origin: str) -> Note | None:
        """The last checkpoint that was signed of a log, with its signatures."""
        with self._connected() as connection:
            row = connection.execute(_SEEN, (origin,)).fetchone()
        return Note.parsed(row[0]) if row else None

    def refused(self) -> list[Refusal]:
        """Each checkpoint once, the first first; what was proved since is gone."""
        with self._connected() as connection:
            rows = connection.execute(_REFUSED).fetchall()
        return [Refusal(origin, Kind(kind), *told) for origin, kind, *told in rows]

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file, PATIENCE, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The lock is taken before anything is read."""
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


def _seen(row: tuple[str] | None) -> Seen:
    if row is None:
        return Seen()
    known = Checkpoint.parsed(Note.parsed(row[0]).text)
    return Seen(known.size, known.root)


def _by(note: Note, keys: Sequence[VerifierKey]) -> list[Signature]:
    """Its signatures by the log itself: others may be anybody's."""
    known = {(key.name, key.key_id) for key in keys}
    return [each for each in note.signatures if (each.name, each.key_id) in known]
