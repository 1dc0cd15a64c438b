"""The master keys: what wraps all other keys, known by their numbers.

There is one, and while it is replaced by the next there are two. Whoever holds a wrapped key
sees by its head which of them it needs.
"""

from collections.abc import Callable, Mapping
from typing import Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import WrongMasterKey

KEY_BYTES = 32
Read = Callable[[], Mapping[int, bytes]]


class MasterKeys:
    """The master keys at hand. Read again when a number turns up that is not among them."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._ciphers: dict[int, AESGCM] = {}

    @classmethod
    def single(cls, key: bytes) -> Self:
        """The first one only."""
        return cls(lambda: {1: key})

    @property
    def newest(self) -> int:
        """The highest number at hand."""
        return max(self._loaded())

    def cipher(self, number: int) -> AESGCM:
        """Raises `WrongMasterKey` when the one of that number is not at hand."""
        if number not in self._ciphers and number not in self._loaded():
            raise WrongMasterKey(needed=number, found=max(self._ciphers, default=None))
        return self._ciphers[number]

    def _loaded(self) -> Mapping[int, AESGCM]:
        """What can be read now; one that was destroyed since is forgotten."""
        keys = self._read()
        if any(len(key) != KEY_BYTES for key in keys.values()):
            raise WrongMasterKey(needed_bytes=KEY_BYTES)
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}
        return self._ciphers
