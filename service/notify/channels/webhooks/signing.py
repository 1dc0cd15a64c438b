"""A webhook's body, and the heads by which its receiver knows that it comes from here.

As Standard Webhooks 1.0 has it: `webhook-id` is the same at each attempt, so that the receiver takes
a message once; `webhook-timestamp` is the attempt's, and the signature covers both and the body.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from standardwebhooks import Webhook


def written(body: Mapping[str, Any]) -> str:
    """The body in the shortest JSON; what is signed is what is sent, to the byte."""
    return json.dumps(body, ensure_ascii=True, separators=(",", ":"), sort_keys=True)


def signed(secret: str, message_id: UUID, now: datetime, body: str) -> dict[str, str]:
    """The three heads, by a secret as `whsec_…` has it."""
    return {
        "webhook-id": str(message_id),
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(str(message_id), now, body),
    }
