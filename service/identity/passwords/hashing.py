"""Hashes passwords with Argon2id, one at a time, beside the event loop.

The parameters, measured on 2026-11-27 (two shared cores, one used): 46 MiB and two rounds take 65 ms
of a processor, above what OWASP asks for at least (46 MiB and one round, or 19 MiB and two), and
three rounds 90. A process hashes with one thread, so that many tries take one processor and 46 MiB,
and no more wait for it than are worth waiting for: whoever comes then is told to come again.
"""

import asyncio
import base64
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from service.identity.passwords.refusals import TooManyTries

T = TypeVar("T")

MEMORY = 46 * 1024
"""KiB."""
ROUNDS = 2
LANES = 1
SALT_BYTES, HASH_BYTES = 16, 32
WAITING = 8
"""So many may be under way: who comes last waits for about a second."""
SOON = 2
"""Seconds after which one may come again."""


def _nothing(size: int) -> str:
    return base64.b64encode(bytes(size)).decode().rstrip("=")


NOBODYS = (
    f"$argon2id$v=19$m={MEMORY},t={ROUNDS},p={LANES}${_nothing(SALT_BYTES)}${_nothing(HASH_BYTES)}"
)
"""What no password comes to, and takes as long to find out: for a name that nobody has."""


class Hasher:
    """Makes and compares hashes. For one event loop."""

    def __init__(self) -> None:
        self._argon2 = PasswordHasher(ROUNDS, MEMORY, LANES, HASH_BYTES, SALT_BYTES, type=Type.ID)
        self._thread = ThreadPoolExecutor(1, "jisr-argon2")
        self._under_way = 0

    def require_room(self) -> None:
        """Raises `TooManyTries` where so many are under way that nobody should wait."""
        if self._under_way >= WAITING:
            raise TooManyTries(SOON)

    async def hash(self, password: str) -> str:
        """Raises `TooManyTries`."""
        return await self._beside(lambda: self._argon2.hash(normal(password)))

    async def matches(self, password: str, kept: str) -> bool:
        """Whether it is the password of that hash; raises `TooManyTries`."""
        return await self._beside(lambda: self._matches(password, kept))

    def _matches(self, password: str, kept: str) -> bool:
        try:
            return self._argon2.verify(kept, normal(password))
        except (VerificationError, InvalidHashError):
            return False

    async def _beside(self, work: Callable[[], T]) -> T:
        self.require_room()
        self._under_way += 1
        done = asyncio.get_running_loop().run_in_executor(self._thread, work)
        done.add_done_callback(self._ended)
        return await asyncio.shield(done)

    def _ended(self, _: object) -> None:
        self._under_way -= 1

    def close(self) -> None:
        self._thread.shutdown()


def normal(password: str) -> str:
    """The same for every keyboard that writes the same letters."""
    return unicodedata.normalize("NFKC", password)
