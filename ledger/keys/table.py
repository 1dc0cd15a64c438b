"""Where wrapped keys are kept: what either database must do."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

MASTER, LEDGER = "master", "ledger"
"""Facts: the number of the master key that wraps now, and the id of the ledger these keys serve."""

ROOT = "root"
"""The name of the store's own root secret: what no person's key may protect comes from it."""


class Found(NamedTuple):
    """What the key store holds of those asked about; the rest never had a key."""

    wrapped: Mapping[UUID, bytes]
    destroyed: Collection[UUID]


class MasterKeyReplaced(Exception):
    """A key came wrapped by another master key than the one that wraps now."""


class KeyTable(Protocol):
    """Where wrapped keys are kept. Each call is a transaction of its own."""

    def find(self, subjects: Collection[UUID]) -> Found: ...

    def add(self, wrapped: Mapping[UUID, bytes], number: int) -> Found:
        """Keep those that have no key and no tombstone yet; then as `find`.

        Raises `MasterKeyReplaced` unless `number` is the master key's that wraps now.
        """

    def destroy(self, subject: UUID) -> None:
        """Delete the key and leave a tombstone, in one commit. Can be repeated."""

    def destroyed_since(self, number: int) -> tuple[int, list[UUID]]:
        """The last tombstone's number, and whose tombstones came after `number`."""

    def last_tombstone(self) -> int:
        """Its number; 0 when no key is destroyed."""

    def secret(self, name: str, proposed: bytes) -> bytes:
        """The secret of that name; the proposed one, if there was none."""

    def fact(self, name: str, proposed: str) -> str:
        """As `secret`, of what is not secret: which ledger's keys, which master key wraps."""

    def wrap_under(self, number: int) -> None:
        """From now on `add` takes this master key's only. Never goes back."""

    def secrets(self) -> Mapping[str, bytes]: ...

    def replace_secret(self, name: str, old: bytes, new: bytes) -> None:
        """Unless it is not the old one any more."""

    def some(self, after: UUID | None, limit: int) -> list[tuple[UUID, bytes]]:
        """The next wrapped keys in the order of their subjects."""

    def replace(self, keys: Sequence[tuple[UUID, bytes, bytes]]) -> None:
        """Of each (subject, old, new): unless it is not the old one, or gone."""

    def oldest_erasure(self) -> datetime | None:
        """The first one since the master key that wraps now: its bytes may still be on disks."""

    def close(self) -> None: ...
