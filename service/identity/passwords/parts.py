"""What checking and setting passwords take: the ledger, what is kept, what a try costs."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from domain.values.calendar import local_date
from service.application import Application
from service.identity.passwords.hashing import Hasher
from service.identity.passwords.store import PasswordStore

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class House:
    """What the sign-in page and a sign-in sheet say of an installation, where it is set."""

    name: str | None = None
    contact: str | None = None
    """Whom to ask who cannot sign in."""
    address: str | None = None
    """Where it is reached from outside."""

    @property
    def issuer(self) -> str:
        """As an authenticator lists it."""
        return f"Jisr · {self.name}" if self.name else "Jisr"


@dataclass(frozen=True, slots=True)
class Passwords:
    """Of an installation. `secret` is the one from which access keys follow too."""

    application: Application
    store: PasswordStore
    hasher: Hasher
    secret: bytes
    house: House

    @property
    def now(self) -> datetime:
        return self.application.now()

    @property
    def today(self) -> date:
        return local_date(self.now)

    async def kept(self, ask: Callable[..., T], *asked: object) -> T:
        """What the store answers, beside the event loop."""
        return await asyncio.to_thread(ask, *asked)

    async def forget_unnamed(self) -> None:
        """Have forgotten what was ended, replaced or given up."""
        staff = await self.application.staff()
        named = {each for password in staff.passwords.values() for each in password.kept}
        await self.kept(self.store.forget_all_but, named, self.now)

    def close(self) -> None:
        self.hasher.close()
        self.store.close()
