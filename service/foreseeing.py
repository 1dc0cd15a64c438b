"""What would follow from a step that is looked at before it is taken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from domain.case.schedule import ReviewStatus
from domain.case.state import CaseState
from domain.errors import JisrError
from domain.message import Message, Recorded, StreamKind, kind_of, name_of
from service.access.masking import masked
from service.access.reader import Reading
from service.access.scope import seen
from service.access.vocabulary import Scope
from service.queries.cases import Review, reviews_of

CASES = 20
"""Of so many at most the reviews are looked at: an order may be of hundreds."""
SETTLED = frozenset({ReviewStatus.EXEMPT, ReviewStatus.COMPLETED, ReviewStatus.MISSED})


class Moved(Message):
    """A review that would stand otherwise."""

    reference: str
    """Of its case."""
    was: Review | None
    """None: it would come anew."""
    becomes: Review | None
    """None: it would fall away."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a step would record, and which reviews would move by it."""

    recorded: Sequence[Recorded] = ()
    reviews: tuple[Moved, ...] = ()


def foreseen(reading: Reading, recorded: Sequence[Recorded]) -> Foreseen:
    """As its taker may know it: of the first cases the reviews that wait, before and after."""
    streams = dict.fromkeys(
        each.envelope.stream
        for each in recorded
        if kind_of(each.envelope.stream) is StreamKind.CASE
    )
    told = (each for name in [*streams][:CASES] for each in _moved(reading, name, recorded))
    return Foreseen(recorded, masked(tuple(told), reading.reader.actor.role))


def _moved(reading: Reading, stream: str, recorded: Sequence[Recorded]) -> Iterator[Moved]:
    before = reading.ledger.history(stream)
    if not before or not _reads(reading, UUID(name_of(stream))):
        return
    own = (each for each in recorded if each.envelope.stream == stream)
    states = (reading.ledger.state(stream), reading.ledger.fold(stream, [*before, *own]))
    case, after = (cast("CaseState", each) for each in states)
    stood, stands = _waiting(reading, case), _waiting(reading, after)
    for key in dict.fromkeys([*stood, *stands]):
        moved = Moved(reference=case.reference, was=stood.get(key), becomes=stands.get(key))
        if _differs(moved):
            yield moved


def _reads(reading: Reading, case_id: UUID) -> bool:
    """Whether the case is the reader's to read."""
    try:
        seen(Scope.CASE, reading, (case_id,))
    except JisrError:
        return False
    return True


def _waiting(reading: Reading, case: CaseState) -> dict[str | None, Review]:
    found = reviews_of(case, reading.calendar, reading.today)
    return {each.key: each for each in found if each.status not in SETTLED}


def _differs(moved: Moved) -> bool:
    was, becomes = moved.was, moved.becomes
    if was is None or becomes is None:
        return was is not becomes
    return (was.due_on, was.window_end) != (becomes.due_on, becomes.window_end)
