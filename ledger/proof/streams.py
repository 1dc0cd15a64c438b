"""Under one root: which version each stream has come to.

65,536 buckets by the first two bytes of SHA-256(stream). A bucket has, one after the other and
strictly ascending, SHA-256(stream) and the stream's last version (u64, big-endian); their hashes
are the leaves of a tree of RFC 6962. A stream can stand in one bucket only, and once only in that:
so a bucket, with sixteen hashes beside its way up, tells how many events a stream has, or that it
has none.
"""

import hashlib
import struct
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ledger.proof.tree import (
    HASH_BYTES,
    HashOf,
    ProofBroken,
    inclusion,
    leaf_hash,
    node_hash,
    verify_inclusion,
)

HEIGHT = 16
BUCKETS = 1 << HEIGHT
_VERSION = struct.Struct(">Q")
ROW_BYTES = HASH_BYTES + _VERSION.size


class StreamsProof(NamedTuple):
    """A stream's bucket, whole, and the hashes beside its way to the root, from the lowest."""

    bucket: bytes
    path: Sequence[bytes]


def stream_key(stream: str) -> bytes:
    return hashlib.sha256(stream.encode()).digest()


class StreamVersions:
    """The tree of one moment, all in memory: 2 MiB and the buckets."""

    def __init__(self, versions: Iterable[tuple[bytes, int]]) -> None:
        """`versions`: of each stream its key (`stream_key`) and last version, in the keys' order."""
        self._buckets: dict[int, bytearray] = {}
        for key, version in versions:
            bucket = self._buckets.setdefault(_bucket(key), bytearray())
            bucket += key + _VERSION.pack(version)
        empty = leaf_hash(b"")
        level = [empty] * BUCKETS
        for place, rows in self._buckets.items():
            level[place] = leaf_hash(bytes(rows))
        self._levels = [level]
        while len(level) > 1:
            level = [node_hash(*pair) for pair in zip(level[::2], level[1::2], strict=True)]
            self._levels.append(level)

    @property
    def root(self) -> bytes:
        return self._levels[-1][0]

    def proof(self, stream: str) -> StreamsProof:
        place = _bucket(stream_key(stream))
        hash_of: HashOf = lambda height, place: self._levels[height][place]  # noqa: E731
        return StreamsProof(
            bytes(self._buckets.get(place, b"")), inclusion(place, BUCKETS, hash_of)
        )


def verify_version(stream: str, proof: StreamsProof, root: bytes) -> int:
    """The stream's last version under this root; 0 for a stream that has no event.

    Raises `ProofBroken`.
    """
    key = stream_key(stream)
    rows = [
        proof.bucket[start : start + ROW_BYTES] for start in range(0, len(proof.bucket), ROW_BYTES)
    ]
    keys = [row[:HASH_BYTES] for row in rows]
    if len(proof.bucket) % ROW_BYTES or any(a >= b for a, b in pairwise(keys)):
        raise ProofBroken
    if any(_bucket(each) != _bucket(key) for each in keys):
        raise ProofBroken
    verify_inclusion(leaf_hash(proof.bucket), _bucket(key), BUCKETS, proof.path, root)
    found = {row[:HASH_BYTES]: row[HASH_BYTES:] for row in rows}
    return _VERSION.unpack(found[key])[0] if key in found else 0


def _bucket(key: bytes) -> int:
    return int.from_bytes(key[:2], "big")
