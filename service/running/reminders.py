"""What an operator asks of reminders: whether each kept its word, and what will go out.

Read from the ledger alone, case by case, so that it holds when views or Temporal are away or wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import cast
from uuid import UUID

from domain.case.noticed.told import level_of, told, undone
from domain.case.reviews import fires_at, pending, rules_of
from domain.case.state import CaseState
from domain.message import StreamKind, name_of, stream_id
from domain.registry.state import REGISTRY, RegistryState
from domain.reminding.lives import Lives, lives
from domain.staff.state import DIRECTORY, StaffState
from domain.values.calendar import Calendar, local_date
from ledger.ledger import Ledger
from service.running.faults import OperatorError

TOGETHER = 200
"""Cases read in one go."""


@dataclass(frozen=True, slots=True)
class Proved:
    """The reminders of one case."""

    case_id: str
    found: Lives

    @property
    def reference(self) -> str:
        return self.found.case.reference


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A reminder that goes out unless something changes."""

    at: datetime
    case_id: str
    reference: str
    centre: str | None
    review: str
    level: int
    to: tuple[UUID, ...]
    """To whom, as the directory of staff stands now, by who stands in for whom on that day."""

    @property
    def on(self) -> date:
        return local_date(self.at)


def case_named(ledger: Ledger, said: str) -> str:
    """The id of the case of that id or reference; raises `OperatorError` where there is none."""
    try:
        name = str(UUID(said))
    except ValueError:
        name = next((name for name, case in _cases(ledger) if case.reference == said), "")
    if not name or not ledger.history(stream_id(StreamKind.CASE, name), up_to=1):
        raise OperatorError(
            f"there is no case {said}: give its id, or its reference as FES-24-0173"
        )
    return name


def require_centre(ledger: Ledger, code: str | None) -> None:
    """Raises `OperatorError` for one that is not registered: of it there would be nothing, quietly."""
    known = cast("RegistryState", ledger.state(REGISTRY)).centres
    if code is not None and code not in known:
        raise OperatorError(f"there is no centre {code}: one of {', '.join(sorted(known))}")


def proved(ledger: Ledger, case_id: str, calendar: Calendar, now: datetime) -> Proved:
    history = ledger.history(stream_id(StreamKind.CASE, case_id))
    return Proved(case_id, lives(history, case_id, calendar, now))


def all_proved(
    ledger: Ledger, calendar: Calendar, now: datetime, centre: str | None = None
) -> Iterator[Proved]:
    """Of every case, closed ones too; of one centre those that it has now."""
    for name, case in _cases(ledger):
        if centre is None or case.centre == centre:
            yield proved(ledger, name, calendar, now)


def forecast(
    ledger: Ledger, calendar: Calendar, now: datetime, days: int, centre: str | None = None
) -> list[Foreseen]:
    """What goes out up to so many days from now, soonest first; what waits to be recorded is first."""
    staff = cast("StaffState", ledger.state(DIRECTORY))
    until = now + timedelta(days=days)
    found = [
        each
        for name, case in _cases(ledger)
        if case.is_open and (centre is None or case.centre == centre)
        for each in _of_case(name, case, calendar, staff)
        if each.at <= until
    ]
    return sorted(found, key=lambda each: (each.at, each.reference, each.review))


def _of_case(
    name: str, case: CaseState, calendar: Calendar, staff: StaffState
) -> Iterator[Foreseen]:
    rules = rules_of(case)
    for due in pending(case, calendar):
        at, level = fires_at(due, rules, name), level_of(due.key)
        to = told(case, level, staff, local_date(at))
        yield Foreseen(at, name, case.reference, case.centre, undone(due.key), level, to)


def _cases(ledger: Ledger) -> Iterator[tuple[str, CaseState]]:
    streams = iter([stream for stream, _ in ledger.streams(StreamKind.CASE)])
    while some := list(islice(streams, TOGETHER)):
        for stream, state in ledger.states(some).items():
            yield name_of(stream), cast("CaseState", state)
