"""Where a programme is recorded: on paper, or in a ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from uuid import uuid4

from domain.message import Actor, Command, Origin, OriginKind, Recorded, Step
from domain.steps.handling import State
from ledger.ledger import Ledger
from tests.support.paper import Paper

BEGIN = datetime(2024, 1, 8, 9, 0, tzinfo=UTC)
"""When the first project can be put to a session."""
FIRST_DAY = BEGIN.date()


class Books(Protocol):
    """A step is decided and recorded, and what stands can be read."""

    @property
    def today(self) -> date:
        """The day it is in the programme."""

    @property
    def now(self) -> datetime:
        """What the clock says (UTC)."""

    def pass_days(self, days: int) -> None: ...

    def take(self, target: str, step: Step, actor: Actor) -> Sequence[Recorded]:
        """What is recorded; raises `Refused`."""

    def state(self, stream: str) -> Any: ...


@dataclass
class OnPaper:
    """In memory."""

    paper: Paper = field(default_factory=lambda: Paper(now=BEGIN))

    @property
    def today(self) -> date:
        return self.paper.today

    @property
    def now(self) -> datetime:
        return self.paper.now

    def pass_days(self, days: int) -> None:
        self.paper.pass_days(days)

    def take(self, target: str, step: Step, actor: Actor) -> Sequence[Recorded]:
        before = len(self.paper.events)
        self.paper.take(target, step, actor)
        return self.paper.events[before:]

    def state(self, stream: str) -> Any:
        return self.paper.state(stream)

    def copy(self) -> "OnPaper":
        return OnPaper(self.paper.copy())


@dataclass
class BehindTheClock:
    """The clock of a ledger stands still; all that is recorded there is entered late."""

    ledger: Ledger
    today: date = FIRST_DAY

    @property
    def now(self) -> datetime:
        return self.ledger.now()

    def pass_days(self, days: int) -> None:
        """Never beyond the clock."""
        self.today = min(self.today + timedelta(days=days), self.ledger.now().date())


@dataclass
class InLedger(BehindTheClock):
    """On a database, beside others perhaps."""

    heard: int = 0
    """The position up to which what was recorded has been returned."""

    def take(self, target: str, step: Step, actor: Actor) -> Sequence[Recorded]:
        """All that was recorded since the last time, by whomever."""
        record(self.ledger, target, step, actor)
        return self.news()

    def news(self) -> Sequence[Recorded]:
        found: list[Recorded] = []
        while more := self.ledger.events(self.heard, 1000):
            found += more
            self.heard = more[-1].envelope.position
        return found

    def state(self, stream: str) -> Any:
        return self.ledger.state(stream)


@dataclass
class Glances(BehindTheClock):
    """A ledger at which others are at work; what a rival has seen of it for this one step.

    What it reads one after the other would else be of different moments.
    """

    seen: dict[str, State] = field(default_factory=dict)

    def take(self, target: str, step: Step, actor: Actor) -> Sequence[Recorded]:
        """Nobody asks it what was recorded."""
        record(self.ledger, target, step, actor)
        return ()

    def state(self, stream: str) -> Any:
        if stream not in self.seen:
            self.seen[stream] = self.ledger.state(stream)
        return self.seen[stream]


def record(ledger: Ledger, target: str, step: Step, actor: Actor) -> None:
    """As an import does, which nobody has to sign in for."""
    origin = Origin(kind=OriginKind.IMPORT)
    ledger.record(Command(id=uuid4(), target=target, step=step, actor=actor, origin=origin))
