"""The fold of what a case waits for."""

import dataclasses
from typing import Any
from uuid import UUID

from domain.case.awaiting import events as e
from domain.case.awaiting.state import Awaited
from domain.case.moment import moment
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope

evolve_awaiting: Evolution[CaseState] = Evolution()
on = evolve_awaiting.on


@on(e.ThirdPartyAwaited)
def _awaited(state: CaseState, event: e.ThirdPartyAwaited, envelope: Envelope) -> CaseState:
    when = moment(envelope)
    awaited = Awaited(
        since=when,
        asked=when,
        party=event.party,
        party_name=event.party_name,
        awaiting=event.awaiting,
        support_id=event.support_id,
        paper=event.paper,
        answer_by=event.answer_by,
    )
    return replace(state, awaited={**state.awaited, event.awaited_id: awaited})


@on(e.ThirdPartyAskedAgain)
def _asked_again(state: CaseState, event: e.ThirdPartyAskedAgain, envelope: Envelope) -> CaseState:
    return _changed(state, event.awaited_id, asked=moment(envelope), answer_by=event.answer_by)


@on(e.ThirdPartyAnswered)
def _answered(state: CaseState, event: e.ThirdPartyAnswered, envelope: Envelope) -> CaseState:
    return _changed(state, event.awaited_id, answered=moment(envelope))


@on(e.AwaitingStopped)
def _stopped(state: CaseState, event: e.AwaitingStopped, envelope: Envelope) -> CaseState:
    return _changed(state, event.awaited_id, stopped=moment(envelope))


def _changed(state: CaseState, awaited_id: UUID, **told: Any) -> CaseState:
    awaited = state.awaited.get(awaited_id)
    if awaited is None:
        return state
    changed = dataclasses.replace(awaited, **told)
    return replace(state, awaited={**state.awaited, awaited_id: changed})
