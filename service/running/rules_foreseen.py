"""What would follow for the running cases if they went by other rules: looked at, nothing recorded.

Case by case as they are read, so that it takes no more memory for many.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from domain.case.moment import Moment
from domain.case.moving_rules.evolve import gone_over
from domain.case.reviews import dues
from domain.case.schedule import Due
from domain.case.state import CaseState
from domain.message import StreamKind
from domain.registry.rules.state import KnownRules
from domain.values.calendar import Calendar, local_date
from ledger.ledger import Ledger

Dated = tuple[str, date]
"""A review's name, and when it is due."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would follow for one running case."""

    reference: str
    next: tuple[Dated | None, Dated | None]
    """What is due first of it: now, and then."""
    moved: tuple[tuple[str, date, date], ...]
    """Reviews that fall due on another day: their names, from when, to when."""
    gone: tuple[Dated, ...]
    come: tuple[Dated, ...]
    at_once: int
    """Reviews that are due then, and are not yet now. None becomes late by being moved."""

    @property
    def changes(self) -> bool:
        return bool(self.moved or self.gone or self.come)


def foreseen(
    ledger: Ledger, before: KnownRules, after: KnownRules, calendar: Calendar, now: datetime
) -> Iterator[Foreseen]:
    """Of every running case that goes by the one version, what the other would change."""
    for stream, _ in ledger.streams(StreamKind.CASE):
        case = cast("CaseState", ledger.glance(stream))
        if case.is_open and case.rules_version == before.version:
            yield of_case(case, after, calendar, now)


def of_case(case: CaseState, after: KnownRules, calendar: Calendar, now: datetime) -> Foreseen:
    today = local_date(now)
    moved = gone_over(case, after.version, after.terms, Moment(today, now))
    found, then = (_named(each, calendar) for each in (case, moved))
    both = sorted(found.keys() & then.keys(), key=lambda key: (found[key].due_on, key))
    due_then = (key for key, each in then.items() if each.falls_due <= today)
    return Foreseen(
        reference=case.reference,
        next=(_first(found), _first(then)),
        moved=tuple(
            (key, found[key].due_on, then[key].due_on)
            for key in both
            if found[key].due_on != then[key].due_on
        ),
        gone=_only(found, then),
        come=_only(then, found),
        at_once=sum(key not in found or found[key].falls_due > today for key in due_then),
    )


def _named(case: CaseState, calendar: Calendar) -> dict[str, Due]:
    return {each.key: each for each in dues(case, calendar)}


def _first(dues: Mapping[str, Due]) -> Dated | None:
    return next(((each.key, each.due_on) for each in dues.values()), None)


def _only(some: Mapping[str, Due], others: Mapping[str, Due]) -> tuple[Dated, ...]:
    return tuple((key, each.due_on) for key, each in some.items() if key not in others)
