"""What a page of several carries to the next: sealed, for a quarter of an hour, for one person.

So that nothing is kept of a password that is not set yet, and every process of the API goes on with
what another began.
"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel, Field, ValidationError

from service.identity.passwords.codes import new_secret

LASTS = timedelta(minutes=15)
NONCE_BYTES = 12
_BOUND = b"ticket"
SHEET = b"sheet"
"""What a ticket is bound to that does no more than show a recovery sheet again."""


class Ticket(BaseModel):
    """What is about to be set: a second factor, and with an invitation the first password."""

    credential: UUID
    made_at: datetime
    id: UUID = Field(default_factory=uuid4)
    """From which follows what is kept, so that a page sent twice sets it once."""
    secret: str = Field(default_factory=new_secret)
    """Of the second factor."""
    hashed: str | None = None
    """The password's hash, with an invitation."""
    invited_by: str | None = None
    """The digest of the invitation's code."""


def sealed(ticket: Ticket, key: bytes, bound: bytes = _BOUND) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return (nonce + AESGCM(key).encrypt(nonce, ticket.model_dump_json().encode(), bound)).hex()


def opened(text: str, key: bytes, now: datetime, bound: bytes = _BOUND) -> Ticket | None:
    """The ticket; None for one that is too old, or none of ours."""
    try:
        data = bytes.fromhex(text)
        plain = AESGCM(key).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], bound)
        ticket = Ticket.model_validate_json(plain)
    except (InvalidTag, ValidationError, ValueError):
        return None
    return ticket if now - ticket.made_at < LASTS else None
