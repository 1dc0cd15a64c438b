"""The fold of the household."""

import dataclasses
from typing import Any
from uuid import UUID

from domain.case.household import events as e
from domain.case.household.state import Member
from domain.case.moment import moment
from domain.case.state import CaseState
from domain.case.vocabulary import Channel, ContactOutcome
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope

evolve_household: Evolution[CaseState] = Evolution()
on = evolve_household.on


@on(e.HouseholdMemberAdded)
def _added(state: CaseState, event: e.HouseholdMemberAdded, envelope: Envelope) -> CaseState:
    member = Member(
        added=moment(envelope),
        name=event.name,
        kinship=event.kinship,
        birth_year=event.birth_year,
    )
    return replace(state, household={**state.household, event.member_id: member})


@on(e.HouseholdMemberLeft)
def _left(state: CaseState, event: e.HouseholdMemberLeft, envelope: Envelope) -> CaseState:
    return _changed(state, event.member_id, left=moment(envelope))


@on(e.FamilyContactRecorded)
def _met(state: CaseState, event: e.FamilyContactRecorded, envelope: Envelope) -> CaseState:
    """A message is no meeting, with them either."""
    member = state.household.get(event.member_id)
    reached = event.outcome is ContactOutcome.REACHED and event.channel is not Channel.MESSAGE
    if member is None or not reached:
        return state
    return _changed(state, event.member_id, met=moment(envelope), meetings=member.meetings + 1)


def _changed(state: CaseState, member_id: UUID, **told: Any) -> CaseState:
    member = state.household.get(member_id)
    if member is None:
        return state
    changed = dataclasses.replace(member, **told)
    return replace(state, household={**state.household, member_id: changed})
