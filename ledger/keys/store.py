"""A key for each person. Destroying it erases what was written about them, everywhere.

Keys are 256 random bits, kept wrapped (encrypted) by a master key; unwrapped ones live
in memory only, and for five seconds at most. Destroyed keys leave a tombstone, so they
are never made again, and so that every process learns of it: it looks for new tombstones
before it believes anything it holds for longer than those five seconds.
"""

import secrets
import threading
import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import Erased, KeysOfAnotherLedger, WrongMasterKey
from ledger.faults import log, translated
from ledger.keys.ciphertext import Broken, decrypt, encrypt, key_number
from ledger.keys.master import KEY_BYTES, MasterKeys
from ledger.keys.subkeys import sub_key
from ledger.keys.table import LEDGER, MASTER, ROOT, Found, KeyTable, MasterKeyReplaced

NOBODY = "none"
"""Served by a key store that was made beside a ledger that had events already."""

NUMBER = 1
"""Of the one key a person has."""

SECONDS = 5.0
"""How long a key may be believed without asking the key store again."""


class Use(StrEnum):
    """What a person's key protects: each has a sub-key of its own."""

    FIELDS = "fields"
    SEALING = "sealing"
    PAPERS = "papers"


class Key:
    """A person's key, unwrapped: never to be stored."""

    __slots__ = ("_ciphers", "plain")

    def __init__(self, plain: bytes) -> None:
        self.plain = plain
        self._ciphers: dict[Use, AESGCM] = {}

    def cipher(self, use: Use) -> AESGCM:
        cipher = self._ciphers.get(use)
        if cipher is None:
            cipher = self._ciphers[use] = AESGCM(sub_key(self.plain, use))
        return cipher


