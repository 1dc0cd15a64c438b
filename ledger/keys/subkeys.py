"""Keys made from a key, one a use, by HKDF-SHA256 (RFC 5869): no key ever serves two uses."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SUBKEY_BYTES = 32


def sub_key(secret: bytes, use: str) -> bytes:
    """The key for `use`: the same each time, and no way back from it to `secret`."""
    return HKDF(algorithm=SHA256(), length=SUBKEY_BYTES, salt=None, info=use.encode()).derive(
        secret
    )
