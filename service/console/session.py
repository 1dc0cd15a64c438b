"""Who is signed in at the console: a sealed cookie that holds a key's digest and an end.

The key itself is not kept, in the browser or here; the digest is looked up at each
request, so a revoked key ends the session at once.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

COOKIE = "jisr_session"
LASTS = timedelta(hours=9)
"""A working day."""
NONCE_BYTES = 12
PURPOSE = b"jisr console session"


@dataclass(frozen=True, slots=True)
class Sessions:
    """Seals and opens session cookies under a key of their own, derived from the master key."""

    _cipher: AESGCM

    @classmethod
    def under(cls, secret: bytes) -> "Sessions":
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret)
        return cls(AESGCM(key))

    def seal(self, digest: str, now: datetime) -> str:
        """A cookie for whoever holds the key of this digest, for a working day."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        text = json.dumps([digest, int((now + LASTS).timestamp())])
        return (nonce + self._cipher.encrypt(nonce, text.encode(), PURPOSE)).hex()

    def open(self, cookie: str | None, now: datetime) -> str | None:
        """The digest inside; None for a cookie that is absent, altered or over."""
        try:
            sealed = bytes.fromhex(cookie or "")
            text = self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], PURPOSE)
        except (ValueError, InvalidTag):
            return None
        digest, ends = json.loads(text)
        return str(digest) if now.timestamp() < ends else None
