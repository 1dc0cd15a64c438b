"""Some streams of the ledger in a bundle: each event with its proof, each stream as all there is of it."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple, Protocol

from eventsourcing.persistence import Notification

from ledger.bundle.file import BundleFile
from ledger.bundle.whole import prefixed
from ledger.proof.entry import entry_of


class Bucket(NamedTuple):
    """Some streams of the ledger and their last versions, and the way from there to the root."""

    rows: bytes
    siblings: Sequence[bytes]


class Proofs(Protocol):
    """What the log proves under one of its checkpoints."""

    def inclusion(self, event: Notification) -> Sequence[bytes]:
        """From the event's leaf to the root."""

    def consistency(self, size: int) -> Sequence[bytes]:
        """From the tree of that size."""

    def bucket(self, stream: str) -> Bucket:
        """The one that the stream is in."""


def add_part(
    bundle: BundleFile,
    events: Sequence[Notification],
    checkpoint: bytes,
    proofs: Proofs,
    earlier: Iterable[int] = (),
) -> None:
    """Add these events, which come by position; of each of their streams all there are.

    `earlier`: the sizes of the earlier checkpoints in the bundle.
    """
    bundle.add("entries", b"".join(prefixed(map(entry_of, events), 2)))
    bundle.add("states", b"".join(prefixed((event.state for event in events), 4)))
    for event in events:
        head = f"c2sp.org/tlog-proof@v1\nindex {event.id - 1}\n"
        lines = _lines(proofs.inclusion(event))
        proof = f"{head}{lines}\n".encode() + checkpoint
        bundle.add(f"proofs/{event.id:012}.tlog-proof", proof)
    streams = {_bucket_of(str(event.originator_id)): str(event.originator_id) for event in events}
    for number, stream in sorted(streams.items()):
        bucket = proofs.bucket(stream)
        bundle.add(f"streams/{number:04x}", b"".join(bucket.siblings) + bucket.rows)
    for size in earlier:
        bundle.add(f"consistency/{size:012}", _lines(proofs.consistency(size)).encode())


def _bucket_of(stream: str) -> int:
    return int.from_bytes(sha256(stream.encode()).digest()[:2], "big")


def _lines(proof: Iterable[bytes]) -> str:
    return "".join(f"{b64encode(each).decode()}\n" for each in proof)
