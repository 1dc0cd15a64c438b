"""By which browser people sign in: one number for all of them, kept here and in events as a keyed hash.

Two people are asked for so that one alone moves nothing; that both came by one browser is for an
auditor to see (`domain/checks/one_device.py`). Whoever wants to be two takes two browsers: it finds
carelessness, and not cunning. A program that shows a key says its device itself, or does not
(`Jisr-Device`): there is nothing else by which it could be known.
"""

import hashlib
import hmac
import re
import secrets

DEVICES = "devices"
"""The use of the installation's own key by which the hash is made."""
SIGNS = 24
_NUMBER = re.compile(r"[0-9a-f]{32}", re.ASCII)


def shared_number(kept: str) -> str:
    """What the browser keeps, or is to keep from now on."""
    return kept if _NUMBER.fullmatch(kept) else secrets.token_hex(16)


def mark_of_device(secret: bytes, number: str) -> str:
    return hmac.digest(secret, number.encode(), hashlib.sha256).hex()[:SIGNS]
