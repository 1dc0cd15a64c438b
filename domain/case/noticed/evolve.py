"""The fold of answers to reminders: by the name that the review has by what stands before its day."""

import dataclasses
from typing import Any

from domain.case.moment import moment
from domain.case.noticed import events as e
from domain.case.noticed.state import UNNOTICED, Snooze
from domain.case.rolling import standing_name
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope

evolve_noticed: Evolution[CaseState] = Evolution()
on = evolve_noticed.on


@on(e.ReminderAcknowledged)
def _acknowledged(state: CaseState, event: e.ReminderAcknowledged, envelope: Envelope) -> CaseState:
    return _noticed(state, event.review, acknowledged=moment(envelope))


@on(e.ReminderSnoozed)
def _snoozed(state: CaseState, event: e.ReminderSnoozed, envelope: Envelope) -> CaseState:
    if event.review is None or event.until is None:
        return state
    before = state.noticed.get(standing_name(state, event.review), UNNOTICED)
    snooze = Snooze(moment(envelope), event.until)
    return _noticed(state, event.review, snoozes=(*before.snoozes, snooze))


def _noticed(state: CaseState, review: str | None, **said: Any) -> CaseState:
    if review is None:
        return state
    name = standing_name(state, review)
    noticed = dataclasses.replace(state.noticed.get(name, UNNOTICED), **said)
    return replace(state, noticed={**state.noticed, name: noticed})
