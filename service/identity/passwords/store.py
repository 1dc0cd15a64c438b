"""Keeps what is secret of passwords, encrypted, and counts wrong tries: for all processes alike."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Engine, Insert, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from projections.store import translated
from service.identity.passwords.codes import keyed_digest
from service.identity.passwords.tables import PASSWORDS, recovery, secrets_kept, tries
from service.keeping import open_engine

PASSWORDS_KEPT = "passwords"
"""The use of the installation's own key under which all of it is encrypted."""
NONCE_BYTES = 12
FORGOTTEN = timedelta(hours=1)
"""How long after the last wrong try all is forgotten."""
UNNAMED = timedelta(hours=1)
"""How long what the ledger does not name may still come to be named."""

_TRY = text("""
    INSERT INTO tries (name, failed, tried_at, next_at) VALUES (:name, 1, :now, :now)
    ON CONFLICT (name) DO UPDATE SET
        failed = CASE WHEN tries.tried_at <= :forgotten THEN 1 ELSE tries.failed + 1 END,
        tried_at = excluded.tried_at,
        next_at = excluded.tried_at + CASE
            WHEN tries.tried_at <= :forgotten OR tries.failed < 4 THEN 0
            WHEN tries.failed = 4 THEN 30
            WHEN tries.failed = 5 THEN 60
            WHEN tries.failed = 6 THEN 120
            WHEN tries.failed = 7 THEN 240
            WHEN tries.failed = 8 THEN 480
            ELSE 900 END
    WHERE tries.next_at <= :now OR tries.tried_at <= :forgotten
    RETURNING failed""")
"""Counted before it is looked at, so that of many at once no more pass than one after the other.
After five that failed the next waits half a minute, then twice as long each time: a quarter of an
hour at most."""


class Kind(StrEnum):
    HASH = "hash"
    SECOND_FACTOR = "second_factor"


class PasswordStore:
    """Safe to use from many threads and processes. Every method raises `Unavailable`."""

    def __init__(self, url: str, secret: bytes) -> None:
        """`secret`: 32 bytes by which all is encrypted or hashed."""
        self._secret = secret
        self._cipher = AESGCM(secret)
        self._engine: Engine = open_engine(url, PASSWORDS)

    def keep(self, name: UUID, kind: Kind, content: str, now: datetime, *, used: int = 0) -> None:
        """Once: what is there under that name stays. `used`: a second factor's step that was."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, content.encode(), _bound(name, kind))
        row = {
            "id": str(name),
            "kind": kind,
            "sealed": sealed,
            "used_step": used,
            "kept_at": _seconds(now),
        }
        with translated("passwords"), self._engine.connect() as connection:
            _once(connection, insert(secrets_kept).values(row))

    def read(self, name: UUID | None, kind: Kind) -> str | None:
        """What is kept under that name; None for nothing, or what this key does not open."""
        found = select(secrets_kept.c.sealed).where(secrets_kept.c.id == str(name))
        with translated("passwords"), self._engine.connect() as connection:
            sealed = connection.execute(found).scalar_one_or_none()
        if sealed is None or name is None:
            return None
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, rest, _bound(name, kind)).decode()
        except InvalidTag:
            return None

    def use_step(self, factor: UUID, step: int) -> bool:
        """Use the code of a step of time; False where it, or a later one, was used before."""
        used = (
            update(secrets_kept)
            .where(secrets_kept.c.id == str(factor), secrets_kept.c.used_step < step)
            .values(used_step=step)
        )
        with translated("passwords"), self._engine.connect() as connection:
            return connection.execute(used).rowcount == 1

    def keep_sheet(self, sheet: UUID, codes: Iterable[str], now: datetime) -> None:
        """The codes of a recovery sheet, once."""
        at = _seconds(now)
        rows = [
            {"sheet": str(sheet), "digest": keyed_digest(self._secret, sheet, code), "kept_at": at}
            for code in codes
        ]
        with translated("passwords"), self._engine.connect() as connection:
            _once(connection, insert(recovery).values(rows))

    def use_recovery(self, sheet: UUID | None, code: str) -> bool:
        """Use a code of the sheet; False for none, or one that was used before."""
        if sheet is None:
            return False
        digest = keyed_digest(self._secret, sheet, code)
        used = delete(recovery).where(recovery.c.sheet == str(sheet), recovery.c.digest == digest)
        with translated("passwords"), self._engine.connect() as connection:
            return connection.execute(used).rowcount == 1

    def recovery_left(self, sheet: UUID | None) -> int:
        """How many codes of the sheet were not used yet."""
        found = select(func.count()).where(recovery.c.sheet == str(sheet))
        with translated("passwords"), self._engine.connect() as connection:
            return int(connection.execute(found).scalar_one())

    def forget_all_but(self, named: Iterable[UUID], now: datetime) -> None:
        """Forget what the ledger does not name, and had an hour to: ended, replaced, given up."""
        living, before = {str(each) for each in named}, _seconds(now - UNNAMED)
        for column, at in ((secrets_kept.c.id, secrets_kept.c), (recovery.c.sheet, recovery.c)):
            old = select(column).where(at.kept_at <= before).distinct()
            with translated("passwords"), self._engine.connect() as connection:
                gone = set(connection.execute(old).scalars()) - living
                for each in gone:
                    connection.execute(delete(column.table).where(column == each))

    def forget(self, names: Iterable[UUID]) -> None:
        """Forget what is kept under these names, at once."""
        gone = [str(each) for each in names]
        with translated("passwords"), self._engine.connect() as connection:
            connection.execute(delete(secrets_kept).where(secrets_kept.c.id.in_(gone)))
            connection.execute(delete(recovery).where(recovery.c.sheet.in_(gone)))

    def begin_try(self, name: str, now: datetime) -> int:
        """Seconds to wait before the next try under a name; 0: now, and it is counted."""
        at, hashed = _seconds(now), self._hashed(name)
        given = {"name": hashed, "now": at, "forgotten": _seconds(now - FORGOTTEN)}
        with translated("passwords"), self._engine.connect() as connection:
            connection.execute(delete(tries).where(tries.c.next_at <= given["forgotten"]))
            if connection.execute(_TRY, given).scalar_one_or_none() is not None:
                return 0
            found = select(tries.c.next_at).where(tries.c.name == hashed)
            next_at = connection.execute(found).scalar_one_or_none()
        return max(int(next_at) - at, 1) if next_at is not None else 1

    def succeeded(self, name: str) -> None:
        """The last try under the name did not fail: all before are forgotten."""
        with translated("passwords"), self._engine.connect() as connection:
            connection.execute(delete(tries).where(tries.c.name == self._hashed(name)))

    def _hashed(self, name: str) -> str:
        return hmac.digest(self._secret, f"name|{name}".encode(), hashlib.sha256).hex()

    def close(self) -> None:
        self._engine.dispose()


def _once(connection: Connection, statement: Insert) -> None:
    """What is there already is there from the same request."""
    try:
        connection.execute(statement)
    except IntegrityError:
        return


def _bound(name: UUID, kind: Kind) -> bytes:
    return f"{kind}/{name}".encode()


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())
