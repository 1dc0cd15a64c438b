"""The ledger's mark on an answer: it knows its own again, whatever they came through.

A MAC (HMAC-SHA-256) over the ledger's id, the command's id, its fingerprint and the answer,
under a key of the key store that serves nothing else. So an answer of another command, or to another body sent
under the same key, is as worthless as an invented one.
"""

import hashlib
import hmac
from uuid import UUID

from ledger.keys.store import KeyStore

USE = "answers"


class Marks:
    """Marks answers, and recognises them. Costs two microseconds."""

    def __init__(self, keys: KeyStore, ledger: UUID) -> None:
        self._key = keys.derived(USE)
        self._ledger = ledger.bytes

    def mark(self, command: UUID, fingerprint: bytes, answer: str) -> str:
        """The mark on `answer`, in hexadecimal digits."""
        return self._mac(command, fingerprint, answer).hex()

    def fits(self, mark: str, command: UUID, fingerprint: bytes, answer: str) -> bool:
        """Whether `mark` is the ledger's, on this answer to this very command."""
        try:
            given = bytes.fromhex(mark)
        except ValueError:
            return False
        return hmac.compare_digest(given, self._mac(command, fingerprint, answer))

    def _mac(self, command: UUID, fingerprint: bytes, answer: str) -> bytes:
        # Of fixed length before the answer: no two commands can meet in one text.
        bound = (
            self._ledger + command.bytes + hashlib.sha256(fingerprint).digest() + answer.encode()
        )
        return hmac.digest(self._key, bound, hashlib.sha256)
