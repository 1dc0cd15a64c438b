"""Forms that somebody began and left: sealed, for their author alone, and for two weeks.

An author is whoever keeps and asks under one id. That is one of the staff, or a ceremony: what is said
at its table is all theirs who hold it, and who those are its pages ask, not this.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.sql.elements import ColumnElement

from projections.store import translated
from service.identity.sign_ins.tables import drafts

LAST = timedelta(days=14)
MOST = 100
"""So many of one person's are kept; the oldest goes."""
USE = b"drafts"
KEY_BYTES, NONCE_BYTES = 32, 12


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was left."""

    key: str
    """Its idempotency key, by which it is known."""
    saved_at: datetime
    content: Mapping[str, Any]


class Drafts:
    """The drafts of an installation. Safe to use from many threads and processes.

    Every method raises `Unavailable` while the database is away.
    """

    def __init__(self, engine: Engine, secret: bytes) -> None:
        """`secret`: 32 bytes, from which the drafts' own key comes."""
        own = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=USE).derive(secret)
        self._cipher, self._engine, self._own = AESGCM(own), engine, own

    def save(
        self,
        author: UUID,
        key: str,
        content: Mapping[str, Any],
        now: datetime,
        about: UUID | None = None,
        *,
        most: int = MOST,
    ) -> None:
        """Keep a form as it stands, in the place of what was kept of it before.

        `about`: the person or the case that it is on. An author may be a thing that several look
        after: a ceremony, with what is said of its lines.
        """
        name, nonce = _name(author, key), secrets.token_bytes(NONCE_BYTES)
        plain = json.dumps({"key": key, **content}).encode()
        row = {
            "id": name,
            "staff_id": str(author),
            "saved_at": int(now.timestamp()),
            "about": self._digest(about) if about else "",
            "sealed": nonce + self._cipher.encrypt(nonce, plain, name.encode()),
        }
        kept = select(drafts.c.id).where(drafts.c.staff_id == str(author))
        latest = kept.order_by(drafts.c.saved_at.desc()).limit(most)
        with translated("sign_ins"), self._engine.connect() as connection:
            connection.execute(delete(drafts).where((drafts.c.id == name) | _old(now)))
            connection.execute(insert(drafts).values(row))
            names = connection.execute(latest).scalars().all()
            over = (drafts.c.staff_id == str(author)) & drafts.c.id.not_in(names)
            connection.execute(delete(drafts).where(over))

    def of(self, author: UUID, now: datetime) -> list[Draft]:
        """All that somebody has, the latest first."""
        found = (
            select(drafts)
            .where(drafts.c.staff_id == str(author), ~_old(now))
            .order_by(drafts.c.saved_at.desc())
        )
        with translated("sign_ins"), self._engine.connect() as connection:
            rows = connection.execute(found).all()
        opened = (self._opened(row.id, row.saved_at, row.sealed) for row in rows)
        return [each for each in opened if each is not None]

    def one(self, author: UUID, key: str, now: datetime) -> Draft | None:
        """The draft of this key, if it is this person's."""
        name = _name(author, key)
        found = select(drafts).where(drafts.c.id == name, ~_old(now))
        with translated("sign_ins"), self._engine.connect() as connection:
            row = connection.execute(found).one_or_none()
        return self._opened(row.id, row.saved_at, row.sealed) if row else None

    def drop(self, author: UUID, key: str) -> None:
        """It was recorded, or thrown away."""
        with translated("sign_ins"), self._engine.connect() as connection:
            connection.execute(delete(drafts).where(drafts.c.id == _name(author, key)))

    def forget(self, things: Collection[UUID]) -> None:
        """Nobody's draft about one of these people and cases is kept any longer."""
        digests = [self._digest(each) for each in things]
        with translated("sign_ins"), self._engine.connect() as connection:
            connection.execute(delete(drafts).where(drafts.c.about.in_(digests)))

    def _digest(self, thing: UUID) -> str:
        return hmac.new(self._own, thing.bytes, hashlib.sha256).hexdigest()

    def _opened(self, name: str, saved_at: int, sealed: bytes) -> Draft | None:
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            content = json.loads(self._cipher.decrypt(nonce, rest, name.encode()))
        except InvalidTag:
            return None
        return Draft(content.pop("key"), datetime.fromtimestamp(saved_at, UTC), content)


def _name(author: UUID, key: str) -> str:
    """Of one author and one form: nobody finds another's by its key."""
    return hashlib.sha256(f"{author}/{key}".encode()).hexdigest()


def _old(now: datetime) -> ColumnElement[bool]:
    return drafts.c.saved_at <= int((now - LAST).timestamp())
