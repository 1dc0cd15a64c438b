"""Makes a bundle of a sealed log, as of a checkpoint that is made for it."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from eventsourcing.persistence import Notification

from ledger.bundle.file import About, BundleFile, new_file
from ledger.bundle.part import Bucket, add_part
from ledger.bundle.whole import add_whole
from ledger.faults import translated
from ledger.proof.checkpoint import Checkpoint
from ledger.proof.differences import first_difference
from ledger.proof.log import TOGETHER, Kept, Log, LogDiffers
from ledger.proof.notes import Note, NoteBroken
from ledger.proof.proofs import Proofs
from ledger.proof.streams import StreamVersions
from ledger.proof.tiles import Tiles
from ledger.proof.tree import ProofBroken

MOST_EARLIER = 400
"""Checkpoints of before that go with a bundle: of each day the last one, and of so many days."""


class Unprovable(Exception):
    """The bundle cannot be made: why, in words for who asked."""


class Exported(NamedTuple):
    size: int
    """Of the ledger, at the checkpoint."""
    events: int
    """In the bundle."""
    earlier: int


def export(
    log: Log,
    path: Path,
    about: str,
    streams: Collection[str] | None = None,
    against: Sequence[str] = (),
    accepted: datetime | None = None,
) -> Exported:
    """Write a bundle of these streams, or of all, to a path where nothing stands.

    `against`: earlier checkpoints that somebody holds, as they were given, to be proved from;
    `accepted`: when a person last accepted that a tail was lost, which checkpoints tell of. Raises
    `LogDiffers` for a log that is not the one that was sealed, `Unprovable`, `Unavailable`,
    `FileExistsError` and `OSError`.
    """
    kept = checkpoint_now(log)
    earlier = _earlier(log, kept, accepted) | dict(_given(log, kept, told) for told in against)
    facts = About(
        origin=log.origin,
        holds="all" if streams is None else "part",
        about=about,
        made=log.clock(),
        keys=tuple(str(key) for key in log.verifier_keys()),
        checkpoint=str(kept.note).encode(),
        earlier=tuple((size, note.encode()) for size, note in sorted(earlier.items())),
    )
    with new_file(path) as bundle:
        bundle.begin(facts)
        if streams is None:
            events = kept.size
            if add_whole(bundle, _events(log, kept.size), kept.size) != kept.checkpoint.root:
                raise LogDiffers(first_difference(log) or kept.size)
        else:
            events = _add_part(bundle, log, kept, facts, streams)
        bundle.end(facts, events, lambda text: str(log.signed(text)).encode())
    return Exported(kept.size, events, len(earlier))


def checkpoint_now(log: Log) -> Kept:
    """A checkpoint of all that is recorded by now. Raises `LogDiffers`, and `Unprovable` for none."""
    log.catch_up()
    log.checkpoint()
    kept = log.last_checkpoint()
    if kept is None:
        raise Unprovable("nothing is recorded yet")
    return kept


def _after(log: Log, position: int, up_to: int) -> Sequence[Notification]:
    return log.store.select_notifications(position, TOGETHER, stop=up_to, inclusive_of_start=False)


def _events(log: Log, size: int) -> Iterator[Notification]:
    position = 0
    while position < size:
        with translated("ledger"):
            found = _after(log, position, size)
        if not found:
            return
        yield from found
        position = found[-1].id


def _earlier(log: Log, kept: Kept, accepted: datetime | None) -> dict[int, str]:
    with translated("proof"), log.room.reading() as statements:
        tiles = Tiles(statements, log.name)
        days = {
            each.made_at.date(): each
            for each in log.checkpoints()
            if 0 < each.size < kept.size and _is_beginning(each, tiles, accepted)
        }
    return {each.size: str(each.note) for each in list(days.values())[-MOST_EARLIER:]}


def _is_beginning(each: Kept, tiles: Tiles, accepted: datetime | None) -> bool:
    """Whether the tree begins so. Raises `LogDiffers` where it should, and does not."""
    if tiles.root(each.size) == each.checkpoint.root:
        return True
    if accepted is None or each.made_at > accepted:
        raise LogDiffers(each.size)
    return False


def _given(log: Log, kept: Kept, told: str) -> tuple[int, str]:
    try:
        note = Note.parsed(told)
        found = Checkpoint.parsed(note.text)
        if found.origin != log.origin:
            raise Unprovable(f"the checkpoint is of another ledger, {found.origin}")
        note.verified(log.verifier_keys())
    except NoteBroken as broken:
        raise Unprovable(f"the checkpoint cannot be believed: {broken}") from None
    if not 0 < found.size <= kept.size:
        raise Unprovable(
            f"the checkpoint is of {found.size} events, and the ledger has {kept.size}"
        )
    return found.size, told


def _add_part(
    bundle: BundleFile, log: Log, kept: Kept, facts: About, streams: Collection[str]
) -> int:
    with translated("ledger"):
        found = [each for stream in sorted(streams) for each in log.store.select_events(stream)]
    events = sorted((each for each in found if each.id <= kept.size), key=lambda each: each.id)
    sizes = [size for size, _ in facts.earlier if size < kept.size]
    add_part(bundle, events, facts.checkpoint, _Proved(log, kept), sizes)
    return len(events)


class _Proved:
    """`ledger.bundle.part.Proofs` of a log under a checkpoint."""

    def __init__(self, log: Log, kept: Kept) -> None:
        self._proofs, self._log, self._kept = Proofs(log), log, kept
        self._streams: StreamVersions | None = None

    def inclusion(self, event: Notification) -> Sequence[bytes]:
        try:
            return self._proofs.inclusion(event, self._kept).path
        except ProofBroken:
            raise LogDiffers(event.id) from None

    def consistency(self, size: int) -> Sequence[bytes]:
        return self._proofs.consistency(size, self._kept.size)

    def bucket(self, stream: str) -> Bucket:
        if self._streams is None:
            with translated("proof"), self._log.room.reading() as statements:
                self._streams = self._log.stream_versions(statements)
            if self._streams.root != self._kept.checkpoint.streams:
                raise Unprovable("the streams have gone on since the checkpoint: ask again")
        found = self._streams.proof(stream)
        return Bucket(found.bucket, found.path)
