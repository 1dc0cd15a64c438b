"""The fold of support items: by day, so the last that is told of an item is how it stands."""

import dataclasses
from typing import Any
from uuid import UUID

from domain.case.moment import Moment, moment
from domain.case.state import CaseState
from domain.case.support import events as e
from domain.case.support.state import Support
from domain.case.support.vocabulary import SupportStatus
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope

evolve_support: Evolution[CaseState] = Evolution()
on = evolve_support.on

Dated = e.SupportOpened | e.SupportProgressed | e.SupportTakenUp


@on(e.SupportOpened)
def _opened(state: CaseState, event: e.SupportOpened, envelope: Envelope) -> CaseState:
    when = moment(envelope)
    support = Support(
        opened=when,
        turned=when,
        kind=event.kind,
        need=event.need,
        member_id=event.member_id,
        provider=event.provider,
        provider_name=event.provider_name,
    )
    return _with(state, event.support_id, _dated(support, event, when))


def _dated(support: Support, event: Dated, when: Moment) -> Support:
    """With the day on which it is looked at again. One that is still to come stands till another is told."""
    expected = event.probably_from and Moment(event.probably_from, when.known)
    day = event.probably_from or event.look_again_on
    told = Moment(day, when.known) if day else None
    if told is None and support.look_again is not None and support.look_again.on > when.on:
        told = support.look_again
    return dataclasses.replace(
        support, probably_from=expected or support.probably_from, look_again=told
    )


def _with(state: CaseState, support_id: UUID, support: Support) -> CaseState:
    return replace(state, supports={**state.supports, support_id: support})


def _turned(state: CaseState, event: Any, envelope: Envelope, status: SupportStatus) -> CaseState:
    """What is told of an item that is not there changes nothing."""
    support = state.supports.get(event.support_id)
    if support is None:
        return state
    when = moment(envelope)
    support = dataclasses.replace(support, status=status, turned=when)
    if isinstance(event, Dated):
        support = _dated(support, event, when)
    return _with(state, event.support_id, support)


@on(e.SupportProgressed, e.SupportTakenUp)
def _goes_on(
    state: CaseState, event: e.SupportProgressed | e.SupportTakenUp, envelope: Envelope
) -> CaseState:
    return _turned(state, event, envelope, SupportStatus.IN_PROGRESS)


@on(e.SupportCompleted)
def _completed(state: CaseState, event: e.SupportCompleted, envelope: Envelope) -> CaseState:
    return _turned(state, event, envelope, SupportStatus.COMPLETED)


@on(e.SupportDeclined)
def _declined(state: CaseState, event: e.SupportDeclined, envelope: Envelope) -> CaseState:
    return _turned(state, event, envelope, SupportStatus.DECLINED)
