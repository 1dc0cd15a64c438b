"""A paper at rest: chunks of AES-256-GCM, so that neither writing nor reading holds it whole.

    head: "JISRP", format (1 byte), salt (16)
    chunks of 65,536 bytes and their tags, the last one shorter or as long
    facts: 512 bytes and their tag

Each file has a key of its own, made by HKDF from its holder's with the salt; so a nonce is the
chunk's number and its kind (more, last, facts), and never comes twice under a key. Head and context
(whose paper, of what, which) are authenticated with every chunk: one that was moved, left out,
put elsewhere or cut off does not open.
"""

import hashlib
import io
import os
from typing import Any, BinaryIO, NamedTuple, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ledger.keys.ciphertext import Broken

MAGIC = b"JISRP\x01"
SALT = 16
HEAD = len(MAGIC) + SALT
TAG = 16
PLAIN = 64 * 1024
"""Bytes of the paper in a chunk."""
CHUNK = PLAIN + TAG
FACTS = 512
"""Bytes that the facts are filled up to, so that their length says nothing."""
MORE, LAST, OF_FACTS = 0, 1, 2


class FileKey(NamedTuple):
    """One file's own key, and what every chunk of it is bound to."""

    key: bytes
    bound: bytes

    @classmethod
    def of(cls, holder: bytes, head: bytes, context: bytes) -> Self:
        """`holder`: their sub-key for papers. Raises `Broken` for what is no head of ours."""
        if len(head) != HEAD or not head.startswith(MAGIC):
            raise Broken
        key = HKDF(SHA256(), 32, salt=head[len(MAGIC) :], info=context).derive(holder)
        return cls(key, head + context)


class Cipher:
    """One file's."""

    def __init__(self, key: FileKey) -> None:
        self._gcm, self._bound = AESGCM(key.key), key.bound

    def seal(self, number: int, kind: int, plain: bytes) -> bytes:
        return self._gcm.encrypt(_nonce(number, kind), plain, self._bound)

    def open(self, number: int, kind: int, sealed: bytes) -> bytes:
        try:
            return self._gcm.decrypt(_nonce(number, kind), sealed, self._bound)
        except InvalidTag as error:
            raise Broken from error


def _nonce(number: int, kind: int) -> bytes:
    return number.to_bytes(11, "big") + bytes((kind,))


def size_within(length: int) -> int:
    """How long the paper is in a file of this length, facts and all. Raises `Broken`."""
    body = length - HEAD - FACTS - TAG
    size = body - TAG * -(-body // CHUNK)
    if body <= TAG or size <= 0:
        raise Broken
    return size


class Writing:
    """Encrypts a paper into a file as it comes in; holds one chunk of it."""

    def __init__(self, file: BinaryIO, holder: bytes, context: bytes) -> None:
        head = MAGIC + os.urandom(SALT)
        self.key = FileKey.of(holder, head, context)
        self._file, self._cipher = file, Cipher(self.key)
        self._waiting, self._number, self._sum = bytearray(), 0, hashlib.sha256()
        self.size = 0
        file.write(head)

    def write(self, data: bytes) -> None:
        self.size += len(data)
        self._sum.update(data)
        self._waiting += data
        while len(self._waiting) > PLAIN:  # what is left may be the last chunk
            self._put(bytes(self._waiting[:PLAIN]), MORE)
            del self._waiting[:PLAIN]

    def end(self) -> str:
        """The paper is all here; its SHA-256 in hexadecimal digits."""
        self._put(bytes(self._waiting), LAST)
        self._waiting.clear()
        self._file.flush()
        return self._sum.hexdigest()

    def tell(self, facts: bytes) -> None:
        """What is known of it, at most `FACTS` bytes."""
        self._file.write(self._cipher.seal(0, OF_FACTS, facts.ljust(FACTS)))
        self._file.flush()

    def _put(self, plain: bytes, kind: int) -> None:
        self._file.write(self._cipher.seal(self._number, kind, plain))
        self._number += 1


class Reading(io.RawIOBase):
    """A paper out of its file, from any place on; closes the file with itself."""

    def __init__(self, file: BinaryIO, key: FileKey, size: int) -> None:
        """`size`: the paper's. Raises `Broken` when it is read."""
        super().__init__()
        self._file, self._size, self._at = file, size, 0
        self._cipher = Cipher(key)
        self._number, self._plain = -1, b""
        self._last = (size - 1) // PLAIN

    def facts(self) -> bytes:
        self._file.seek(HEAD + self._size + TAG * (self._last + 1))
        return self._cipher.open(0, OF_FACTS, self._file.read(FACTS + TAG)).rstrip()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._at = base + offset
        return self._at

    def readinto(self, into: Any) -> int:
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, PLAIN)
        if number != self._number:
            self._file.seek(HEAD + number * CHUNK)
            kind = LAST if number == self._last else MORE
            length = CHUNK if kind == MORE else self._size - number * PLAIN + TAG
            self._plain = self._cipher.open(number, kind, self._file.read(length))
            self._number = number
        view = memoryview(into).cast("B")
        part = self._plain[start : start + len(view)]
        view[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()
