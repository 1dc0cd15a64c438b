"""The fold of attestations."""

import dataclasses

from domain.case.attestation import events as e
from domain.case.attestation.state import Attestation
from domain.case.moment import moment
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope

evolve_attestations: Evolution[CaseState] = Evolution()
on = evolve_attestations.on


@on(e.AttestationIssued)
def _issued(state: CaseState, event: e.AttestationIssued, envelope: Envelope) -> CaseState:
    issued = Attestation(
        number=event.number,
        issued=moment(envelope),
        by=envelope.actor.id,
        known_since=event.known_since,
        wording=event.wording,
        kind=event.kind,
        for_whom=event.for_whom,
        purpose=event.purpose,
        training=event.training,
        followed_from=event.followed_from,
        followed_until=event.followed_until,
        name_ar=event.name_ar,
        name_latin=event.name_latin,
    )
    return replace(state, attestations={**state.attestations, event.attestation_id: issued})


@on(e.AttestationCancelled)
def _cancelled(state: CaseState, event: e.AttestationCancelled, envelope: Envelope) -> CaseState:
    attestation = state.attestations.get(event.attestation_id)
    if attestation is None:
        return state
    cancelled = dataclasses.replace(attestation, cancelled=moment(envelope))
    return replace(state, attestations={**state.attestations, event.attestation_id: cancelled})
