"""The track that an event is about, and the case with it changed."""

from typing import Any

from domain.case.events import TrackEvent
from domain.case.state import CaseState
from domain.message import Envelope
from domain.tracks.self_employment.equipment import UNTOUCHED
from domain.tracks.self_employment.state import SelfEmployment
from domain.values.money import NOTHING

UNSTUDIED: dict[str, Any] = {
    "studied": None,
    "studied_cost": NOTHING,
    "study_favourable": False,
    "recommended": None,
    "opinion": None,
    "opined": None,
}
WITHOUT_PROJECT: dict[str, Any] = {
    "project_id": None,
    "proposers": frozenset(),
    "proposed": None,
    "revised": None,
    "payers": {},
    "cost": NOTHING,
    **UNSTUDIED,
    "allowed_again": frozenset(),
    "submissions": {},
    "freed": None,
    "appealed": False,
    "confirmed": None,
    "undertaking": None,
    "equipment": UNTOUCHED,
    "ordered": None,
    "received": None,
    "first_received": None,
    "ceremony_id": None,
    "on_list": False,
}
"""A track whose approval was ended: another project may be proposed."""


def track_so_far(state: CaseState, event: TrackEvent, envelope: Envelope) -> SelfEmployment:
    return SelfEmployment.so_far(state, event, envelope)


def with_track(
    state: CaseState, event: TrackEvent, envelope: Envelope, **changes: Any
) -> CaseState:
    return SelfEmployment.changed(state, event, envelope, **changes)
