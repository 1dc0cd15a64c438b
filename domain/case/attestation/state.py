"""The attestations of a case, as they stand on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.case.attestation.vocabulary import AttestationKind
from domain.case.moment import Moment
from domain.message import FieldClass


@dataclass(frozen=True, slots=True)
class Attestation:
    """One; what is encrypted is None once the person is erased."""

    number: str
    issued: Moment
    by: UUID
    known_since: date
    wording: str
    kind: Annotated[AttestationKind | None, FieldClass.JUDICIAL] = None
    for_whom: Annotated[str | None, FieldClass.JUDICIAL] = None
    purpose: Annotated[str | None, FieldClass.JUDICIAL] = None
    training: Annotated[str | None, FieldClass.PERSONAL] = None
    followed_from: Annotated[date | None, FieldClass.PERSONAL] = None
    followed_until: Annotated[date | None, FieldClass.PERSONAL] = None
    name_ar: Annotated[str | None, FieldClass.PERSONAL] = None
    name_latin: Annotated[str | None, FieldClass.PERSONAL] = None
    cancelled: Moment | None = None


Attestations = Mapping[UUID, Attestation]
"""By their ids, by day."""


def stands(attestation: Attestation) -> bool:
    """Whether it can be printed."""
    return attestation.cancelled is None
