"""Calendar links: 256 bits in an address, of which only the SHA-256 is kept.

A link follows from a secret of the installation and the command that makes it, so that pressing twice
makes one link, and its owner sees it again for a while, though it is stored nowhere.
"""

import base64
import hashlib
import hmac
import re
from uuid import UUID

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def token_of(secret: bytes, command: UUID) -> str:
    made = hmac.digest(secret, f"calendar link|{command}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def digest_of(token: str) -> str:
    """What the ledger keeps of it."""
    return hashlib.sha256(f"calendar link|{token}".encode()).hexdigest()
