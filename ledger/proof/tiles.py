"""The tree's hashes, kept as C2SP's tlog-tiles has them: 256 beside each other, level above level.

https://c2sp.org/tlog-tiles. A tile only ever grows, so what was proved of a smaller tree can be
proved again. How much of it counts is the head's to say: what stands behind that is written over.
"""

from collections.abc import Sequence

from ledger.proof.tree import HASH_BYTES, range_root, root_of
from ledger.room import Statements

WIDTH = 256
HEIGHT = 8

_TILE = "SELECT hashes FROM tiles WHERE log = ? AND level = ? AND number = ?"
_KEEP = """INSERT INTO tiles (log, level, number, hashes) VALUES (?, ?, ?, ?)
    ON CONFLICT (log, level, number) DO UPDATE SET hashes = excluded.hashes"""


class TreeDamaged(LookupError):
    """What is kept of a tree is less than was sealed: the log itself may be whole."""


class Tiles:
    """A log's tiles within one transaction; each is read once."""

    def __init__(self, statements: Statements, log: str) -> None:
        self._statements, self._log = statements, log
        self._read: dict[tuple[int, int], bytes] = {}

    def tile(self, level: int, number: int) -> bytes:
        """As much of it as there is."""
        found = self._read.get((level, number))
        if found is None:
            rows = self._statements.execute(_TILE, (self._log, level, number))
            kept = rows[0][0] if rows else b""
            # The owner of an SQLite file can make a column of another kind.
            found = self._read[level, number] = kept if isinstance(kept, bytes) else b""
        return found

    def leaf(self, index: int) -> bytes:
        return self.hashes(0, index, 1)[0]

    def hashes(self, level: int, first: int, many: int) -> list[bytes]:
        """Beside each other in one tile."""
        number, start = divmod(first, WIDTH)
        row = self.tile(level, number)[start * HASH_BYTES : (start + many) * HASH_BYTES]
        if len(row) != many * HASH_BYTES:
            raise TreeDamaged(f"tile {level}/{number} has not {start + many} hashes")
        return [row[at : at + HASH_BYTES] for at in range(0, len(row), HASH_BYTES)]

    def hash_of(self, height: int, place: int) -> bytes:
        """As of `ledger.proof.tree`."""
        level, above = divmod(height, HEIGHT)
        return root_of(self.hashes(level, place << above, 1 << above))

    def root(self, size: int) -> bytes:
        return range_root(0, size, self.hash_of)

    def append(self, size: int, leaves: Sequence[bytes]) -> None:
        """Behind the first `size` leaves; whatever stood there is written over."""
        changed: list[tuple[int, int]] = []
        level, count, new = 0, size, list(leaves)
        while new:
            above: list[bytes] = []
            count_above = count // WIDTH
            while new:
                number, start = divmod(count, WIDTH)
                taken, new = new[: WIDTH - start], new[WIDTH - start :]
                kept = self.tile(level, number)[: start * HASH_BYTES]
                if len(kept) != start * HASH_BYTES:
                    raise TreeDamaged(f"tile {level}/{number} has not {start} hashes")
                row = self._read[level, number] = kept + b"".join(taken)
                changed.append((level, number))
                count += len(taken)
                if len(row) == WIDTH * HASH_BYTES:
                    above.append(root_of(self.hashes(level, number * WIDTH, WIDTH)))
            level, count, new = level + 1, count_above, above
        rows = [(self._log, *each, self._read[each]) for each in changed]
        self._statements.execute_many(_KEEP, rows)
