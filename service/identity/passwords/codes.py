"""The codes that people type: of an authenticator, a recovery sheet, an invitation.

What is typed is read as it was meant: Arabic-Indic digits, small letters, hyphens and spaces, an O
for the 0 that is written alike.
"""

import base64
import hashlib
import hmac
import unicodedata
from datetime import datetime
from uuid import UUID

import pyotp

STEP_SECONDS = 30
EITHER_SIDE = (-1, 0, 1)
"""Steps by which the telephone's clock may differ."""
DIGITS = 6
RECOVERY_CODES = 10
RECOVERY_BYTES = 7
"""Of which 50 bits are written: ten signs."""
RECOVERY_SIGNS = 10
INVITATION_BYTES = 10
"""80 bits: sixteen signs."""
GROUP = {RECOVERY_SIGNS: 5, 16: 4}
_CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
"""Base 32 by signs of which none is taken for another."""
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def new_secret() -> str:
    """A second factor's, of 160 bits."""
    return pyotp.random_base32()


def address_of(secret: str, name: str, house: str) -> str:
    """What an authenticator reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=house)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step of time whose code it is, around now; None for no such code."""
    typed, steps = tidied(code).encode(), int(now.timestamp()) // STEP_SECONDS
    found = None
    for step in (steps + away for away in EITHER_SIDE):
        if hmac.compare_digest(pyotp.HOTP(secret, digits=DIGITS).at(step).encode(), typed):
            found = step
    return found


def recovery_codes(secret: bytes, sheet: UUID) -> tuple[str, ...]:
    """Of one sheet: the same each time, so that a page shown again shows the same."""
    made = (
        hmac.digest(secret, f"recovery|{sheet}|{number}".encode(), hashlib.sha256)
        for number in range(RECOVERY_CODES)
    )
    return tuple(_written(each[:RECOVERY_BYTES])[:RECOVERY_SIGNS] for each in made)


def invitation_code(secret: bytes, command: UUID) -> str:
    """The code of the invitation that a command makes: it is stored nowhere."""
    made = hmac.digest(secret, f"invitation|{command}".encode(), hashlib.sha256)
    return _written(made[:INVITATION_BYTES])


def digest_of_code(code: str) -> str:
    """What the ledger keeps of an invitation's code."""
    return hashlib.sha256(f"invitation|{tidied(code)}".encode()).hexdigest()


def keyed_digest(secret: bytes, sheet: UUID, code: str) -> str:
    """What is kept of a recovery code: who has no secret of ours cannot try what it may be."""
    return hmac.digest(secret, f"code|{sheet}|{tidied(code)}".encode(), hashlib.sha256).hex()


def grouped(code: str) -> str:
    """As it is shown: `4K7QX-9M2TB`."""
    size = GROUP[len(code)]
    return "-".join(code[at : at + size] for at in range(0, len(code), size))


def tidied(typed: str) -> str:
    """What was meant by what was typed."""
    signs = (str(unicodedata.digit(sign, sign)) for sign in unicodedata.normalize("NFKC", typed))
    return "".join(signs).upper().translate(_MEANT)


def _written(made: bytes) -> str:
    return base64.b32encode(made).decode().rstrip("=").translate(_CROCKFORD)
