"""Whom a paper is about, as it names them."""

from uuid import UUID

from domain.beneficiary.state import BeneficiaryState
from domain.case.state import CaseState
from service.access.reader import Reading
from service.access.scope import beneficiary_shown
from service.access.things import SeenPerson
from service.queries.papers_out.sheets import Person
from service.queries.people import Beneficiary, get_beneficiary

NOBODY = BeneficiaryState()


def person_of(reading: Reading, case: CaseState) -> Person:
    """The person of a case."""
    state = NOBODY
    if case.beneficiary_id is not None:
        reading.saw.add(case.beneficiary_id)
        state = beneficiary_shown(reading.ledger, case.beneficiary_id)
    return Person(
        name_ar=state.name_ar,
        name_latin=state.name_latin,
        erased_on=state.erased_on,
        key_lost=state.key_lost,
    )


def registered(reading: Reading, case: CaseState) -> Beneficiary | None:
    """All that is known of the person; None where there is nobody."""
    person_id: UUID | None = case.beneficiary_id
    if person_id is None:
        return None
    state = beneficiary_shown(reading.ledger, person_id)
    return get_beneficiary(reading, SeenPerson(person_id, state))
