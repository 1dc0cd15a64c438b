"""The rules of attestations."""

from domain.case.attestation import events as e
from domain.case.attestation import steps as s
from domain.case.attestation.state import stands
from domain.case.attestation.vocabulary import AttestationKind
from domain.case.decide import reads_beneficiary
from domain.case.naming_one import meant
from domain.case.state import CaseState
from domain.errors import Refused
from domain.message import Command, Event, derived_id
from domain.reference.events import ReferenceGiven
from domain.reference.state import series_of
from domain.registry.state import REGISTRY
from domain.steps.checks import known, not_after, not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import CASE, CENTRES, REFERENCES

SERIES = "attestations"
CODES = ("attestation_not_found", "attestation_cancelled")


def reads_to_issue(command: Command, state: CaseState) -> Roles:
    """The person, the centres, and the centre's series of the year."""
    series = series_of(SERIES, state.centre or "", command.step.occurred_on)
    return {CENTRES: REGISTRY, REFERENCES: series, **reads_beneficiary(command, state)}


def issue(world: World, step: s.IssueAttestation, ctx: Context) -> Events:
    """With the next number; the names as they are known now, for that is what the paper says."""
    case, person = world.case, world.beneficiary
    if person.erased:
        raise Refused("erased")
    if person.restricted:
        raise Refused("person_restricted")
    _require_fitting(step)
    code = world.registry.centres[known(case.centre)].code
    number = world.references.last + 1
    issued = echo(
        e.AttestationIssued,
        step,
        attestation_id=derived_id(ctx.command_id, "attestation"),
        number=f"A-{code}-{step.occurred_on:%y}-{number:04}",
        name_ar=person.name_ar,
        name_latin=person.name_latin,
        known_since=known(case.begun_on),
    )
    return [(CASE, issued), (REFERENCES, ReferenceGiven(number=number))]


def _require_fitting(step: s.IssueAttestation) -> None:
    """A training is named where one is attested, and nowhere else; nothing is attested beforehand."""
    of_training = step.kind is AttestationKind.TRAINING_FOLLOWED
    if of_training is (step.training is None):
        raise Refused("attestation_names_training")
    if not of_training and (step.followed_from or step.followed_until):
        raise Refused("attestation_names_training")
    if step.followed_from is not None:
        not_after(step.followed_from, step.occurred_on)
        if step.followed_until is not None:
            not_before(step.followed_until, step.followed_from)
    if step.followed_until is not None:
        not_after(step.followed_until, step.occurred_on)


def cancel(world: World, step: s.CancelAttestation, _: Context) -> Event:
    """Once, whatever day it is told of: of those that stand now."""
    named = meant(world, lambda case: case.attestations, stands, step.attestation_id, CODES)
    if not stands(world.case.attestations[named]):
        raise Refused("attestation_cancelled")
    return echo(e.AttestationCancelled, step, attestation_id=named)
