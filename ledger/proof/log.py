"""A log that is sealed: its events, the tree over them, and what was signed of it.

The ledger is one, the log of who read what is another, and what stands beside the ledger's events two
more. All stand in one room, under their names.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from eventsourcing.persistence import Notification

from ledger.faults import translated
from ledger.keys.store import KeyStore
from ledger.proof.checkpoint import Checkpoint
from ledger.proof.entry import entry_of, stands_as
from ledger.proof.kept import Head, Kept, LogDiffers, Sending
from ledger.proof.noted import NotedKeys
from ledger.proof.notes import Note, Signature, VerifierKey, as_written, signed_note
from ledger.proof.remembered import Remembered, TreeForgotten, remember, remembered
from ledger.proof.sealable import Sealable
from ledger.proof.signing import SigningKey, is_begun, require_own, rotate, signers, signing_keys
from ledger.proof.streams import StreamVersions, stream_key
from ledger.proof.tiles import Tiles, TreeDamaged
from ledger.proof.tree import EMPTY_ROOT, ProofBroken, leaf_hash
from ledger.room import Room, Statements

__all__ = [
    "LEDGER",
    "READS",
    "RECEIPTS",
    "TOGETHER",
    "UPKEEP",
    "Head",
    "Kept",
    "Log",
    "LogDiffers",
    "Sending",
]

LEDGER, READS, UPKEEP, RECEIPTS = "ledger", "reads", "upkeep", "receipts"
"""The events, who read what, the notes of upkeep, and what commands were answered."""

TOGETHER = 1000
"""Events read at a time."""

_HEAD = "SELECT size, note, signed_at FROM heads WHERE log = ?"
_MOVE = """INSERT INTO heads (log, size, note, signed_at) VALUES (?, ?, ?, ?) ON CONFLICT (log)
    DO UPDATE SET size = excluded.size, note = excluded.note, signed_at = excluded.signed_at"""
_CHECKPOINTS = "SELECT number, size, note, made_at FROM checkpoints WHERE log = ? "
_LAST = "AND number > ? ORDER BY number DESC LIMIT 1"
_STANDS = """NOT EXISTS (SELECT 1 FROM checkpoints AS later WHERE later.log = checkpoints.log
    AND later.number > checkpoints.number AND later.size < checkpoints.size)"""
_CHECKPOINT = "INSERT INTO checkpoints (log, number, size, note, made_at) VALUES (?, ?, ?, ?, ?)"
_STREAM = """INSERT INTO streams (log, stream, version) VALUES (?, ?, ?)
    ON CONFLICT (log, stream) DO UPDATE SET version = excluded.version"""
_STREAMS = "SELECT stream, version FROM streams WHERE log = ? AND version > 0 ORDER BY stream"
_SENDINGS = "SELECT recipient, number, sent_at, tried_at, failed FROM sendings WHERE log = ?"
_SENT = """INSERT INTO sendings (log, recipient, number, sent_at, tried_at, failed)
    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (log, recipient) DO UPDATE SET number = excluded.number,
    sent_at = coalesce(excluded.sent_at, sendings.sent_at), tried_at = excluded.tried_at,
    failed = excluded.failed"""
_COSIGNED = """INSERT INTO cosignatures (log, number, name, line) VALUES (?, ?, ?, ?)
    ON CONFLICT DO NOTHING"""
_COSIGNATURES = """SELECT number, line FROM cosignatures
    WHERE log = ? AND number BETWEEN ? AND ? ORDER BY number, name"""
_NO_STREAMS = "UPDATE streams SET version = 0 WHERE log = ?"


@dataclass(frozen=True, slots=True)
class Log:
    """Safe to use from many threads; raises `Unavailable` while a database is away."""

    name: str
    origin: str
    store: Sealable
    room: Room
    keys: KeyStore
    clock: Callable[[], datetime]
    noted: NotedKeys | None = None
    """Where it is noted besides by which keys this is sealed."""

    def head(self) -> Head | None:
        """None before anything was sealed. Raises `NoteBroken` where what is kept is no head any more."""
        with translated("proof"), self.room.reading() as statements:
            return self._head(statements)

    def _head(self, statements: Statements) -> Head | None:
        rows = statements.execute(_HEAD, (self.name,))
        if not rows:
            return None
        size, note, signed_at = rows[0]
        with as_written():
            return Head(size, Note.parsed(note), datetime.fromisoformat(signed_at))

    def checkpoints(self, after: int = 0, limit: int | None = None) -> list[Kept]:
        """Those after a number, the oldest first."""
        most = f"LIMIT {limit:d}" if limit is not None else ""
        return self._kept(f"AND number > ? ORDER BY number {most}", after)

    def last_checkpoint(self) -> Kept | None:
        with translated("proof"), self.room.reading() as statements:
            return self.last_in(statements)

    def last_in(self, statements: Statements) -> Kept | None:
        """The last checkpoint, as of this transaction."""
        return next(iter(self._kept_in(statements, _LAST, 0)), None)

    def covering(self, position: int) -> Kept | None:
        """The first checkpoint under which an event is; None before there is one.

        None of those that tell of a tail that was lost: a later one is of fewer events.
        """
        found = self._kept(f"AND size >= ? AND {_STANDS} ORDER BY size, number LIMIT 1", position)
        return found[0] if found else None

    def _kept(self, which: str, number: int) -> list[Kept]:
        with translated("proof"), self.room.reading() as statements:
            return self._kept_in(statements, which, number)

    def _kept_in(self, statements: Statements, which: str, number: int) -> list[Kept]:
        rows = statements.execute(_CHECKPOINTS + which, (self.name, number))
        with as_written():
            by = self._cosignatures(statements, [row[0] for row in rows])
            return [
                Kept(
                    number,
                    size,
                    _with(Note.parsed(note), by[number]),
                    datetime.fromisoformat(made_at),
                )
                for number, size, note, made_at in rows
            ]

    def _cosignatures(
        self, statements: Statements, numbers: Sequence[int]
    ) -> dict[int, list[Signature]]:
        """Witnesses' signatures under these checkpoints."""
        found: dict[int, list[Signature]] = defaultdict(list)
        if numbers:
            between = (self.name, min(numbers), max(numbers))
            for number, line in statements.execute(_COSIGNATURES, between):
                found[number].append(Signature.of_line(line))
        return found

    def note_cosignature(self, number: int, signature: Signature) -> None:
        """A witness has signed a checkpoint: from now on it is shown under it."""
        row = (self.name, number, signature.name, signature.line.rstrip("\n"))
        with translated("proof"), self.room.writing() as statements:
            statements.execute(_COSIGNED, row)

    def signing_keys(self) -> list[SigningKey]:
        """All that ever signed here, the oldest first."""
        with translated("proof"), self.room.reading() as statements, as_written():
            return signing_keys(statements)

    def verifier_keys(self) -> list[VerifierKey]:
        return [key.named(self.origin) for key in self.signing_keys()]

    def rotate(self) -> SigningKey:
        """Begin to sign with a new key, and make a checkpoint that both sign."""
        self._begin()
        with translated("proof"), self.room.writing() as statements:
            made = rotate(statements, self.keys, self.clock())
        self._note_keys()
        self.checkpoint(anew=True)
        return made

    def extend(self, stored: Sequence[Notification]) -> int:
        """Seal what comes next, and sign; what is sealed already is passed over.

        Raises `LogDiffers` where there is a gap. Gives the size of the tree.
        """
        self._begin()
        with translated("proof"), self.room.writing() as statements:
            head = self._head(statements)
            size = head.size if head else 0
            new = [each for each in stored if each.id > size]
            if not new:
                return size
            if new[0].id != size + 1:
                raise LogDiffers(size + 1)
            self._require_last(statements, head)
            tiles = Tiles(statements, self.name)
            tiles.append(size, [leaf_hash(entry_of(each)) for each in new])
            self.sign_head(statements, tiles, size + len(new))
        if head is None:
            self.remember()
        return size + len(new)

    def _begin(self) -> None:
        """Have the key store know of it, and of the ledger, before the first key is made that signs."""
        for log in (replace(self, name=LEDGER), self):
            if log.remembered is None:
                log.require_remembered()
                remember(self.keys, log.name, Checkpoint(self.origin, 0, EMPTY_ROOT), self.clock())

    def _note_keys(self) -> None:
        if self.noted is not None:
            self.noted.note(self.signing_keys())

    def remember(self) -> None:
        """Have the key store know how far this is sealed, and the ledger by which keys: if the tree is gone."""
        self._note_keys()
        head = self.head()
        if head is not None:
            remember(self.keys, self.name, Checkpoint.parsed(head.note.text), head.signed_at)

    @property
    def remembered(self) -> Remembered | None:
        """What the key store knows of it. Raises `NoteBroken`."""
        return remembered(self.keys, self.name)

    def catch_up(self) -> int:
        """Seal all that is recorded by now. Raises `LogDiffers`. Gives the size of the tree."""
        size = self.require_same()
        while True:
            with translated("ledger"):
                found = self.store.select_notifications(size, TOGETHER, inclusive_of_start=False)
            if not found:
                return size
            size = self.extend(found)

    def sign_head(self, statements: Statements, tiles: Tiles, size: int) -> Note:
        told = Checkpoint(self.origin, size, tiles.root(size))
        note, now = self._signed(statements, told), self.clock()
        statements.execute(_MOVE, (self.name, size, str(note), now.isoformat()))
        return note

    def _signed(self, statements: Statements, told: Checkpoint) -> Note:
        return signed_note(told.text, signers(statements, self.keys, self.origin, self.clock()))

    def signed(self, text: str) -> Note:
        """Another text of the house's, signed as heads are; it must not look like a checkpoint."""
        with translated("proof"), self.room.writing() as statements:
            by = signers(statements, self.keys, self.origin, self.clock())
        return signed_note(text, by)

    def checkpoint(self, *, anew: bool = False) -> Kept | None:
        """Make one of all that is sealed, to stay; None where nothing came since the last one.

        `anew`: all the same.
        """
        self.require_remembered()
        with translated("proof"), translated("ledger"), self.room.writing() as statements:
            made = self._checkpoint(statements, anew=anew)
        if made is not None:
            remember(self.keys, self.name, made.checkpoint, made.made_at)
        return made

    def _checkpoint(self, statements: Statements, *, anew: bool = False) -> Kept | None:
        head, last = self._head(statements), self.last_in(statements)
        since = last.size if last else 0
        if head is None or (head.size == since and not anew):
            return None
        versions = self._versions(statements, since, head.size)
        root = Tiles(statements, self.name).root(head.size)
        told = Checkpoint(self.origin, head.size, root, versions.root)
        note, now = self._signed(statements, told), self.clock()
        made = Kept(last.number + 1 if last else 1, head.size, note, now)
        row = (self.name, made.number, made.size, str(note), now.isoformat())
        statements.execute(_CHECKPOINT, row)
        return made

    def _versions(self, statements: Statements, since: int, size: int) -> StreamVersions:
        """Brought from the last checkpoint's size to this one's."""
        if size < since:
            statements.execute(_NO_STREAMS, (self.name,))
            since = 0
        changed = self.store.versions_between(since, size)
        rows = [(self.name, stream_key(stream), version) for stream, version in changed]
        if rows:
            statements.execute_many(_STREAM, rows)
        return self.stream_versions(statements)

    def stream_versions(self, statements: Statements) -> StreamVersions:
        """As of the last checkpoint."""
        rows = statements.execute(_STREAMS, (self.name,))
        return StreamVersions((bytes(stream), version) for stream, version in rows)

    def sendings(self) -> dict[str, Sending]:
        """By recipient, of those to whom one was ever sent."""
        with translated("proof"), self.room.reading() as statements:
            rows = statements.execute(_SENDINGS, (self.name,))
        with as_written():
            return {
                recipient: Sending(number, _instant(sent_at), _instant(tried_at), failed)
                for recipient, number, sent_at, tried_at, failed in rows
            }

    def note_sending(self, recipient: str, number: int, failed: str | None) -> None:
        """That a checkpoint was taken now, or was not."""
        now = self.clock().isoformat()
        row = (self.name, recipient, number, None if failed else now, now, failed)
        with translated("proof"), self.room.writing() as statements:
            statements.execute(_SENT, row)

    def beside(self, name: str, store: Sealable) -> "Log":
        """Another log, sealed in the same room by the same keys."""
        return replace(self, name=name, origin=f"{self.origin}/{name}", store=store, noted=None)

    def require_own_keys(self) -> None:
        """Raises `KeysOfAnotherLedger` where what signed last is not in the key store beside it."""
        with translated("proof"), self.room.reading() as statements:
            require_own(statements, self.keys, self.origin)

    def require_signed(self) -> None:
        """Raises `NoteBroken` unless the head and the last checkpoint are signed by keys that are known
        here, and `ProofBroken` unless the tree's own hashes lead to their roots.
        """
        last, head = self.last_checkpoint(), self.head()
        keys = self.verifier_keys()  # after what they signed: one may be made meanwhile
        for each in (last, head):
            if each is not None:
                each.note.verified(keys)
                with translated("proof"), self.room.reading() as statements:
                    root = Tiles(statements, self.name).root(each.size)
                if root != Checkpoint.parsed(each.note.text).root:
                    raise ProofBroken

    def require_same(self) -> int:
        """Raises `LogDiffers` unless the last sealed event stands where it was, and `TreeDamaged` where what
        is kept of the tree is less than was sealed. Gives the tree's size.

        `TreeForgotten` where the key store remembers more or another one. One event is looked at: a whole
        verification looks at all.
        """
        self.require_remembered()
        with translated("proof"), self.room.reading() as statements:
            head = self._head(statements)
            self._require_last(statements, head)
            if head is None or not head.size:
                return 0
            leaf = Tiles(statements, self.name).leaf(head.size - 1)
        with translated("ledger"):
            found = self.store.select_notifications(head.size, 1)
        if not found or found[0].id != head.size or not stands_as(found[0], leaf):
            raise LogDiffers(head.size)
        return head.size

    def require_remembered(self) -> None:
        """Raises `TreeForgotten` where the tree is not what the key store remembers, and `LogDiffers` where
        the log itself has less than that.
        """
        begun = self.name == LEDGER and is_begun(self.keys)  # first: others go on meanwhile
        known = self.remembered
        self.require_noted_keys()
        if known is None:
            if begun and self.head() is None:
                raise TreeForgotten("it is gone, though the key store has what signed it")
            return
        with translated("proof"), self.room.reading() as statements:
            head = self._head(statements)
            size = head.size if head else 0
            root = Tiles(statements, self.name).root(known.size) if size >= known.size else None
        if root == known.root:
            return
        with translated("ledger"):
            recorded = self.store.max_notification_id() or 0
        if recorded < known.size:
            raise LogDiffers(recorded + 1)
        raise TreeForgotten(
            f"it is of {size} entries, and of {known.size} the key store remembers another"
        )

    def require_noted_keys(self) -> None:
        """Raises `TreeForgotten` where a key is not here by which this was signed, as the ledger notes."""
        lacking = self.noted.lacking(self.signing_keys) if self.noted else None
        if lacking is not None:
            raise TreeForgotten(f"the ledger notes that key {lacking} signed it, which is not here")

    def _require_last(self, statements: Statements, head: Head | None) -> None:
        """Raises `TreeDamaged` where a head is gone, or an older one stands there again: sealed on from
        that, something else could be signed than the last checkpoint has.
        """
        last = self.last_in(statements)
        if last is not None and (head is None or head.size < last.size):
            raise TreeDamaged(
                f"the head is not of the {last.size} that checkpoint {last.number} has"
            )

    def cut(self, size: int) -> None:
        """Go on from here: what was sealed beyond is gone, and that has been accepted.

        The checkpoints stay: they say what there was, and one more says what is left.
        """
        with translated("proof"), translated("ledger"), self.room.writing() as statements:
            self.sign_head(statements, Tiles(statements, self.name), size)
            made = self._checkpoint(statements, anew=True)
        if made is not None:
            remember(self.keys, self.name, made.checkpoint, made.made_at, anew=True)


def _instant(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _with(note: Note, cosignatures: Sequence[Signature]) -> Note:
    return Note(note.text, (*note.signatures, *cosignatures))
