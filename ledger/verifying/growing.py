"""A tree that grows leaf by leaf and forgets what is whole: its root is at hand at every size."""

from collections.abc import Iterator

from ledger.proof.tree import EMPTY_ROOT, node_hash


class Growing:
    """RFC 6962's tree over the leaves so far, as the roots of its largest whole subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self._whole: list[bytes] = []

    def __copy__(self) -> "Growing":
        another = Growing()
        another.size, another._whole = self.size, [*self._whole]
        return another

    def add(self, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Each subtree that the leaf makes whole: its height, its place among those, and its root."""
        place, height, found = self.size, 0, leaf
        while place % 2:
            found = node_hash(self._whole.pop(), found)
            place, height = place >> 1, height + 1
            yield height, place, found
        self._whole.append(found)
        self.size += 1

    @property
    def root(self) -> bytes:
        return self.root_before(None)

    def root_before(self, last: bytes | None) -> bytes:
        """With one more subtree behind these leaves, smaller than each of their own."""
        found = last
        for each in reversed(self._whole):
            found = each if found is None else node_hash(each, found)
        return EMPTY_ROOT if found is None else found
