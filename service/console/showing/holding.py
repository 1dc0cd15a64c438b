"""A ceremony while it is held: whose turn it is, who is behind and who is missed, one line at a time.

The order is the list's own, by reference, so that two tables call people alike. Lines whose person
the reader may not know are nobody's turn.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from uuid import UUID

from domain.ceremony.vocabulary import MissedBecause
from service.console.showing.ceremony import WAITING, at_the_table
from service.queries.ceremonies import Line, LineStanding
from service.words import writing
from service.words.language import Language


class Turn(StrEnum):
    """How a line stands at the table. Absent and later are said there, and told when all is over."""

    WAITING = "waiting"
    TOLD = "told"
    ABSENT = "absent"
    LATER = "later"
    REPLACED = "replaced"


SIGNS = {
    Turn.WAITING: "due",
    Turn.ABSENT: "dash",
    Turn.LATER: "scheduled",
    Turn.TOLD: "done",
    Turn.REPLACED: "struck",
}
"""The sign of each, in the order in which a list counts them."""
STANDS = {
    LineStanding.TOLD: Turn.TOLD,
    LineStanding.ABSENT: Turn.ABSENT,
    LineStanding.LATER: Turn.LATER,
    LineStanding.REPLACED: Turn.REPLACED,
}


@dataclass(frozen=True, slots=True)
class Place:
    """One person's place in the queue."""

    case_id: UUID
    reference: str
    names: tuple[writing.Name, ...]
    turn: Turn
    href: str
    """Of the form that tells what they are handed."""

    @property
    def sign(self) -> str:
        return SIGNS[self.turn]

    @property
    def can_be_missed(self) -> bool:
        """Whether nothing is recorded of the line yet."""
        return self.turn in (Turn.WAITING, Turn.ABSENT, Turn.LATER)


@dataclass(frozen=True, slots=True)
class Queue:
    """All who are called, in order."""

    places: tuple[Place, ...]

    @classmethod
    def of(
        cls, lines: Iterable[Line], marks: Mapping[UUID, MissedBecause], language: Language
    ) -> Self:
        known = sorted(
            ((each.reference, each) for each in lines if each.reference),
            key=lambda pair: (pair[0], pair[1].case_id),
        )
        return cls(
            tuple(
                Place(
                    case_id=line.case_id,
                    reference=reference,
                    names=writing.names(line.name_ar, line.name_latin, language),
                    turn=_turn(line, marks.get(line.case_id)),
                    href=at_the_table(line.case_id, line.ceremony_id),
                )
                for reference, line in known
            )
        )

    @property
    def counts(self) -> Mapping[Turn, int]:
        return Counter(each.turn for each in self.places)

    @property
    def expected(self) -> int:
        """Without those in whose place somebody else comes."""
        return len(self.places) - self.counts[Turn.REPLACED]

    @property
    def waiting(self) -> tuple[Place, ...]:
        return tuple(each for each in self.places if each.turn is Turn.WAITING)

    def of_case(self, case_id: UUID) -> Place | None:
        return next((each for each in self.places if each.case_id == case_id), None)

    def next_after(self, case_id: UUID | None = None) -> Place | None:
        """Who is called next: the first who waits behind this one, else the first of all."""
        cases = [each.case_id for each in self.places]
        behind = cases.index(case_id) + 1 if case_id in cases else 0
        called = (*self.places[behind:], *self.places[:behind])
        return next((e for e in called if e.turn is Turn.WAITING and e.case_id != case_id), None)

    def unsent(self, paths: Collection[str]) -> int:
        """How many of those who wait have a form that was begun and left, by its path."""
        begun = {path.partition("/steps/")[0].rpartition("/")[2] for path in paths}
        return sum(str(each.case_id) in begun for each in self.waiting)


def list_at(ceremony_id: UUID, sent: str = "") -> str:
    """The list to jump in."""
    return f"/ceremonies/{ceremony_id}/hold" + (f"?sent={sent}" if sent else "")


def _turn(line: Line, mark: MissedBecause | None) -> Turn:
    if line.state not in WAITING:
        return STANDS[line.state]
    return Turn.WAITING if mark is None else Turn(mark)
