"""Stretches of a log, each looked over by itself, so that several processes can at once.

What they find is well or in doubt, and no more: who asked goes over the log once more, one entry after
the other, to name where it is wrong.
"""

import struct
from collections.abc import Collection
from typing import NamedTuple

from ledger.faults import translated
from ledger.proof.entry import entry_of
from ledger.proof.sealable import Sealable
from ledger.proof.tiles import WIDTH, Tiles
from ledger.proof.tree import HASH_BYTES, leaf_hash, root_of
from ledger.room import Room
from ledger.verifying.rows import WHOLE, require_event
from ledger.verifying.signed import Differs

TOGETHER = 16 * WIDTH
"""Entries read at a time."""

Seen = dict[str, tuple[int, int]]
"""Of each stream: its first version in a stretch, and its last."""


class Doubt(Exception):
    """Something is not as it was sealed, or could not be looked at."""


class Asked(NamedTuple):
    """Some tiles of a log, whole but for the last one of all."""

    log: str
    first: int
    """The position of the first entry."""
    last: int
    in_tree: int
    """How many entries the tree has: later ones are compared with nothing."""
    parted: Collection[int]
    """The numbers of tiles in which something was signed of a part: their leaves are told."""
    apart: int
    """Streams are told up to this position, and from there on."""


class Stretch(NamedTuple):
    """What there is, where all of it is as it was sealed."""

    roots: list[bytes]
    """Of its tiles."""
    leaves: dict[int, list[bytes]]
    """Of those tiles that were asked for."""
    before: Seen
    after: Seen


def look_over(asked: Asked, store: Sealable, room: Room) -> Stretch:
    """Raises `Doubt`, and `Unavailable`."""
    found = Stretch([], {}, {}, {})
    names, position = WHOLE[asked.log], asked.first - 1
    with translated("proof"), room.reading() as statements:
        tiles = Tiles(statements, asked.log)
        while position < asked.last:
            with translated("ledger"):
                rows = store.select_notifications(
                    position, TOGETHER, stop=asked.last, inclusive_of_start=False
                )
            leaves = []
            for row in rows:
                position += 1
                try:
                    if position > asked.in_tree:  # of the others the tree says what they are
                        require_event(row, position, names)
                    leaves.append(leaf_hash(entry_of(row)))
                except (Differs, struct.error, TypeError, AttributeError):
                    raise Doubt from None
                if row.id != position:
                    raise Doubt
                _follow(
                    found.before if position <= asked.apart else found.after,
                    str(row.originator_id),
                    row.originator_version,
                )
            if not rows:
                raise Doubt
            _close(asked, found, tiles, position - len(rows), leaves)
    return found


def _follow(seen: Seen, stream: str, version: int) -> None:
    known = seen.get(stream)
    if known is None:
        seen[stream] = version, version
    elif version == known[1] + 1:
        seen[stream] = known[0], version
    else:
        raise Doubt


def _close(asked: Asked, found: Stretch, tiles: Tiles, before: int, leaves: list[bytes]) -> None:
    """Tile by tile, of entries that begin with a tile."""
    for at in range(0, len(leaves), WIDTH):
        number, own = (before + at) // WIDTH, leaves[at : at + WIDTH]
        sealed = min(len(own), max(0, asked.in_tree - number * WIDTH))
        if tiles.tile(0, number)[: sealed * HASH_BYTES] != b"".join(own[:sealed]):
            raise Doubt
        found.roots.append(root_of(own))
        if number in asked.parted:
            found.leaves[number] = own
