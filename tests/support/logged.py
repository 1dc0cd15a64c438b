"""A small log of events, written down from the specifications and by nothing of the ledger's own.

RFC 6962 by its recursive definitions, C2SP notes and checkpoints by their letter.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from eventsourcing.persistence import Notification

TOPICS = ("CaseOpened:1", "NoteAdded:2", "VisitRecorded:1")


def events(
    many: int, seed: int = 1, streams: int | None = None, most: int = 12
) -> list[Notification]:
    """So many, of several streams mixed; what is stored has up to so many bytes by chance."""
    chance = Random(seed)
    names = [f"case/{chance.getrandbits(20):05x}" for _ in range(streams or 1 + many // 8)]
    versions = dict.fromkeys(names, 0)
    found = []
    for position in range(1, many + 1):
        stream = chance.choice(names)
        versions[stream] += 1
        state = b"%d" % position + chance.randbytes(chance.randrange(most))
        found.append(
            Notification(stream, versions[stream], chance.choice(TOPICS), state, id=position)
        )
    return found


def entry(event: Notification) -> bytes:
    named, typed = str(event.originator_id).encode(), event.topic.encode()
    return b"".join(
        (
            b"\1",
            event.id.to_bytes(8, "big"),
            len(named).to_bytes(2, "big"),
            named,
            event.originator_version.to_bytes(8, "big"),
            len(typed).to_bytes(2, "big"),
            typed,
            hashlib.sha256(event.state).digest(),
        )
    )


def leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, over leaf hashes."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    half = _half(len(leaves))
    return hashlib.sha256(b"\1" + root(leaves[:half]) + root(leaves[half:])).digest()


def _half(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1


def inclusion(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH of RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    half = _half(len(leaves))
    if index < half:
        return [*inclusion(index, leaves[:half]), root(leaves[half:])]
    return [*inclusion(index - half, leaves[half:]), root(leaves[:half])]


def consistency(old: int, leaves: Sequence[bytes], *, known: bool = True) -> list[bytes]:
    """PROOF of RFC 6962, 2.1.2."""
    if old == len(leaves):
        return [] if known else [root(leaves)]
    half = _half(len(leaves))
    if old <= half:
        return [*consistency(old, leaves[:half], known=known), root(leaves[half:])]
    return [*consistency(old - half, leaves[half:], known=False), root(leaves[:half])]


def stream_key(stream: object) -> bytes:
    return hashlib.sha256(str(stream).encode()).digest()


Buckets = dict[int, bytes]
"""By number; those with nothing in them are left out."""


def buckets(events: Sequence[Notification]) -> Buckets:
    last = {event.originator_id: event.originator_version for event in events}
    rows = sorted(
        stream_key(stream) + version.to_bytes(8, "big") for stream, version in last.items()
    )
    found: Buckets = {}
    for row in rows:
        number = int.from_bytes(row[:2], "big")
        found[number] = found.get(number, b"") + row
    return found


def streams_root(found: Buckets, first: int = 0, height: int = 16) -> bytes:
    """Of the buckets from a number on, two to the height of them."""
    there = {
        number: rows for number, rows in found.items() if first <= number < first + (1 << height)
    }
    if not there:
        return _empty(height)
    if not height:
        return leaf(there[first])
    half = height - 1
    left = streams_root(there, first, half)
    right = streams_root(there, first + (1 << half), half)
    return hashlib.sha256(b"\1" + left + right).digest()


@cache
def _empty(height: int) -> bytes:
    below = _empty(height - 1) if height else b""
    return hashlib.sha256(b"\1" + below + below).digest() if height else leaf(b"")


def streams_proof(found: Buckets, number: int) -> list[bytes]:
    return [streams_root(found, (number >> height ^ 1) << height, height) for height in range(16)]


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


class House(NamedTuple):
    """Who keeps the log, and signs."""

    origin: str = "jisr/00000000-0000-0000-0000-000000000001"
    secret: int = 1

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret.to_bytes(32, "big"))

    @property
    def _public(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    def _id_of(self, kind: int) -> bytes:
        told = self.origin.encode() + b"\n" + bytes([kind]) + self._public
        return hashlib.sha256(told).digest()[:4]

    @property
    def vkey(self) -> str:
        public = base64.b64encode(b"\1" + self._public).decode()
        return f"{self.origin}+{self._id_of(1).hex()}+{public}"

    def sign(self, text: str) -> bytes:
        signature = base64.b64encode(self._id_of(1) + self._key.sign(text.encode())).decode()
        return f"{text}\n— {self.origin} {signature}\n".encode()

    def cosigned(self, note: bytes, time: int) -> bytes:
        """What a witness of this name adds to a note: https://c2sp.org/tlog-cosignature."""
        text = note.decode().partition("\n\n")[0] + "\n"
        signed = self._key.sign(f"cosignature/v1\ntime {time}\n{text}".encode())
        told = b64(self._id_of(4) + time.to_bytes(8, "big") + signed)
        return note + f"— {self.origin} {told}\n".encode()

    @property
    def witness_vkey(self) -> str:
        return f"{self.origin}+{self._id_of(4).hex()}+{b64(bytes([4]) + self._public)}"

    def checkpoint(self, events: Sequence[Notification], *, streams: bool = True) -> bytes:
        told = base64.b64encode(root([leaf(entry(event)) for event in events])).decode()
        text = f"{self.origin}\n{len(events)}\n{told}\n"
        if streams:
            above = streams_root(buckets(events))
            text += f"streams {base64.b64encode(above).decode()}\n"
        return self.sign(text)