class KeyStore:
    """The keys of persons; safe to use from many threads."""

    def __init__(
        self,
        table: KeyTable,
        masters: MasterKeys,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raises `WrongMasterKey` when the store's keys were wrapped by another one."""
        self._table = table
        self._masters = masters
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._kept: dict[UUID, Key | None] = {}
        self._gone: frozenset[UUID] = frozenset()
        self._told_of_loss = False
        self._forgetters: list[Callable[[Collection[UUID]], None]] = []
        self.generation = 0
        """Grows when a key is destroyed: what was read before may hold what is now erased."""
        with translated("keys"):
            self._tombstones, _ = table.destroyed_since(0)
            self._asked_at = monotonic()
            self._number = self._wrapping_now()
            self._root = self.secret(ROOT)
        self._derived: dict[str, bytes] = {}

    def derived(self, use: str) -> bytes:
        """The installation's own key for `use`, the same in every process that opens the store.

        It outlives every person's key, and never leaves the process.
        """
        key = self._derived.get(use)
        if key is None:
            key = self._derived[use] = sub_key(self._root, use)
        return key

    def create(self, subject: UUID) -> Key:
        """The subject's key, made now if there was none. Raises `Erased`."""
        key = self.create_all([subject])[subject]
        if key is None:
            raise Erased
        return key

    def create_all(self, subjects: Collection[UUID]) -> Mapping[UUID, Key | None]:
        """Make the keys that are missing, in one transaction; None for destroyed ones."""
        keys = self._load(subjects)
        missing = [subject for subject in subjects if subject not in keys]
        if missing:
            generation = self.generation
            keys.update(self._keep(self._added(missing), generation))
        return keys

    def _added(self, subjects: Collection[UUID]) -> Found:
        plain = {subject: secrets.token_bytes(KEY_BYTES) for subject in subjects}
        while True:
            number = self._number
            try:
                wrapped = {s: self._wrap(key, str(s), number) for s, key in plain.items()}
                with translated("keys"):
                    return self._table.add(wrapped, number)
            except (MasterKeyReplaced, WrongMasterKey):
                self._number = self._wrapping_now()
                if self._number == number:
                    raise

    def _wrapping_now(self) -> int:
        with translated("keys"):
            return int(self._table.fact(MASTER, str(self._masters.newest)))

    def get(self, subject: UUID) -> bytes | None:
        """The key, or None: destroyed, or never made."""
        key = self._load([subject]).get(subject)
        return key.plain if key else None

    def cipher(self, subject: UUID, use: Use) -> AESGCM | None:
        """As `get`, ready for one use."""
        key = self._load([subject]).get(subject)
        return key.cipher(use) if key else None

    def for_papers(self, holder: UUID, *, make: bool = False) -> bytes | None:
        """The sub-key that a holder's papers are kept under: a person's, an order's or the like.

        None where it is destroyed, or was never made. `make`: made if there was none.
        """
        key = self.create_all([holder])[holder] if make else self._load([holder]).get(holder)
        return sub_key(key.plain, Use.PAPERS) if key else None

    def ciphers(self, subjects: Collection[UUID]) -> dict[UUID, AESGCM | None]:
        """For reading the fields of events: None where the key is destroyed.

        One that is left out is neither there nor destroyed: it was lost, with the key store or a
        part of it, and that must not look like an erasure.
        """
        keys = self._load(subjects)
        if len(keys) < len(subjects) and not self._told_of_loss:
            self._told_of_loss = True
            log.error(
                "the key store has lost the key of subject %s, and others' perhaps: `jisr doctor`"
                " counts them",
                min(subject for subject in subjects if subject not in keys),
            )
        return {subject: key.cipher(Use.FIELDS) if key else None for subject, key in keys.items()}

    def lost(self, subjects: Collection[UUID]) -> list[UUID]:
        """Those with neither a key nor a tombstone."""
        with translated("keys"):
            wrapped, destroyed = self._table.find(subjects)
        return [each for each in subjects if each not in wrapped and each not in destroyed]

    def destroyed_among(self, subjects: Collection[UUID]) -> Collection[UUID]:
        """Those whose key is destroyed, by the key store's own word."""
        with translated("keys"):
            return self._table.find(subjects).destroyed

    def is_destroyed(self, subject: UUID) -> bool:
        keys = self._load([subject])
        return subject in keys and keys[subject] is None

    def destroy(self, subject: UUID) -> None:
        """Erase: nothing reads it any more when this returns. Can be repeated."""
        try:
            with translated("keys"):
                self._table.destroy(subject)
        finally:
            # Even when it failed half-way: then the key may be gone, and is asked for again.
            self._forget([subject])

    def take_as_destroyed(self, subject: UUID) -> None:
        """Have no key of theirs in this process any more, whether it is destroyed yet or not."""
        if subject not in self._gone:
            self._gone = self._gone | {subject}
            self._forget([subject])

    def refresh(self) -> None:
        """Believe nothing older than `SECONDS`. Called before each use of what is held."""
        asked_at = self._monotonic()
        if asked_at - self._asked_at < SECONDS:
            return
        with translated("keys"):
            last, destroyed = self._table.destroyed_since(self._tombstones)
        with self._lock:
            self._kept = {}
            self._asked_at = max(asked_at, self._asked_at)
            self._tombstones = max(last, self._tombstones)
        if destroyed:
            self._forget(destroyed)

    def serve(self, ledger: UUID, *, is_new: bool) -> None:
        """Belong to this ledger for good.

        Raises `KeysOfAnotherLedger`, also for a key store that is new when the ledger is not: its
        own is gone, and what is written from now on would hide that.
        """
        with translated("keys"):
            served = self._table.fact(LEDGER, str(ledger) if is_new else NOBODY)
        if served != str(ledger):
            raise KeysOfAnotherLedger(ledger=str(ledger), served=served)

    def tombstones(self) -> int:
        """The number of the last tombstone that is there now; 0 when there is none."""
        with translated("keys"):
            return self._table.last_tombstone()

    def oldest_erasure(self) -> datetime | None:
        """When the first person was erased whose wrapped key a living master key can still open.

        Nothing in Jisr can: but copies of it may stand on disks and in backups.
        """
        with translated("keys"):
            return self._table.oldest_erasure()

    def on_destroyed(self, forget: Callable[[Collection[UUID]], None]) -> None:
        """Have `forget` called with the subjects whose keys turn out to be destroyed."""
        self._forgetters.append(forget)

    def close(self) -> None:
        self._kept = {}
        self._table.close()

    def _load(self, subjects: Collection[UUID]) -> dict[UUID, Key | None]:
        self.refresh()
        kept = self._kept
        keys = {subject: kept[subject] for subject in subjects if subject in kept}
        keys |= dict.fromkeys(self._gone.intersection(subjects))
        missing = [subject for subject in subjects if subject not in keys]
        if missing:
            generation = self.generation
            with translated("keys"):
                found = self._table.find(missing)
            keys.update(self._keep(found, generation))
        return keys

    def _keep(self, found: Found, generation: int) -> dict[UUID, Key | None]:
        keys: dict[UUID, Key | None] = dict.fromkeys(found.destroyed)
        for subject, wrapped in found.wrapped.items():
            keys[subject] = Key(self._unwrap(wrapped, str(subject)))
        with self._lock:
            if generation == self.generation:
                self._kept.update(keys)
        return keys

    def _forget(self, subjects: Collection[UUID]) -> None:
        with self._lock:
            self.generation += 1
            self._kept = {s: key for s, key in self._kept.items() if s not in subjects}
        for forget in self._forgetters:
            forget(subjects)

    def kept_secret(self, name: str) -> bytes | None:
        """As `secret`; None where it was never made."""
        with translated("keys"):
            wrapped = self._table.secrets().get(name)
        return self._unwrap(wrapped, name) if wrapped else None

    def secret(self, name: str) -> bytes:
        """32 secret bytes of the installation's own, made when first asked for. Never to be stored."""
        known = self.kept_secret(name)
        if known is None:
            self._put(name, secrets.token_bytes(KEY_BYTES))
            known = self.kept_secret(name)
        assert known is not None  # noqa: S101 - ours, or of who was sooner
        return known

    def remembered(self, name: str) -> bytes | None:
        """What was last remembered under a name; None for nothing."""
        return self.kept_secret(name)

    def remember(self, name: str, told: bytes) -> None:
        """Have it stand under that name, encrypted, in place of what was remembered before.

        Of two at once one stays.
        """
        self._put(name, told, over=True)

    def _put(self, name: str, told: bytes, *, over: bool = False) -> None:
        """Have it stand there, unless something does; `over`: all the same.

        By the master key that is still the one when it stands there: as that is replaced, what the older
        one wraps is looked for once, and the older one destroyed.
        """
        written = None
        while True:
            number = self._number = self._wrapping_now()
            wrapped = self._wrap(told, name, number)
            with translated("keys"):
                before = self._table.secrets().get(name) if over else written
                if before is None:
                    self._table.secret(name, wrapped)
                else:
                    self._table.replace_secret(name, before, wrapped)
            if self._wrapping_now() == number:
                return
            written = wrapped

    def _wrap(self, key: bytes, belongs_to: str, number: int) -> bytes:
        return encrypt(self._masters.cipher(number), number, key, belongs_to.encode())

    def _unwrap(self, wrapped: bytes, belongs_to: str) -> bytes:
        try:
            cipher = self._masters.cipher(key_number(wrapped))
            return decrypt(cipher, wrapped, belongs_to.encode())
        except Broken:
            raise WrongMasterKey from None
