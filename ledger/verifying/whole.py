"""Goes over a whole log once: rows, tree, streams, and everything that was signed of it."""

import struct
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from eventsourcing.persistence import Notification

from ledger.faults import translated
from ledger.proof.entry import entry_of
from ledger.proof.log import Log
from ledger.proof.streams import StreamVersions, stream_key
from ledger.proof.tiles import HEIGHT, WIDTH, Tiles, TreeDamaged
from ledger.proof.tree import HASH_BYTES, leaf_hash
from ledger.verifying.growing import Growing
from ledger.verifying.rows import batches
from ledger.verifying.signed import REMEMBERED, Differs, Signed, given_to, kept_by, keys_of
from ledger.verifying.stretches import Doubt
from ledger.verifying.together import LookedOver, Together

Progress = Callable[[int, int], None]


@dataclass
class Verified:
    """What was found well."""

    events: int
    sealed: int
    """Of these: what came later is not signed yet."""
    streams: int
    checkpoints: int
    outside: tuple[str, ...]
    streams_at: int
    """The size of the checkpoint that the versions of the streams were compared with; 0 for none."""
    given_up: tuple[str, ...] = ()
    """What was signed of a tail that was lost, which a person has accepted since."""


def verify(
    log: Log,
    outside: Sequence[tuple[str, bytes]] = (),
    keys: Sequence[str] = (),
    progress: Progress = lambda _done, _of: None,
    accepted: datetime | None = None,
    looked_over: LookedOver | None = None,
) -> Verified:
    """Compare every event with the tree, and the tree with all that was signed.

    `outside`: checkpoints that somebody kept, each with what to call it; `keys`: vkeys of the
    house, had from elsewhere, one of which must have signed the head; `accepted`: when a person last accepted that a
    tail was lost, so that what was signed before may be of more than there is; `looked_over`: by whom stretches
    of the log can be looked over at once, which says the same sooner. Raises `Differs` with the
    first position that is known to be wrong, `Unusable` for what was given, `Unavailable`.
    """
    known = keys_of(log, keys)
    given = [given_to(log, known, *each) for each in outside]
    kept = kept_by(log, known, accepted)
    signed = sorted([*kept, *given], key=lambda each: each.checkpoint.size)
    together = _together(log, signed, accepted, looked_over, progress) if looked_over else None
    # Else entry by entry, which names where it is wrong.
    found = together or _one_by_one(log, signed, accepted, progress)
    given_up = [each for each in found.given_up if each.called != REMEMBERED]
    return Verified(
        events=found.events,
        sealed=found.sealed,
        streams=len(found.versions),
        checkpoints=sum(each.called != REMEMBERED for each in kept) - len(given_up),
        outside=tuple(each.called for each in given),
        streams_at=found.streams_at,
        given_up=tuple(f"{each.called}, of {each.checkpoint.size} events" for each in given_up),
    )


def _one_by_one(
    log: Log, signed: Sequence[Signed], accepted: datetime | None, progress: Progress
) -> "Walk":
    walk = Walk(log, signed, accepted)
    for rows in batches(log):
        walk.over(rows)
        progress(walk.events, max(walk.sealed, walk.events))
    walk.end()
    return walk


def _together(
    log: Log,
    signed: Sequence[Signed],
    accepted: datetime | None,
    looked_over: LookedOver,
    progress: Progress,
) -> Together | None:
    """By several processes at once; None where they are in doubt."""
    found = Together(log, signed, accepted)
    try:
        found.over(looked_over(found.asked()), progress)
    except Doubt:
        return None
    return found


