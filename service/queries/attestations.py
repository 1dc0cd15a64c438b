"""The attestations of a case, as its page and its papers list them."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.case.attestation.vocabulary import AttestationKind
from domain.case.moment import day_of
from domain.case.state import CaseState
from domain.message import FieldClass, Message


class AttestationAnswer(Message):
    """A paper that the centre gave: its number is never another's."""

    attestation_id: UUID
    number: str = Field(examples=["A-TAZ-26-0007"])
    kind: Annotated[AttestationKind | None, FieldClass.JUDICIAL]
    for_whom: Annotated[str | None, FieldClass.JUDICIAL]
    issued_on: date
    cancelled_on: date | None


def attestations_of(state: CaseState) -> Iterator[AttestationAnswer]:
    for name, each in state.attestations.items():
        yield AttestationAnswer(
            attestation_id=name,
            number=each.number,
            kind=each.kind,
            for_whom=each.for_whom,
            issued_on=each.issued.on,
            cancelled_on=day_of(each.cancelled),
        )
