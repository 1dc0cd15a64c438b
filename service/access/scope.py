"""Which centre a case or a person belongs to: what a centre's own staff may see and change."""

from typing import cast
from uuid import UUID

from domain.beneficiary.state import BeneficiaryState
from domain.case.state import CaseState
from domain.message import StreamKind, stream_id
from ledger.ledger import Ledger


def case_state(ledger: Ledger, case_id: UUID) -> CaseState:
    return cast("CaseState", ledger.state(stream_id(StreamKind.CASE, case_id)))


def beneficiary_state(ledger: Ledger, beneficiary_id: UUID) -> BeneficiaryState:
    stream = stream_id(StreamKind.BENEFICIARY, beneficiary_id)
    return cast("BeneficiaryState", ledger.state(stream))


def centre_of_person(ledger: Ledger, person: BeneficiaryState) -> str | None:
    """Their last case's centre; before there is one, the centre that registered them."""
    if person.last_case is not None:
        return case_state(ledger, person.last_case).centre
    return person.registered_in
