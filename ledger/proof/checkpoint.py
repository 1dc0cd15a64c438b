"""What a checkpoint says: how many events there were, under which root.

https://c2sp.org/tlog-checkpoint. One that is kept says besides which version each stream had: so
that it can be proved that these are *all* events of a case.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import Self

from ledger.proof.notes import NoteBroken
from ledger.proof.tree import HASH_BYTES

MOST_DIGITS = 18
STREAMS = "streams "
"""With this begins the line of the root over the streams' versions."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`size` events of the log `origin` have this root."""

    origin: str
    size: int
    root: bytes
    streams: bytes | None = None
    """The root over every stream's last version; None where it was not made."""

    @property
    def text(self) -> str:
        extension = "" if self.streams is None else f"{STREAMS}{_encoded(self.streams)}\n"
        return f"{self.origin}\n{self.size}\n{_encoded(self.root)}\n{extension}"

    @classmethod
    def parsed(cls, text: str) -> Self:
        """Raises `NoteBroken`. Lines that are not known are passed over."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):  # noqa: PLR2004 (three lines and the end)
            raise NoteBroken("this is no checkpoint")
        origin, size, root, *others = lines[:-1]
        if not is_size(size):
            raise NoteBroken("the size of the tree is no number")
        streams = [line.removeprefix(STREAMS) for line in others if line.startswith(STREAMS)]
        if len(streams) > 1:
            raise NoteBroken("there are two roots over the streams")
        return cls(origin, int(size), _hash(root), _hash(streams[0]) if streams else None)


def is_size(told: str) -> bool:
    """Whether this is a number as a checkpoint has it, of no more digits than a tree can have."""
    return (
        len(told) <= MOST_DIGITS
        and told.isascii()
        and told.isdecimal()
        and (told == "0" or not told.startswith("0"))
    )


def _encoded(found: bytes) -> str:
    return b64encode(found).decode()


def _hash(encoded: str) -> bytes:
    try:
        found = b64decode(encoded, validate=True)
    except (NotBase64, ValueError):
        raise NoteBroken("a root is no base64") from None
    if len(found) != HASH_BYTES or _encoded(found) != encoded:
        raise NoteBroken("a root is no SHA-256")
    return found
