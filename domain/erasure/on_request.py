"""A restriction that somebody asks for themselves; their case may be open.

Data is kept and not used: the coordinator and auditors read it, their case rests, and of its steps there
go on those by which it is put right (a correction), which are theirs (a consent withdrawn, the case
closed), and which tell of a death. Orders and payments that others wait for go on, for they are claims.
It ends by a step, once the person was told.
"""

from datetime import date, timedelta
from typing import Any

from domain.beneficiary import events as b
from domain.beneficiary import steps as s
from domain.beneficiary.family import cases_of, family
from domain.beneficiary.restriction.events import PersonRestrictedOnRequest
from domain.beneficiary.restriction.steps import RestrictOnRequest
from domain.beneficiary.rights.vocabulary import DataRequestKind
from domain.case.restricted.events import CaseRestricted, CaseUnrestricted
from domain.erasure.asked import granted_with
from domain.erasure.restricting import follows_others
from domain.errors import Refused
from domain.message import Event
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, World
from domain.steps.recording import echo
from domain.steps.roles import StreamRole


def restrict_on_request(world: World, step: RestrictOnRequest, _: Context) -> Events:
    """With whoever goes by them, and the request that asked for it is granted by it."""
    follows_others(world, step.occurred_on)
    rules = world.registry.rules_on(step.occurred_on).rules
    until: date = step.occurred_on + timedelta(days=rules.restriction_days)
    events: list[tuple[StreamRole[Any], Event]] = []
    for role, person in family(world):
        asked = echo(PersonRestrictedOnRequest, step, look_again_on=until)
        events += [(role, each) for each in granted_with(person, DataRequestKind.RESTRICT)]
        events.append((role, asked))
        events += [
            (case, CaseRestricted())
            for case in cases_of(world, person)
            if world[case].restricted is None
        ]
    return events


def lift(world: World, step: s.LiftRestriction, _: Context) -> Events:
    """Of one that they asked for they are told before; raises `Refused`."""
    person = world.beneficiary
    not_before(step.occurred_on, person.restricted_on)
    if person.restricted_for is not None and step.told_on is None:
        raise Refused("restriction_end_untold")
    not_before(step.occurred_on, step.told_on)
    if step.told_on is not None:
        not_before(step.told_on, person.restricted_on)
    events: list[tuple[StreamRole[Any], Event]] = []
    for role, one in family(world):
        if one.restricted:
            events.append((role, echo(b.RestrictionLifted, step)))
        events += [
            (case, CaseUnrestricted())
            for case in cases_of(world, one)
            if world[case].restricted is not None
        ]
    return events
