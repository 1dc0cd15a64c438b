"""Of somebody who is erased nothing is read any more, though their key may not be destroyed yet."""

from typing import cast
from uuid import UUID

from domain.complaint.state import ComplaintState
from domain.message import StreamKind, stream_id
from domain.reference.state import ReferenceState, complaints_about
from ledger.ledger import Ledger
from service.access.scope import beneficiary_state


def read_no_more(ledger: Ledger, person: UUID) -> list[UUID]:
    """Have the ledger take an erased person as erased, with what was said under other names; who
    that was, and their cases (nobody, where the person is not erased).
    """
    one = beneficiary_state(ledger, person)
    if not one.erased:
        return []
    gone: list[UUID] = []
    for each in (person, *one.aliases):
        gone += (each, *beneficiary_state(ledger, each).cases)
        ledger.take_as_erased(each)
    for case in gone:
        kept = cast("ReferenceState", ledger.state(complaints_about(case)))
        said = {stream_id(StreamKind.COMPLAINT, each): each for each in kept.complaints}
        for stream, state in ledger.states(said).items():
            if cast("ComplaintState", state).erased:
                ledger.take_as_erased(said[stream])
    return gone
