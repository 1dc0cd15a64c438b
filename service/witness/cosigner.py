"""The key of a witness: it signs when it saw which checkpoint (`cosignature/v1`)."""

import os
from datetime import datetime
from pathlib import Path
from secrets import token_bytes

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.proof.notes import COSIGNATURE, KEY_BYTES, Signature, VerifierKey, cosigned


class Cosigner:
    """Signs checkpoints that were judged."""

    def __init__(self, name: str, seed: bytes) -> None:
        """`name`: such as `witness.example/w1`; `seed`: 32 secret bytes."""
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        public = self._private.public_key().public_bytes_raw()
        self.key = VerifierKey(name, public, COSIGNATURE)

    def sign(self, text: str, now: datetime) -> Signature:
        """`text`: of the checkpoint, which ends with a newline."""
        time = int(now.timestamp())
        signed = time.to_bytes(8, "big") + self._private.sign(cosigned(time, text))
        return Signature(self.key.name, self.key.key_id, signed)


def make_key(file: Path) -> None:
    """A new key, for its owner's eyes alone; raises `FileExistsError` where there is one."""
    descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w") as made:
        made.write(token_bytes(KEY_BYTES).hex() + "\n")
        made.flush()
        os.fsync(made.fileno())


def seed_of(file: Path) -> bytes:
    """Raises `ValueError` for what is no key."""
    seed = bytes.fromhex(file.read_text().strip())
    if len(seed) != KEY_BYTES:
        raise ValueError(f"{file} holds no key")
    return seed
