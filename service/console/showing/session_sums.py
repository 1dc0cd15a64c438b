"""What a session took of each agreement so far, and what is left: of it, with a line, and if all pass."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.project.vocabulary import DecisionKind
from domain.values.money import NOTHING, total
from service.console.showing.session import granted_of
from service.queries.agreements import Agreement
from service.queries.sessions import PutLine


@dataclass(frozen=True, slots=True)
class Left:
    """Money (MAD) and places of an agreement; below zero where they do not do."""

    room: Decimal
    places: int

    @property
    def is_enough(self) -> bool:
        return self.room >= NOTHING and self.places >= 0

    def less(self, amount: Decimal, places: int = 1) -> "Left":
        return Left(self.room - amount, self.places - places)


@dataclass(frozen=True, slots=True)
class Sums:
    """Of the files of a session that are put under one agreement."""

    agreement_id: UUID
    season: str
    approved: int
    granted: Decimal
    """To those approved in this session (MAD)."""
    left: Left
    """Of the agreement now."""
    waiting: int
    """Files that are not decided."""
    if_all_pass: Left
    """If each that waits is approved as it is recommended, or as it asks where nobody studied it."""


def sums_of(lines: Collection[PutLine], agreements: Iterable[Agreement]) -> Iterator[Sums]:
    for each in agreements:
        of_it = [line for line in lines if line.agreement_id == each.agreement_id]
        waiting = [line for line in of_it if line.decision is None]
        approved = [line for line in of_it if line.decision is DecisionKind.APPROVE]
        left = Left(each.room, each.places - each.places_taken)
        yield Sums(
            agreement_id=each.agreement_id,
            season=each.season,
            approved=len(approved),
            granted=total(granted_of(line) or NOTHING for line in approved),
            left=left,
            waiting=len(waiting),
            if_all_pass=left.less(
                total(expected(it.asked, it.recommended) for it in waiting), len(waiting)
            ),
        )


def expected(asked: Decimal, recommended: object) -> Decimal:
    """What a session is likely to approve (MAD): what was asked, where no study recommends a sum."""
    return recommended if isinstance(recommended, Decimal) else asked
