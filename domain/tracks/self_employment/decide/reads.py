"""What the track's rules read beside the case: the project, its agreement, its ceremony."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.case.state import CaseState
from domain.case.vocabulary import TrackKind
from domain.errors import Refused
from domain.message import Command, derived_id, stream_id
from domain.registry.state import REGISTRY
from domain.staff.state import DIRECTORY
from domain.steps.handling import Roles
from domain.steps.roles import AGREEMENT, CENTRES, CEREMONY, PROJECT, STAFF, StreamRole
from domain.tracks.row import meant_track
from domain.tracks.self_employment.state import SelfEmployment, find_track


def track_of(case: CaseState) -> SelfEmployment:
    """The track in question, which the rule is given alone; raises `Refused` without one."""
    track = find_track(case)
    if track is None:
        raise Refused("track_not_open")
    return track


def _named(names: Mapping[StreamRole[Any], UUID | None]) -> Roles:
    return {role: stream_id(role.kind, name) for role, name in names.items() if name is not None}


def reads_new_project(command: Command, _state: CaseState) -> Roles:
    return _named({PROJECT: derived_id(command.id, "project")})


def reads_agreement_named(command: Command, _state: CaseState) -> Roles:
    named = _named({AGREEMENT: getattr(command.step, "agreement_id", None)})
    return {CENTRES: REGISTRY, **named}


def reads_ceremony_named(command: Command, _state: CaseState) -> Roles:
    return _named({CEREMONY: getattr(command.step, "ceremony_id", None)})


def reads_to_decide(command: Command, case: CaseState) -> Roles:
    """All of it, and who works here since when: a decision takes a second person."""
    return {STAFF: DIRECTORY, **reads_all(command, case)}


def reads_all(command: Command, case: CaseState) -> Roles:
    """The project, its agreement and its ceremony, as far as there are any."""
    named = getattr(command.step, "track_id", None)
    track = find_track(case.with_only(meant_track(case, TrackKind.SELF_EMPLOYMENT, named)))
    if track is None:
        return {}
    return _named(
        {
            PROJECT: track.project_id,
            AGREEMENT: track.agreement_id,
            CEREMONY: track.ceremony_id,
        }
    )
