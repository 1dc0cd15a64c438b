"""The rules of consent."""

from collections.abc import Sequence

from domain.case.consents import events as e
from domain.case.consents import steps as s
from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.case.state import CaseState
from domain.errors import Refused
from domain.message import Command, Event, StreamKind, stream_id
from domain.steps.handling import Context, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import BENEFICIARY


def give_consent(_: World, step: s.GiveConsent, __: Context) -> Event:
    """What nobody signed, somebody witnessed."""
    _each_once(step.purposes)
    if step.given_as is not ConsentForm.SIGNED and step.witness is None:
        raise Refused("witness_missing")
    return echo(e.ConsentGiven, step)


def reads_person(_command: Command, state: CaseState) -> Roles:
    if state.beneficiary_id is None:
        return {}
    return {BENEFICIARY: stream_id(StreamKind.BENEFICIARY, state.beneficiary_id)}


def withdraw_consent(world: World, step: s.WithdrawConsent, _: Context) -> Event:
    """At any time, also once the case is closed: it is theirs to take back, not ours to keep."""
    if world.beneficiary.erased:
        raise Refused("erased")
    if world.beneficiary.put_away:
        raise Refused("person_restricted")
    _each_once(step.purposes)
    return echo(e.ConsentWithdrawn, step)


def _each_once(purposes: Sequence[Purpose]) -> None:
    if len(set(purposes)) < len(purposes):
        raise Refused("purpose_named_twice")
