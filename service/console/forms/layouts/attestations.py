"""The forms of attestations."""

from collections.abc import Mapping

from domain.case.attestation.steps import CancelAttestation, IssueAttestation
from domain.case.attestation.vocabulary import AttestationKind
from service.console.forms.layout import Layout, When

OF_TRAINING = AttestationKind.TRAINING_FOLLOWED

LAYOUTS: Mapping[str, Layout] = {
    "issue-attestation": Layout(
        IssueAttestation,
        (
            *("kind", "training", "followed_from", "followed_until"),
            *("for_whom", "purpose", "occurred_on"),
        ),
        show_when={
            "training": When.needed_for("kind", OF_TRAINING),
            "followed_from": When.of("kind", OF_TRAINING),
            "followed_until": When.of("kind", OF_TRAINING),
        },
    ),
    "cancel-attestation": Layout(
        CancelAttestation, ("attestation_id", "explanation", "occurred_on"), checked=True
    ),
}
