"""What of a stored event goes into the tree: all its columns, its state by its hash.

So whoever is given the entries can make the whole tree again without one ciphertext, and what is
erased takes no proof with it. The format is the first byte: another one would begin otherwise.
"""

import hashlib
import struct

from eventsourcing.persistence import Notification

from ledger.proof.tree import leaf_hash

FORMAT = 1
_LONG, _SHORT = struct.Struct(">Q"), struct.Struct(">H")
_FORMAT = bytes([FORMAT])


def entry_of(stored: Notification) -> bytes:
    """format, position (u64), stream (u16 length, UTF-8), version (u64), type (the same), SHA-256 of
    the stored state; numbers big-endian.
    """
    stream, topic = str(stored.originator_id).encode(), stored.topic.encode()
    return b"".join(
        (
            _FORMAT,
            _LONG.pack(stored.id),
            _SHORT.pack(len(stream)),
            stream,
            _LONG.pack(stored.originator_version),
            _SHORT.pack(len(topic)),
            topic,
            hashlib.sha256(stored.state).digest(),
        )
    )


def stands_as(stored: Notification, leaf: bytes) -> bool:
    """Whether a stored event is the one that this leaf was made of; not where a column is of another
    kind than it was, as the owner of an SQLite file can make it.
    """
    try:
        return leaf_hash(entry_of(stored)) == leaf
    except (TypeError, AttributeError, struct.error):
        return False
