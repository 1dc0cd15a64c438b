"""The centre whose years pass: a ledger with a clock that is moved, its staff, and who judges."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid5

from domain.case import reviews
from domain.case.steps import CorrectEntries, RetractEntry
from domain.example.beside import register_centre, register_staff
from domain.example.person import EXAMPLE
from domain.example.registered import register_entries
from domain.message import (
    Actor,
    Command,
    Origin,
    OriginKind,
    Recorded,
    Role,
    Step,
    StreamKind,
    derived_id,
    kind_of,
    name_of,
)
from domain.registry.state import REGISTRY
from domain.staff.state import DIRECTORY
from domain.values.calendar import Calendar, local_date
from ledger.keys.master import MasterKeys
from ledger.ledger import Ledger
from ledger.opening import open_ledger
from tests.closer.site import Staff
from tests.support.paper import ADMINISTRATOR, ROOT
from tests.support.versions import versions
from tests.years.clockwork import Timers
from tests.years.judge import Judge
from workflows.case.schedule import Schedule

MASTER_KEYS = MasterKeys.single(bytes(32))
BEGINS = datetime(2024, 1, 8, 9, 0, tzinfo=UTC)
IMPORT = Origin(kind=OriginKind.IMPORT)

Makes = Callable[[Calendar], Schedule]


def schedule_of(calendar: Calendar) -> Schedule:
    return Schedule(reviews, calendar)


class Supervised(Staff):
    """Entries are mended long after a caseworker alone may: by the coordinator."""

    def who(self, step: Step) -> Actor:
        if isinstance(step, CorrectEntries | RetractEntry):
            return self.coordinator
        return super().who(step)


@dataclass
class Centre:
    """What the people and their steps are recorded in (`tests.closer.books.Books`)."""

    folder: Path
    random: Random
    calendar: Calendar
    makes: Makes = schedule_of
    now: datetime = BEGINS
    heard: int = 0
    """The position up to which all was heard."""
    restarts: int = 0
    _commands: int = 0
    ledger: Ledger = field(init=False)
    schedule: Schedule = field(init=False)
    timers: Timers = field(init=False)
    judge: Judge = field(init=False)

    def __post_init__(self) -> None:
        self._open()
        self.timers = Timers(self, Random(self.random.random()))
        self.judge = Judge(self.calendar)

    @property
    def today(self) -> date:
        return local_date(self.now)

    def pass_days(self, days: int) -> None:
        self.wait_until(self.now + timedelta(days=days))

    def wait_until(self, instant: datetime) -> None:
        """What falls due meanwhile goes out."""
        self.timers.run(instant)
        self.now = max(self.now, instant)

    def take(self, target: str, step: Step, actor: Actor) -> Sequence[Recorded]:
        """Recorded; the cases in which something was, are judged and their workflows told."""
        self._commands += 1
        name = uuid5(ROOT, f"command {self._commands} of years")
        self.ledger.record(Command(id=name, target=target, step=step, actor=actor, origin=IMPORT))
        recorded = self.listen()
        streams = {each.envelope.stream: None for each in recorded}
        for stream in streams:
            if kind_of(stream) is StreamKind.CASE:
                self._changed(name_of(stream), stream)
        return recorded

    def state(self, stream: str) -> Any:
        return self.ledger.state(stream)

    def listen(self) -> list[Recorded]:
        found: list[Recorded] = []
        while more := self.ledger.events(self.heard, 1000):
            found += more
            self.heard = more[-1].envelope.position
        self.judge.hear(found)
        return found

    def start_anew(self, calendar: Calendar) -> None:
        """All processes end and begin, with the holidays as they are known by then."""
        self.judge.require_all_settled(self.now)
        self.ledger.close()
        self.calendar = self.judge.calendar = calendar
        self._open()
        self.restarts += 1
        for case, known in self.judge.cases.items():
            self.judge.changed(case, known.state, self.now)
        self.timers.begin_anew()

    def close(self) -> None:
        self.ledger.close()

    def _changed(self, case: str, stream: str) -> None:
        self.judge.changes(case, self.now)
        self.judge.changed(case, self.state(stream), self.now)
        self.timers.tell(case)

    def _open(self) -> None:
        self.schedule = self.makes(self.calendar)
        self.ledger = open_ledger(
            f"sqlite://{self.folder}/ledger.db",
            f"sqlite://{self.folder}/keys.db",
            MASTER_KEYS,
            calendar=self.calendar,
            clock=lambda: self.now,
        )

    def staffed(self) -> Staff:
        """Founded, with all that steps name."""
        for step in (register_centre(), *register_entries(), *versions()):
            self.take(REGISTRY, step, ADMINISTRATOR)
        centre = EXAMPLE.centre
        return Supervised(
            self._hired(Role.CASEWORKER, centre),
            self._hired(Role.COORDINATOR, centre),
            self._hired(Role.DIVISION),
            self._hired(Role.DIVISION, label="second"),
        )

    def _hired(self, role: Role, centre: str | None = None, label: str = "first") -> Actor:
        recorded = self.take(
            DIRECTORY, register_staff(f"{role}-{label}", role, centre), ADMINISTRATOR
        )
        staff_id: UUID = derived_id(recorded[-1].envelope.command_id, "staff")
        return Actor(id=staff_id, role=role, centre=centre)
