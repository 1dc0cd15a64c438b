"""The steps of attestations."""

from uuid import UUID

from pydantic import Field

from domain.case.attestation.vocabulary import AttestationKind
from domain.message import LongText, ShortText, Step
from domain.values.days import PastDay


class IssueAttestation(Step):
    """Issue an attestation: it gets the next number, and can be printed."""

    kind: AttestationKind
    for_whom: ShortText = Field(examples=["the municipality of Taza"])
    """To whom it is to be shown."""
    purpose: ShortText | None = Field(None, examples=["an administrative file"])
    training: ShortText | None = Field(None, examples=["sewing, first level"])
    """Of a training: which was followed."""
    followed_from: PastDay | None = None
    followed_until: PastDay | None = None


class CancelAttestation(Step):
    """Cancel an attestation that was issued wrongly: its number stays, and it is printed no more."""

    attestation_id: UUID | None = None
    """None: the only one that stands."""
    explanation: LongText
