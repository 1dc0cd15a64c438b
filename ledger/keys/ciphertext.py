"""What is encrypted at rest or on its way: AES-256-GCM, a fresh 96-bit nonce each time.

    format (1 byte) ‖ key number (2 bytes, big-endian) ‖ nonce (12) ‖ ciphertext and tag

The number says which of a holder's keys it is under: so a key can be replaced while what the
one before it protects is still read. The head is authenticated, and so is the *context*: what
a ciphertext belongs to. Moved to another event, class or command, it does not open.
"""

import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = 1
NONCE_BYTES = 12
_HEAD = struct.Struct(">BH")
_BODY = _HEAD.size + NONCE_BYTES


class Broken(Exception):
    """A ciphertext was altered, moved, cut short, or belongs to another key."""


def encrypt(cipher: AESGCM, number: int, plain: bytes, context: bytes) -> bytes:
    """`number` is the key's, from 1 to 65,535."""
    head, nonce = _HEAD.pack(FORMAT, number), os.urandom(NONCE_BYTES)
    return head + nonce + cipher.encrypt(nonce, plain, head + context)


def key_number(blob: bytes) -> int:
    """Which key opens it. Raises `Broken`."""
    if len(blob) < _BODY or blob[0] != FORMAT:
        raise Broken
    number: int = _HEAD.unpack_from(blob)[1]
    return number


def decrypt(cipher: AESGCM, blob: bytes, context: bytes) -> bytes:
    """Raises `Broken`."""
    if len(blob) < _BODY or blob[0] != FORMAT:
        raise Broken
    head = blob[: _HEAD.size]
    try:
        return cipher.decrypt(blob[_HEAD.size : _BODY], blob[_BODY:], head + context)
    except InvalidTag as error:
        raise Broken from error
