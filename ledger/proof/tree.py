"""The hash tree of RFC 6962 (section 2.1), as functions of hashes.

An inclusion proof leads from one leaf to the root; a consistency proof shows that a tree is
another one's beginning. What makes proofs is given `hash_of`: the root of any whole subtree, by
its height and its place among those of that height; so nobody has to hold all leaves at once.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

HASH_BYTES = 32

HashOf = Callable[[int, int], bytes]
"""Of the subtree of height h (2**h leaves) that is the n-th of its height, from 0."""


class ProofBroken(Exception):
    """A proof that does not lead where it should."""


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


EMPTY_ROOT = hashlib.sha256(b"").digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes that are all at hand."""
    level = list(leaves)
    if not level:
        return EMPTY_ROOT
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [node_hash(left, right) for left, right in pairs] + odd
    return level[0]


def whole_subtrees(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """(height, place) of the largest whole subtrees that make up these leaves, left to right.

    `begin` must stand where a subtree of RFC 6962 begins: then folded from the right they give its
    root.
    """
    while begin < end:
        height = (end - begin).bit_length() - 1
        yield height, begin >> height
        begin += 1 << height


def range_root(begin: int, end: int, hash_of: HashOf) -> bytes:
    """The root over the leaves from `begin` to before `end`."""
    parts = [hash_of(height, place) for height, place in whole_subtrees(begin, end)]
    if not parts:
        return EMPTY_ROOT
    root = parts.pop()
    while parts:
        root = node_hash(parts.pop(), root)
    return root


def inclusion(index: int, size: int, hash_of: HashOf) -> list[bytes]:
    """The path of the leaf at `index` in the tree of `size` leaves, from its sibling upwards."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} among {size}")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(range_root(middle, end, hash_of))
            end = middle
        else:
            path.append(range_root(begin, middle, hash_of))
            begin = middle
    return path[::-1]


def consistency(old: int, new: int, hash_of: HashOf) -> list[bytes]:
    """That the tree of `new` leaves begins with the one of `old` leaves; nothing where they are one."""
    if not 0 < old <= new:
        raise ValueError(f"no tree of {new} leaves begins with one of {old}")
    path: list[bytes] = []
    begin, end, is_whole = 0, new, True
    while old < end:
        middle = begin + _split(end - begin)
        if old <= middle:
            path.append(range_root(middle, end, hash_of))
            end = middle
        else:
            path.append(range_root(begin, middle, hash_of))
            begin, is_whole = middle, False
    if not is_whole:
        path.append(range_root(begin, end, hash_of))
    return path[::-1]


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> None:
    """Raises `ProofBroken` unless the path leads from the leaf hash at `index` to the root."""
    if not 0 <= index < size:
        raise ProofBroken
    found = leaf
    for other, is_left in _sides(path, index, size - 1):
        found = node_hash(other, found) if is_left else node_hash(found, other)
    if found != root:
        raise ProofBroken


def verify_consistency(
    old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Raises `ProofBroken` unless the tree of `new` leaves begins with that of `old` leaves."""
    if not 0 < old <= new:
        raise ProofBroken
    place, last, rest = (old - 1, new - 1, list(path)) if old < new else (0, 0, list(path))
    while place % 2:
        place, last = place >> 1, last >> 1
    if place and not rest:
        raise ProofBroken
    older = newer = rest.pop(0) if place else old_root
    for other, is_left in _sides(rest, place, last):
        if is_left:
            older, newer = node_hash(other, older), node_hash(other, newer)
        else:
            newer = node_hash(newer, other)
    if older != old_root or newer != new_root:
        raise ProofBroken


def _sides(path: Sequence[bytes], place: int, last: int) -> list[tuple[bytes, bool]]:
    """Each hash of a path, and whether it stands on the left of the way up from `place`.

    Raises `ProofBroken` for a path that is not as long as the way.
    """
    lefts: list[bool] = []
    while last:
        if place % 2 or place < last:
            lefts.append(bool(place % 2))
        place, last = place >> 1, last >> 1
    if len(lefts) != len(path):
        raise ProofBroken
    return list(zip(path, lefts, strict=True))
