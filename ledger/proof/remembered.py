"""How far a log was sealed, remembered apart from its tree: in the key store.

Whoever deletes the tree, or puts an older one in its place, would otherwise have it made anew above
whatever the log holds by then, and signed. So what was signed last is known by another store too,
encrypted under the master key, and nothing is signed that does not go on from there.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import WrongMasterKey
from ledger.keys.store import KeyStore
from ledger.proof.checkpoint import Checkpoint
from ledger.proof.notes import NoteBroken, as_written
from ledger.proof.tiles import TreeDamaged


class TreeForgotten(TreeDamaged):
    """The tree is gone, is older, or is another than what is remembered of it."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """So many entries were sealed under this root, by then."""

    size: int
    root: bytes
    at: datetime


def remembered(keys: KeyStore, name: str) -> Remembered | None:
    """Of the log of that name; None where nothing was signed of it yet. Raises `NoteBroken`.

    To be read before the tree is looked at: whoever signs goes on meanwhile.
    """
    try:
        told = keys.remembered(_named(name))
    except WrongMasterKey:
        raise NoteBroken("what the key store remembers of it cannot be opened") from None
    if told is None:
        return None
    with as_written():
        at, _, text = told.decode().partition("\n")
        found = Checkpoint.parsed(text)
        return Remembered(found.size, found.root, datetime.fromisoformat(at))


def remember(
    keys: KeyStore, name: str, signed: Checkpoint, now: datetime, *, anew: bool = False
) -> None:
    """That this was signed now; nothing is done where more is remembered. `anew`: all the same."""
    try:
        known = remembered(keys, name)
    except NoteBroken:
        if not anew:
            raise
        known = None
    if anew or known is None or known.size < signed.size:
        told = Checkpoint(signed.origin, signed.size, signed.root)
        keys.remember(_named(name), f"{now.isoformat()}\n{told.text}".encode())


def _named(log: str) -> str:
    return f"sealed-{log}"
