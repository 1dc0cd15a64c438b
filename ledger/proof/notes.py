"""Signed notes: a text and lines of signatures, as C2SP's signed-note has them.

https://c2sp.org/signed-note. Keys are Ed25519; whoever opens a note ignores signatures by keys they
do not know, so that a key can be rotated and witnesses can add theirs.
"""

import hashlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, COSIGNATURE = 0x01, 0x04
"""The type of a key: it signs the text; it signs when it saw the text (a witness's)."""

MOST_BYTES = 1 << 20
MOST_SIGNATURES = 100
ID_BYTES, KEY_BYTES = 4, 32


class NoteBroken(Exception):
    """What is no signed note, or is signed wrongly, or by nobody who is known."""


@contextmanager
def as_written() -> Iterator[None]:
    """Raises `NoteBroken` for what is kept of a log's notes and keys, and is not what was written there."""
    try:
        yield
    except (ValueError, TypeError, AttributeError, LookupError):
        raise NoteBroken("what is kept of it is not what was written") from None


@dataclass(frozen=True, slots=True)
class Signature:
    """A line below the text: by which key, and all that stands behind the key's id."""

    name: str
    key_id: bytes
    signed: bytes

    @property
    def line(self) -> str:
        return f"— {self.name} {b64encode(self.key_id + self.signed).decode()}\n"

    @classmethod
    def of_line(cls, line: str) -> Self:
        """Raises `NoteBroken`."""
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        try:
            signed = b64decode(encoded, validate=True)
        except (NotBase64, ValueError):
            raise NoteBroken("a signature is no base64") from None
        canonical = b64encode(signed).decode() == encoded
        if dash != "—" or not name or "+" in name or len(signed) <= ID_BYTES or not canonical:
            raise NoteBroken("a line below the text is no signature")
        return cls(name, signed[:ID_BYTES], signed[ID_BYTES:])


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key with its name, as notes name it."""

    name: str
    public: bytes
    kind: int = ED25519

    @property
    def key_id(self) -> bytes:
        told = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(told).digest()[:ID_BYTES]

    def __str__(self) -> str:
        """`name+id+key`, as C2SP writes a vkey."""
        key = b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    @classmethod
    def parsed(cls, text: str) -> Self:
        """Raises `NoteBroken` for what is no vkey of Ed25519."""
        name, _, rest = text.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        try:
            key = b64decode(encoded, validate=True)
        except (NotBase64, ValueError):
            raise NoteBroken("a key is no base64") from None
        is_known = key[:1] in (bytes([ED25519]), bytes([COSIGNATURE]))
        if not name or not is_known or len(key) != 1 + KEY_BYTES:
            raise NoteBroken("this is no Ed25519 verifier key")
        found = cls(name, key[1:], key[0])
        if found.key_id.hex() != key_id:
            raise NoteBroken("the key's id is not that of its name and bytes")
        return found

    def verify(self, signature: Signature, text: str) -> None:
        """Raises `NoteBroken`."""
        signed, message = signature.signed, text.encode()
        if self.kind == COSIGNATURE:
            time = int.from_bytes(signed[:8], "big")
            signed, message = signed[8:], cosigned(time, text)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signed, message)
        except InvalidSignature:
            raise NoteBroken(f"the signature by {self.name} is not that of this text") from None


class Signer:
    """A key that signs texts."""

    def __init__(self, name: str, seed: bytes) -> None:
        """`seed`: 32 secret bytes."""
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.key = VerifierKey(name, self._private.public_key().public_bytes_raw())

    def sign(self, text: str) -> Signature:
        signed = self._private.sign(text.encode())
        return Signature(self.key.name, self.key.key_id, signed)


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends with a newline, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(each.line for each in self.signatures)

    @classmethod
    def parsed(cls, told: str) -> Self:
        """Raises `NoteBroken`; verifies nothing."""
        text, blank, lines = told.rpartition("\n\n")
        controls = any(ord(sign) < ord(" ") and sign != "\n" for sign in told)
        if not blank or not lines.endswith("\n") or controls or len(told) > MOST_BYTES:
            raise NoteBroken("this is no signed note")
        found = lines[:-1].split("\n")
        if len(found) > MOST_SIGNATURES:
            raise NoteBroken("too many signatures")
        return cls(text + "\n", tuple(Signature.of_line(line) for line in found))

    def verified(self, keys: Sequence[VerifierKey]) -> Sequence[VerifierKey]:
        """Those of the keys that signed it.

        Raises `NoteBroken` when none did, or a signature by one of them is wrong.
        """
        known = {(key.name, key.key_id): key for key in keys}
        found: list[VerifierKey] = []
        for signature in self.signatures:
            key = known.get((signature.name, signature.key_id))
            if key is not None:
                key.verify(signature, self.text)
                found.append(key)
        if not found:
            raise NoteBroken("no signature is by a key that is known")
        return found


def signed_note(text: str, signers: Sequence[Signer]) -> Note:
    return Note(text, tuple(signer.sign(text) for signer in signers))


def cosigned(time: int, text: str) -> bytes:
    """What a witness signs (https://c2sp.org/tlog-cosignature): when it saw which checkpoint."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()
