"""The whole ledger in a bundle: a C2SP tiled log, with the bytes that are stored for each event."""

from collections.abc import Iterable, Iterator
from itertools import islice

from eventsourcing.persistence import Notification

from ledger.bundle.file import BundleFile
from ledger.bundle.verify import HASH, TILE, leaf_hash, root_of, tiles_of
from ledger.proof.entry import entry_of


def add_whole(bundle: BundleFile, events: Iterable[Notification], size: int) -> bytes:
    """Add the first `size` events, which come in their order, and the tree above them; its root."""
    coming = islice(events, size)
    roots: list[bytes] = []
    for _, _, path in tiles_of(0, size):
        tile = list(islice(coming, TILE))
        entries = [entry_of(event) for event in tile]
        leaves = [leaf_hash(entry) for entry in entries]
        bundle.add(f"tile/entries/{path}", b"".join(prefixed(entries, 2)))
        bundle.add(f"states/{path}", b"".join(prefixed((event.state for event in tile), 4)))
        bundle.add(f"tile/0/{path}", b"".join(leaves))
        roots.append(root_of(leaves))
    _add_levels(bundle, roots, size)
    return root_of(roots)


def prefixed(each: Iterable[bytes], width: int) -> Iterator[bytes]:
    """Each with its length before it, in so many bytes."""
    for data in each:
        yield len(data).to_bytes(width, "big")
        yield data


def _add_levels(bundle: BundleFile, hashes: list[bytes], size: int) -> None:
    level = 1
    while hashes := hashes[: size // TILE**level]:
        whole = b"".join(hashes)
        for number, many, path in tiles_of(level, size):
            at = number * TILE * HASH
            bundle.add(f"tile/{level}/{path}", whole[at : at + many * HASH])
        hashes = [root_of(hashes[at : at + TILE]) for at in range(0, len(hashes), TILE)]
        level += 1
