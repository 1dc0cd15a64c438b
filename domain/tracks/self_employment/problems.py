"""What comes of the equipment, or of its holder, after the delivery, until it is resolved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from domain.case.moment import Moment
from domain.case.schedule import Due, ReviewKind, deadline
from domain.message import FieldClass
from domain.rules import Rules
from domain.tracks.self_employment.vocabulary import ProblemDecision, ProblemKind
from domain.values.calendar import Calendar
from domain.values.money import NOTHING


@dataclass(frozen=True)
class Problem:
    """Each `Moment` is when it was raised, decided, resolved."""

    raised: Moment
    number: int
    """Among those raised on that day."""
    kind: Annotated[ProblemKind | None, FieldClass.JUDICIAL] = None
    """None once the person is erased."""
    project_id: UUID | None = None
    items: tuple[int, ...] = ()
    """Of the project; none where it is about the holder."""
    decided: Moment | None = None
    decision: ProblemDecision | None = None
    resolved: Moment | None = None
    back: Moment | None = None
    """When something last came back, or went on."""
    gone: frozenset[int] = frozenset()
    """Of the items, those that came back, or went on to another holder."""
    recovered: Decimal = NOTHING
    """MAD, from the holder."""

    @property
    def carried_out(self) -> bool:
        """Whether what was decided is so, as far as the records can tell."""
        if self.decision is ProblemDecision.RECOVERY:
            return bool(self.gone) or self.recovered > NOTHING
        return self.decision is not ProblemDecision.PASSED_ON or self.gone >= frozenset(self.items)

    def passes_on(self, project_id: UUID, item: int) -> bool:
        """Whether another holder is to have the item."""
        to_another = self.decision is ProblemDecision.PASSED_ON and self.project_id == project_id
        return to_another and item in self.items and item not in self.gone


Problems = Mapping[str, Problem]
"""By `key_of`."""


def key_of(raised_on: date, number: int) -> str:
    """A problem is named by the day it was raised, and its number among those of that day."""
    return f"{raised_on}/{number}"


def undecided(problems: Problems) -> Iterator[tuple[str, Problem]]:
    return ((key, each) for key, each in problems.items() if each.decided is None)


def decisions_due(problems: Problems, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """A review for each problem that waits for the coordinator."""
    for key, each in undecided(problems):
        named = f"{ReviewKind.PROBLEM}/{key}"
        yield deadline(ReviewKind.PROBLEM, named, each.raised, rules.problem_days, calendar)