class Walk:
    """Over the events, in their order, as far as they are what was signed."""

    def __init__(
        self, log: Log, signed: Sequence[Signed], accepted: datetime | None = None
    ) -> None:
        self._log = log
        self._signed = list(reversed(signed))
        """The smallest last, until it is reached."""
        self._accepted = accepted
        self.given_up: list[Signed] = []
        self.tree = Growing()
        self.versions: dict[str, int] = {}
        self.streams_at = 0
        self._agreed: tuple[Signed, ...] = ()
        self._made = {each.checkpoint: each.made_at for each in signed if each.made_at}
        head = log.head()
        self._in_tree = self.sealed = head.size if head else 0
        sizes = (each.checkpoint.size for each in signed if each.checkpoint.streams)
        self._last_with_streams = max((each for each in sizes if each <= self.sealed), default=0)
        self._compare()

    @property
    def events(self) -> int:
        return self.tree.size

    def __copy__(self) -> "Walk":
        """Goes on by itself from here."""
        another = object.__new__(Walk)
        another.__dict__.update(self.__dict__)
        another._signed, another.versions = [*self._signed], {**self.versions}
        another.tree = copy(self.tree)
        return another

    def over(self, rows: Sequence[Notification]) -> None:
        with translated("proof"), self._log.room.reading() as statements:
            tiles = Tiles(statements, self._log.name)
            for row in rows:
                self.add(row, tiles)

    def add(self, row: Notification, tiles: Tiles) -> None:
        stream, position = str(row.originator_id), row.id
        if row.originator_version != (before := self.versions.get(stream, 0)) + 1:
            said = f"version {row.originator_version} of a stream follows {before}"
            raise Differs(said, position)
        try:
            leaf = leaf_hash(entry_of(row))
        except struct.error:  # a name of more than 65,535 bytes
            raise Differs("a column holds what no event has there", position) from None
        if position <= self._in_tree:
            self._require(tiles, 0, position - 1, leaf, position)
        self.versions[stream] = row.originator_version
        for height, place, root in self.tree.add(leaf):
            level, above = divmod(height, HEIGHT)
            if not above and position <= self._in_tree:
                self._require(tiles, level, place, root, (place << height) + 1)
        self._compare()

    def _require(self, tiles: Tiles, level: int, place: int, found: bytes, position: int) -> None:
        number, at = divmod(place, WIDTH)
        if tiles.tile(level, number)[at * HASH_BYTES : (at + 1) * HASH_BYTES] != found:
            what = "the event" if not level else f"what begins here, {WIDTH**level} events,"
            raise Differs(f"{what} is not the one in the tree", position)

    def _compare(self) -> None:
        """With what was signed of just so many events."""
        size = self.tree.size
        while self._signed and self._signed[-1].checkpoint.size == size:
            each = self._signed.pop()
            if each.checkpoint.root != self.tree.root:
                said = f"from here to {size} something is not what {each.called} signed"
                first = min(self._good_before(each) + 1, max(size, 1))
                self._require_given_up(each, Differs(said, first, size))
                continue
            if each.checkpoint.streams and size == self._last_with_streams:
                self._compare_streams(each.called, each.checkpoint.streams)
            self._agreed += (each,)

    def _good_before(self, signed: Signed) -> int:
        """How many events are those that stood there as it was signed.

        What was signed here later says nothing of that: whoever wrote all anew signed that, too.
        """
        made = signed.made_at or self._made.get(signed.checkpoint)
        vouching = (
            each.checkpoint.size
            for each in self._agreed
            if each.outside or (each.made_at and made and each.made_at <= made)
        )
        return max(vouching, default=0)

    def _compare_streams(self, called: str, told: bytes) -> None:
        found = sorted((stream_key(each), version) for each, version in self.versions.items())
        if StreamVersions(found).root != told:
            raise Differs(f"the streams do not end at the versions that {called} signed")
        self.streams_at = self.tree.size

    def end(self) -> None:
        """Raises `Differs` where something was signed of more events than there are."""
        for each in reversed(self._signed):
            many = each.checkpoint.size
            said = f"the ledger ends here, and {each.called} signed {many} events"
            self._require_given_up(each, self._ends(each, said))

    def _ends(self, signed: Signed, said: str) -> Differs:
        """What is left may be another than was signed, too: not where the tree is still that one."""
        size, good = self.tree.size, self._good_before(signed)
        if good == size or (size <= self._in_tree and self._has_tree_of(signed)):
            return Differs(said, size + 1)
        return Differs(said, good + 1, size + 1)

    def _has_tree_of(self, signed: Signed) -> bool:
        with translated("proof"), self._log.room.reading() as statements:
            try:
                root = Tiles(statements, self._log.name).root(signed.checkpoint.size)
            except TreeDamaged:
                return False
        return root == signed.checkpoint.root

    def _require_given_up(self, signed: Signed, differs: Differs) -> None:
        if self._accepted is None or signed.made_at is None or signed.made_at > self._accepted:
            raise differs
        self.given_up.append(signed)
