"""What is recorded of attestations: all that stands on the paper, as it stood there."""

from datetime import date
from uuid import UUID

from domain.case.attestation.vocabulary import FIRST_WORDING, AttestationKind
from domain.case.events import CaseEvent
from domain.message import Judicial, Personal


class AttestationIssued(CaseEvent, stored="AttestationIssued"):
    attestation_id: UUID
    number: str
    """`A-FES-26-0007`."""
    kind: Judicial[AttestationKind] = None
    for_whom: Judicial[str] = None
    purpose: Judicial[str] = None
    training: Personal[str] = None
    followed_from: Personal[date] = None
    followed_until: Personal[date] = None
    name_ar: Personal[str] = None
    name_latin: Personal[str] = None
    known_since: date
    """The day the case was opened."""
    wording: str = FIRST_WORDING


class AttestationCancelled(CaseEvent, stored="AttestationCancelled"):
    attestation_id: UUID
    explanation: Judicial[str] = None
