"""Cursors as they leave the house: encrypted, because the last row's day is not for every reader,
and so that no other is taken than one that was answered.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import Refused
from ledger.keys.ciphertext import Broken, decrypt, encrypt
from projections.views.pages import Part
from service.access.reader import Reading

CURSORS = "cursors"
"""The use of the installation's key that encrypts them, and what they are authenticated as."""
NUMBER = 1


def sealed(reading: Reading, cursor: str | None) -> str | None:
    """The cursor for whoever asks."""
    if cursor is None:
        return None
    blob = encrypt(_cipher(reading), NUMBER, cursor.encode(), CURSORS.encode())
    return urlsafe_b64encode(blob).decode().rstrip("=")


def opened(reading: Reading, part: Part) -> Part:
    """The part as the views understand it. Raises `Refused("cursor_invalid")`."""
    if part.after is None:
        return part
    try:
        blob = urlsafe_b64decode(part.after + "=" * (-len(part.after) % 4))
        cursor = decrypt(_cipher(reading), blob, CURSORS.encode()).decode()
    except (ValueError, Broken):
        raise Refused("cursor_invalid") from None
    return replace(part, after=cursor)


def _cipher(reading: Reading) -> AESGCM:
    return AESGCM(reading.ledger.derived(CURSORS))
