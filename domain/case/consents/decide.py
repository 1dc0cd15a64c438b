"""The rules of consent."""

from collections.abc import Sequence

from domain.case.consents import events as e
from domain.case.consents import steps as s
from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.errors import Refused
from domain.message import Event
from domain.steps.handling import Context, World
from domain.steps.recording import echo


def give_consent(_: World, step: s.GiveConsent, __: Context) -> Event:
    """What nobody signed, somebody witnessed."""
    _each_once(step.purposes)
    if step.given_as is not ConsentForm.SIGNED and step.witness is None:
        raise Refused("witness_missing")
    return echo(e.ConsentGiven, step)


def withdraw_consent(_: World, step: s.WithdrawConsent, __: Context) -> Event:
    _each_once(step.purposes)
    return echo(e.ConsentWithdrawn, step)


def _each_once(purposes: Sequence[Purpose]) -> None:
    if len(set(purposes)) < len(purposes):
        raise Refused("purpose_named_twice")
