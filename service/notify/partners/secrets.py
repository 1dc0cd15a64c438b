"""What of a webhook follows from the installation's own secret, and is kept nowhere.

The secret that a partner's system checks signatures by, and the ids under which it hears of things:
stable for one partner, and of no use to anybody else, nor to two partners who compare theirs.
"""

import base64
import hashlib
import hmac
from uuid import UUID

WEBHOOKS = "webhooks"
"""The use of the installation's own key from which both follow."""
PREFIX = "whsec_"


def secret_of(installation: bytes, secret_id: UUID) -> str:
    """As Standard Webhooks writes it: its libraries take it as it is."""
    key = hmac.digest(installation, f"secret|{secret_id}".encode(), hashlib.sha256)
    return PREFIX + base64.b64encode(key).decode()


def outside_id(installation: bytes, partner_id: UUID, thing: str) -> UUID:
    """The id of a thing, for one partner."""
    said = hmac.digest(installation, f"id|{partner_id}|{thing}".encode(), hashlib.sha256)
    return UUID(bytes=said[:16], version=5)
