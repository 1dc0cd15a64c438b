"""The keys that a house signs its heads and checkpoints with.

Their secret halves lie in the key store, wrapped as persons' keys are, so a ledger that is put
beside another key store cannot go on signing as before. Their public halves are kept with the
tree. After a rotation the older key signs beside the newer one for a while, so that whoever knows
the older one only can learn the newer.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import KeysOfAnotherLedger
from ledger.keys.store import KeyStore
from ledger.proof.notes import Signer, VerifierKey
from ledger.room import Statements

BESIDE = timedelta(days=30)
"""So long an older key signs beside the newer."""

_KEYS = "SELECT number, key, since, until FROM signing_keys ORDER BY number"
_FIRST = "INSERT INTO signing_keys (number, key, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_UNTIL = "UPDATE signing_keys SET until = ? WHERE number = ? AND until IS NULL"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The public half of one of the house's keys, and when it signs."""

    number: int
    public: bytes
    since: datetime
    until: datetime | None

    def named(self, origin: str) -> VerifierKey:
        """As it signs what a log of this origin has."""
        return VerifierKey(origin, self.public)

    def signs_at(self, now: datetime) -> bool:
        return self.until is None or now < self.until


def signing_keys(statements: Statements) -> list[SigningKey]:
    """All there ever were, the oldest first."""
    return [
        SigningKey(
            number,
            b64decode(key),
            datetime.fromisoformat(since),
            datetime.fromisoformat(until) if until else None,
        )
        for number, key, since, until in statements.execute(_KEYS, ())
    ]


def signers(statements: Statements, keys: KeyStore, origin: str, now: datetime) -> Sequence[Signer]:
    """Those that sign now, the newest first; the first key is made where there is none.

    Raises `KeysOfAnotherLedger` where the key store has another secret half than what signed.
    """
    known = signing_keys(statements) or _begun(statements, keys, now)
    found = [(key, _signer(keys, origin, key.number)) for key in known if key.signs_at(now)]
    for key, signer in found:
        if signer.key.public != key.public:
            raise KeysOfAnotherLedger(ledger=origin, served=f"another signing key {key.number}")
    return [signer for _, signer in reversed(found)]


def require_own(statements: Statements, keys: KeyStore, origin: str) -> None:
    """Raises `KeysOfAnotherLedger` where the key store has not the secret half of what signed last."""
    for key in signing_keys(statements)[-1:]:
        seed = keys.kept_secret(_named(key.number))
        if seed is None or Signer(origin, seed).key.public != key.public:
            raise KeysOfAnotherLedger(ledger=origin, served=f"another signing key {key.number}")


def is_begun(keys: KeyStore) -> bool:
    """Whether anything was ever signed by what this key store has."""
    return keys.kept_secret(_named(1)) is not None


def rotate(statements: Statements, keys: KeyStore, now: datetime) -> SigningKey:
    """Begin to sign with a new key; the one before signs beside it for `BESIDE`."""
    known = signing_keys(statements) or _begun(statements, keys, now)
    made = _made(statements, keys, known[-1].number + 1, now)
    statements.execute(_UNTIL, (_written(now + BESIDE), known[-1].number))
    return made


def _begun(statements: Statements, keys: KeyStore, now: datetime) -> list[SigningKey]:
    """The first key; and those that the key store has already, of which a tree that is gone had told."""
    made = [_made(statements, keys, 1, now)]
    while keys.kept_secret(_named(len(made) + 1)) is not None:
        made.append(_made(statements, keys, len(made) + 1, now))
    return made


def _made(statements: Statements, keys: KeyStore, number: int, now: datetime) -> SigningKey:
    public = _signer(keys, "made", number).key.public
    statements.execute(_FIRST, (number, b64encode(public).decode(), _written(now)))
    return SigningKey(number, public, now, None)


def _signer(keys: KeyStore, origin: str, number: int) -> Signer:
    return Signer(origin, keys.secret(_named(number)))


def _named(number: int) -> str:
    """The secret's name in the key store."""
    return f"signing-{number}"


def _written(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")
