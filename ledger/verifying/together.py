"""Goes over a whole log by several processes: that all is as it was signed, or that it is in doubt."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from ledger.faults import translated
from ledger.proof.log import Log
from ledger.proof.streams import StreamVersions, stream_key
from ledger.proof.tiles import HEIGHT, WIDTH, Tiles
from ledger.proof.tree import root_of
from ledger.verifying.growing import Growing
from ledger.verifying.signed import Signed
from ledger.verifying.stretches import Asked, Doubt, Seen, Stretch

AT_ONCE = 64 * WIDTH
"""Entries in a stretch."""

LookedOver = Callable[[Sequence[Asked]], Iterator[Stretch]]
"""Each stretch that was asked for, in their order. Raises `Doubt`."""


class Together:
    """What stretches come to, one after the other."""

    def __init__(self, log: Log, signed: Sequence[Signed], accepted: datetime | None) -> None:
        """`signed`: by size."""
        self._log = log
        self._signed = list(reversed(signed))
        self._accepted = accepted
        self.given_up: list[Signed] = []
        head = log.head()
        self.sealed = head.size if head else 0
        with translated("ledger"):
            self.events = log.store.max_notification_id() or 0
        sizes = (each.checkpoint.size for each in signed if each.checkpoint.streams)
        self._apart = max((each for each in sizes if each <= self.sealed), default=0)
        self._streams = {
            each.checkpoint.streams
            for each in signed
            if each.checkpoint.size == self._apart and each.checkpoint.streams
        }
        self.streams_at = 0
        self.versions: dict[str, int] = {}
        self._tree = Growing()
        """Over the roots of whole tiles."""
        self._level: list[bytes] = []

    def asked(self) -> list[Asked]:
        parted = {
            each.checkpoint.size // WIDTH for each in self._signed if each.checkpoint.size % WIDTH
        }
        return [
            Asked(
                self._log.name,
                before + 1,
                last := min(before + AT_ONCE, self.events),
                self.sealed,
                {each for each in parted if before <= each * WIDTH < last},
                self._apart,
            )
            for before in range(0, self.events, AT_ONCE)
        ]

    def over(self, stretches: Iterable[Stretch], progress: Callable[[int, int], None]) -> None:
        """Raises `Doubt`."""
        self._compare(0, ())
        number = 0
        for stretch in stretches:
            self._follow(stretch.before)
            if self._apart <= (number + len(stretch.roots)) * WIDTH and not self.streams_at:
                self._compare_streams()
            self._follow(stretch.after)
            for root in stretch.roots:
                self._compare(number, stretch.leaves.get(number, ()))
                number += 1
                if number * WIDTH <= self.events:
                    for _ in self._tree.add(root):
                        pass
                    self._level.append(root)
                    self._compare(number, ())
            progress(min(number * WIDTH, self.events), max(self.events, self.sealed))
        for each in reversed(self._signed):
            self._give_up(each)
        self._compare_levels()

    def _compare(self, number: int, leaves: Sequence[bytes]) -> None:
        """With what was signed of so many tiles, and of these leaves behind them."""
        while self._signed:
            whole, rest = divmod(self._signed[-1].checkpoint.size, WIDTH)
            if whole != number or (rest and len(leaves) < rest):
                return
            each = self._signed.pop()
            root = self._tree.root_before(root_of(leaves[:rest])) if rest else self._tree.root
            if root != each.checkpoint.root:
                self._give_up(each)

    def _give_up(self, signed: Signed) -> None:
        if self._accepted is None or signed.made_at is None or signed.made_at > self._accepted:
            raise Doubt
        self.given_up.append(signed)

    def _follow(self, seen: Seen) -> None:
        for stream, (first, last) in seen.items():
            if first != self.versions.get(stream, 0) + 1:
                raise Doubt
            self.versions[stream] = last

    def _compare_streams(self) -> None:
        if not self._apart:
            return
        found = sorted((stream_key(each), version) for each, version in self.versions.items())
        if self._streams != {StreamVersions(found).root}:
            raise Doubt
        self.streams_at = self._apart

    def _compare_levels(self) -> None:
        """The tree's own hashes above the entries, as far as it is signed."""
        hashes, level = self._level[: self.sealed // WIDTH], 1
        with translated("proof"), self._log.room.reading() as statements:
            tiles = Tiles(statements, self._log.name)
            while hashes:
                for number in range(-(-len(hashes) // WIDTH)):
                    own = b"".join(hashes[number * WIDTH : (number + 1) * WIDTH])
                    if tiles.tile(level, number)[: len(own)] != own:
                        raise Doubt
                whole = len(hashes) >> HEIGHT << HEIGHT
                hashes = [root_of(hashes[at : at + WIDTH]) for at in range(0, whole, WIDTH)]
                level += 1
