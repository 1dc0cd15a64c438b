"""Access keys: `jisr_` and 256 bits, of which only the SHA-256 is kept.

A key is derived from a secret of the installation and the command that issues it, so that a repeated
request for one gets the same answer word for word, though the key is stored nowhere.
"""

import base64
import hashlib
import hmac
from uuid import UUID

PREFIX = "jisr_"
ACCESS = "access"
"""The use of the installation's own key from which access keys follow."""


def access_key(installation: bytes, command: UUID) -> str:
    """The key that `command` issues."""
    secret = hmac.digest(installation, f"access key|{command}".encode(), hashlib.sha256)
    return PREFIX + base64.urlsafe_b64encode(secret).decode().rstrip("=")


def digest_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()
