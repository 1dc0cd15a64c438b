"""Who issues and cancels attestations, and when: also once a case is closed, for years later."""

from domain.case.attestation import decide
from domain.case.attestation import events as e
from domain.case.attestation import steps as s
from domain.case.attestation.state import stands
from domain.case.path import EXISTS, STAFF, UNRESTRICTED
from domain.reference.events import ReferenceGiven
from domain.steps.conditions import life
from domain.steps.table import Part, row

ISSUED = life(
    "attestation_not_found",
    lambda case: any(map(stands, case.attestations.values())),
)

ATTESTATIONS = Part(
    "attestations",
    (
        row(
            s.IssueAttestation,
            *(e.AttestationIssued, ReferenceGiven),
            who=STAFF,
            when=(EXISTS, UNRESTRICTED),
            by=decide.issue,
            reads=decide.reads_to_issue,
        ),
        row(
            s.CancelAttestation,
            e.AttestationCancelled,
            who=STAFF,
            when=(EXISTS, ISSUED),
            by=decide.cancel,
        ),
    ),
)
