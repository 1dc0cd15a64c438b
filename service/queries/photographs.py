"""Photographs of a ceremony that are shown to nobody any more, for somebody can be recognised on them.

Consent was needed to attach one. Once it is taken back, or whoever is on it was erased, waits for that, or
asked that their data be not used, it is handed out no more, and stands among what is to be withdrawn.
"""

from collections.abc import Iterator
from typing import cast
from uuid import UUID

from domain.case.consents.state import agrees
from domain.case.consents.vocabulary import Purpose
from domain.case.state import CaseState
from domain.ceremony.events import CeremonyDocumentAttached
from domain.message import StreamKind, stream_id
from service.access.reader import Reading
from service.access.scope import beneficiary_state


def held_back(reading: Reading, ceremony: str) -> frozenset[UUID]:
    """By the ids of the papers of the ceremony's stream."""
    return frozenset(_held_back(reading, ceremony))


def _held_back(reading: Reading, ceremony: str) -> Iterator[UUID]:
    for recorded in reading.ledger.history(ceremony):
        attached = recorded.event
        if isinstance(attached, CeremonyDocumentAttached) and attached.shows:
            streams = [stream_id(StreamKind.CASE, each) for each in attached.shows]
            cases = reading.ledger.states(streams).values()
            if not all(_may_be_shown(reading, cast("CaseState", each)) for each in cases):
                yield attached.paper_id


def _may_be_shown(reading: Reading, case: CaseState) -> bool:
    """Whoever was erased has what is counted of them kept instead."""
    if case.kept is not None or case.beneficiary_id is None:
        return False
    agreed = agrees(case.consents, Purpose.CEREMONY_PHOTOGRAPHS)
    return agreed and not beneficiary_state(reading.ledger, case.beneficiary_id).restricted
