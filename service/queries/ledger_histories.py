"""The histories of what stands in the ledger beside the programme: who came without a case, what was
dismissed, what operators did, which references were given, and which numbers are whose.

With them there is no stream that an auditor reads at the machine alone.
"""

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from domain.complaint.about import sight
from domain.complaint.state import ComplaintState
from domain.errors import NotFound
from domain.message import Recorded, StreamKind, stream_id
from domain.numbers.marks import BUCKET_SIGNS
from domain.reference.events import ComplaintKept
from domain.upkeep.path import STREAM as UPKEEP
from service.access.reader import Reading
from service.access.scope import case_shown
from service.access.things import SeenReception
from service.queries.history import History, Stretch, comparable, history

LONGEST_NAME = 200
SERIES = r"^[a-z0-9][a-z0-9.-]*$"
"""How the name of a series of references is written."""
BEGIN = rf"^[0-9a-f]{{{BUCKET_SIGNS}}}$"
"""And the begin of a number's mark."""


@comparable
def get_reception_history(reading: Reading, reception: SeenReception, stretch: Stretch) -> History:
    return history(reading, stream_id(StreamKind.RECEPTION, reception.id), stretch)


@comparable
def get_finding_history(reading: Reading, finding_id: UUID, stretch: Stretch) -> History:
    """Nothing, while nobody has dismissed it."""
    stream = stream_id(StreamKind.FINDING, finding_id)
    for each in reading.ledger.history(stream):
        reading.saw.update(getattr(each.event, "people", ()))
    return history(reading, stream, stretch)


@comparable
def get_upkeep_history(reading: Reading, stretch: Stretch) -> History:
    return history(reading, UPKEEP, stretch)


@comparable
def get_numbers_history(reading: Reading, begin: str, stretch: Stretch) -> History:
    """Of all numbers whose mark begins so; nothing, where none does."""
    return history(reading, stream_id(StreamKind.NUMBERS, begin), stretch)


@comparable
def get_reference_history(reading: Reading, series: str, stretch: Stretch) -> History:
    """Nothing, where none was given. Of a case's complaints only to who may see all of them."""
    stream = stream_id(StreamKind.REFERENCE, series)
    kept = _complaints(reading.ledger.history(stream))
    if not all(_sees(reading, each) for each in kept):
        raise NotFound
    return history(reading, stream, stretch)


def _complaints(events: Iterable[Recorded]) -> set[UUID]:
    return {each.event.complaint_id for each in events if isinstance(each.event, ComplaintKept)}


def _sees(reading: Reading, complaint: UUID) -> bool:
    """Whoever it is about is not told that it is there."""
    stream = stream_id(StreamKind.COMPLAINT, complaint)
    state = cast("ComplaintState", reading.ledger.state(stream))
    case = case_shown(reading.ledger, state.case_id) if state.case_id else None
    looked = sight(state, case, reading.directory.staff(), reading.today)
    return looked.is_seen_by(reading.reader.actor)
