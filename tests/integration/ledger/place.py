"""A place for a ledger of toys, and a desk that writes commands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from domain.message import Actor, Command, Origin, OriginKind, Role, Step
from domain.values.calendar import Calendar
from ledger.keys.master import MasterKeys
from ledger.ledger import Ledger
from ledger.opening import open_ledger
from ledger.port import Domain
from tests.integration.ledger.toy import TOY, Claim, FillPot, Register, claim, person, pot
from tests.support.written import files_in

MASTER_KEY = b"a master key, 32 bytes, of a toy"
MASTER_KEYS = MasterKeys.single(MASTER_KEY)
CALENDAR = Calendar("toys-2024", frozenset({date(2024, 7, 30)}))
ACTOR = Actor(id=UUID(int=7), role=Role.CASEWORKER, centre="taza")
ORIGIN = Origin(kind=OriginKind.API)


@dataclass(frozen=True)
class Place:
    """Where a ledger and its keys are, on either database. Can be sent to a process."""

    kind: str
    url: str
    keys_url: str
    folder: Path
    """Holds every file of the ledger, of its keys, and of the server if there is one."""
    owner_url: str

    def open(self, domain: Domain = TOY, **settings: Any) -> Ledger:
        return open_ledger(
            self.url, self.keys_url, MASTER_KEYS, calendar=CALENDAR, domain=domain, **settings
        )

    def contents(self, under: str = "") -> list[tuple[Path, bytes]]:
        return list(files_in(self.folder / under))


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2024, 7, 20, 9, tzinfo=UTC)
        self.seconds = 0.0

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.seconds


def command(target: str, step: Step, **fields: Any) -> Command:
    given = {"id": uuid4(), "actor": ACTOR, "origin": ORIGIN, **fields}
    return Command(target=target, step=step, **given)


def fill_pot(coins: int, **fields: Any) -> Command:
    return command(pot(), FillPot(coins=coins), **fields)


def register(subject: UUID, name: str = "Fatima", illness: str = "asthma") -> Command:
    return command(person(subject), Register(name=name, illness=illness))


def take(
    coins: int = 1, subject: UUID | None = None, note: str | None = None, **fields: Any
) -> Command:
    step = Claim(coins=coins, pot=pot(), person=subject or uuid4(), note=note)
    return command(claim(uuid4()), step, **fields)


Opener = Callable[..., Ledger]
