"""What a sign-in is, and how it ends: by sign-out, after 30 idle minutes, after 12 hours.

Whether the key or password behind it still opens anything is asked of the directory at each request.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Engine, delete, insert, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from domain.message import Actor
from domain.values.looking import ReadingPurpose
from projections.store import translated
from service.identity.sign_ins.drafts import Drafts
from service.identity.sign_ins.saved import SavedLists
from service.identity.sign_ins.tables import SIGN_INS, searches, sign_ins
from service.keeping import open_engine

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEARCHES_LAST = timedelta(minutes=30)
SEARCHES_KEPT = "searches"
"""The use of the installation's own key under which searches are encrypted."""
NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody who is signed in, with the key or password they came with."""

    id: str
    credential: UUID
    ends_at: datetime
    """When it ends unless something is asked before."""
    is_ending: bool
    """Whether its longest time ends first, which nothing that is asked puts off."""
    device: str | None = None
    """A keyed hash of the browser: it stands with each step that is taken from here."""
    purpose: ReadingPurpose | None = None
    """Why they read, as they said."""


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in as its own holder sees it."""

    id: str
    browser: str
    """Its family: of the device no more is known."""
    began_at: datetime
    seen_at: datetime


class SignIns:
    """The sign-ins of an installation. Safe to use from many threads and processes.

    Every method raises `Unavailable` while the database is away.
    """

    def __init__(self, url: str, secret: bytes) -> None:
        """`secret`: 32 bytes that encrypt what people looked for."""
        self._cipher = AESGCM(secret)
        self._engine: Engine = open_engine(url, SIGN_INS)
        self.drafts = Drafts(self._engine, secret)
        """What people typed into forms, and left."""
        self.saved = SavedLists(self._engine)
        """The lists that people come back to."""

    def begin(
        self,
        actor: Actor,
        browser: str,
        now: datetime,
        device: str | None = None,
        purpose: ReadingPurpose | None = None,
    ) -> str:
        """What the browser must show from now on: 256 random bits, kept here as a digest only."""
        token = secrets.token_urlsafe(32)
        at = _seconds(now)
        row = {
            "id": _digest(token),
            "credential": str(actor.credential),
            "staff": str(actor.id),
            "browser": browser,
            "device": device,
            "began_at": at,
            "seen_at": at,
            "purpose": purpose,
        }
        with translated("sign_ins"), self._engine.connect() as connection:
            _forget_ended(connection, now)
            connection.execute(insert(sign_ins).values(row))
        return token

    def seen(self, token: str, now: datetime) -> SignIn | None:
        """Whoever shows this, who is thereby not idle; None where nothing is signed in by it."""
        found = (
            update(sign_ins)
            .where(sign_ins.c.id == _digest(token), ~_over(now))
            .values(seen_at=_seconds(now))
            .returning(
                *(sign_ins.c.id, sign_ins.c.credential, sign_ins.c.began_at),
                *(sign_ins.c.device, sign_ins.c.purpose),
            )
        )
        with translated("sign_ins"), self._engine.connect() as connection:
            row = connection.execute(found).one_or_none()
        if row is None:
            return None
        idle, longest = now + IDLE, _instant(row.began_at) + LONGEST
        said = ReadingPurpose(row.purpose) if row.purpose else None
        ends_at, is_ending = min(idle, longest), longest <= idle
        return SignIn(row.id, UUID(row.credential), ends_at, is_ending, row.device, said)

    def say(self, sign_in: SignIn, purpose: ReadingPurpose) -> None:
        """From now on they read for this."""
        mine = update(sign_ins).where(sign_ins.c.id == sign_in.id).values(purpose=purpose)
        with translated("sign_ins"), self._engine.connect() as connection:
            connection.execute(mine)

    def credential_of(self, token: str, now: datetime) -> UUID | None:
        """What whoever shows this came with; as `seen`, and it does not count as use."""
        found = select(sign_ins.c.credential).where(sign_ins.c.id == _digest(token), ~_over(now))
        with translated("sign_ins"), self._engine.connect() as connection:
            credential = connection.execute(found).scalar_one_or_none()
        return UUID(credential) if credential else None

    def holder_of(self, token: str) -> UUID | None:
        """Who was signed in by this, also if it has ended by itself a moment ago."""
        found = select(sign_ins.c.staff).where(sign_ins.c.id == _digest(token))
        with translated("sign_ins"), self._engine.connect() as connection:
            staff = connection.execute(found).scalar_one_or_none()
        return UUID(staff) if staff else None

    def sessions_of(self, staff: UUID, now: datetime) -> tuple[Session, ...]:
        """Where somebody is signed in, the latest seen first."""
        found = (
            select(sign_ins.c.id, sign_ins.c.browser, sign_ins.c.began_at, sign_ins.c.seen_at)
            .where(sign_ins.c.staff == str(staff), ~_over(now))
            .order_by(sign_ins.c.seen_at.desc(), sign_ins.c.began_at.desc())
        )
        with translated("sign_ins"), self._engine.connect() as connection:
            rows = connection.execute(found).all()
        return tuple(
            Session(r.id, r.browser, _instant(r.began_at), _instant(r.seen_at)) for r in rows
        )

    def end_of(self, staff: UUID, *, only: str | None = None, but: str | None = None) -> None:
        """End somebody's sign-ins: all of them, one, or all but one."""
        theirs = select(sign_ins.c.id).where(sign_ins.c.staff == str(staff))
        if only is not None:
            theirs = theirs.where(sign_ins.c.id == only)
        if but is not None:
            theirs = theirs.where(sign_ins.c.id != but)
        with translated("sign_ins"), self._engine.connect() as connection:
            connection.execute(delete(searches).where(searches.c.sign_in.in_(theirs)))
            connection.execute(delete(sign_ins).where(sign_ins.c.id.in_(theirs)))

    def end(self, sign_in: SignIn) -> None:
        """Sign out: what the browser holds opens nothing any more, in no process."""
        with translated("sign_ins"), self._engine.connect() as connection:
            connection.execute(delete(sign_ins).where(sign_ins.c.id == sign_in.id))
            connection.execute(delete(searches).where(searches.c.sign_in == sign_in.id))

    def note(self, sign_in: SignIn, use: str, text: str, now: datetime) -> str:
        """A random name for what is looked for, or said, that can stand in an address.

        `use`: for what alone it is found again.
        """
        name, nonce = secrets.token_urlsafe(9), secrets.token_bytes(NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, text.encode(), _bound(sign_in, use, name))
        row = {"id": name, "sign_in": sign_in.id, "asked_at": _seconds(now), "sealed": sealed}
        with translated("sign_ins"), self._engine.connect() as connection:
            connection.execute(delete(searches).where(_old(now)))
            connection.execute(insert(searches).values(row))
        return name

    def noted(self, sign_in: SignIn, use: str, name: str, now: datetime) -> str | None:
        """What was noted for that use in this sign-in under this name, half an hour ago at most."""
        found = select(searches.c.sealed).where(
            searches.c.id == name, searches.c.sign_in == sign_in.id, ~_old(now)
        )
        with translated("sign_ins"), self._engine.connect() as connection:
            sealed = connection.execute(found).scalar_one_or_none()
        if sealed is None:
            return None
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, rest, _bound(sign_in, use, name)).decode()
        except InvalidTag:
            return None

    def close(self) -> None:
        self._engine.dispose()


def _forget_ended(connection: Connection, now: datetime) -> None:
    connection.execute(delete(sign_ins).where(_over(now)))
    connection.execute(delete(searches).where(_old(now)))


def _over(now: datetime) -> ColumnElement[bool]:
    """Which sign-ins have ended by themselves."""
    return or_(
        sign_ins.c.seen_at <= _seconds(now - IDLE), sign_ins.c.began_at <= _seconds(now - LONGEST)
    )


def _old(now: datetime) -> ColumnElement[bool]:
    return searches.c.asked_at <= _seconds(now - SEARCHES_LAST)


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _bound(sign_in: SignIn, use: str, name: str) -> bytes:
    return f"{sign_in.id}/{use}/{name}".encode()
