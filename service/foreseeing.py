"""What would follow from a step that is looked at before it is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from domain.case.schedule import ReviewStatus
from domain.case.state import CaseState
from domain.message import Message, Recorded, StreamKind, kind_of
from service.access.masking import masked
from service.access.reader import Reading
from service.queries.cases import Review, reviews_of

SETTLED = frozenset({ReviewStatus.EXEMPT, ReviewStatus.COMPLETED, ReviewStatus.MISSED})


class Moved(Message):
    """A review that would stand otherwise."""

    was: Review | None
    """None: it would come anew."""
    becomes: Review | None
    """None: it would fall away."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a step would record, and which reviews of its case would move by it."""

    recorded: Sequence[Recorded] = ()
    reviews: tuple[Moved, ...] = ()


def foreseen(reading: Reading, target: str, recorded: Sequence[Recorded]) -> Foreseen:
    """As its taker may know it; of a case the reviews that wait for somebody, before and after."""
    own = [each for each in recorded if each.envelope.stream == target]
    if kind_of(target) is not StreamKind.CASE or not own:
        return Foreseen(recorded)
    before = reading.ledger.history(target)
    if not before:
        return Foreseen(recorded)
    after = reading.ledger.fold(target, [*before, *own])
    stood, stands = (
        _waiting(reading, cast("CaseState", state))
        for state in (reading.ledger.state(target), after)
    )
    keys = dict.fromkeys([*stood, *stands])
    moved = (Moved(was=stood.get(key), becomes=stands.get(key)) for key in keys)
    told = tuple(each for each in moved if _differs(each))
    return Foreseen(recorded, masked(told, reading.reader.actor.role))


def _waiting(reading: Reading, case: CaseState) -> dict[str | None, Review]:
    found = reviews_of(case, reading.calendar, reading.today)
    return {each.key: each for each in found if each.status not in SETTLED}


def _differs(moved: Moved) -> bool:
    was, becomes = moved.was, moved.becomes
    if was is None or becomes is None:
        return was is not becomes
    return (was.due_on, was.window_end) != (becomes.due_on, becomes.window_end)
