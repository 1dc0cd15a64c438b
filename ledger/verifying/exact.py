"""The very position at which a log parts from a tree that was kept outside.

Checkpoints say between which two of them something was changed. Where all hashes here were made anew,
only the tree's leaves as they stood then say which event it is: those that lie beside the checkpoint in
a folder that was sent them.
"""

import struct
from collections.abc import Sequence

from ledger.proof.entry import entry_of
from ledger.proof.log import Log
from ledger.proof.tree import HASH_BYTES, leaf_hash, root_of
from ledger.verifying.rows import batches
from ledger.verifying.signed import Differs, Signed


def leaves_of(kept: Signed, told: bytes) -> list[bytes] | None:
    """The leaves of a tree that was kept, if they are those of its checkpoint."""
    leaves = [told[at : at + HASH_BYTES] for at in range(0, len(told), HASH_BYTES)]
    told_of = kept.checkpoint
    return leaves if (len(leaves), root_of(leaves)) == (told_of.size, told_of.root) else None


def parted(log: Log, leaves: Sequence[bytes], called: str) -> Differs | None:
    """At the first event that is not the one of these leaves; None where all are."""
    position = 0
    try:
        for rows in batches(log):
            for row in rows[: len(leaves) - position]:
                position += 1
                if leaf_hash(entry_of(row)) != leaves[position - 1]:
                    said = f"the event is not the one in the tree that was kept beside {called}"
                    return Differs(said, position)
            if position == len(leaves):
                return None
    except struct.error:
        return Differs("a column holds what no event has there", position)
    except Differs as differs:
        return differs
    return Differs(f"the ledger ends here, and the tree beside {called} goes on", position + 1)
