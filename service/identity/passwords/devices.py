"""Browsers in which somebody signed in before: wrong tries made elsewhere do not shut them out.

Else whoever knows a name could keep its holder from signing in, by trying wrong passwords. A browser
keeps a random number that only counts with the name it was given for; it opens nothing by itself.
"""

import hashlib
import hmac
import secrets


def device_of(secret: bytes, name: str) -> str:
    """What the browser is to keep."""
    number = secrets.token_hex(16)
    return f"{number}.{_mark(secret, number, name)}"


def counted_as(secret: bytes, name: str, device: str) -> str:
    """Under what tries are counted: the name's own, or this browser's where it is known to it."""
    number, _, mark = device.partition(".")
    is_known = hmac.compare_digest(mark.encode(), _mark(secret, number, name).encode())
    return f"device|{number}" if is_known else name


def _mark(secret: bytes, number: str, name: str) -> str:
    return hmac.digest(secret, f"device|{number}|{name}".encode(), hashlib.sha256).hex()
