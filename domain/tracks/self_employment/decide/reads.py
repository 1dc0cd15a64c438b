"""What the track's rules read beside the case: project, agreement, session, ceremony."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from domain.case.state import CaseState
from domain.case.vocabulary import TrackKind
from domain.errors import Refused
from domain.message import Command, derived_id, stream_id
from domain.registry.state import REGISTRY
from domain.staff.state import DIRECTORY
from domain.steps.handling import Roles
from domain.steps.roles import (
    AGREEMENT,
    BENEFICIARY,
    CENTRES,
    CEREMONY,
    PROJECT,
    SESSION,
    STAFF,
    StreamRole,
)
from domain.tracks.row import meant_track
from domain.tracks.self_employment.problems import key_of
from domain.tracks.self_employment.state import SelfEmployment, find_track
from domain.tracks.self_employment.steps import RecordRecovery
from domain.tracks.self_employment.submission import Submission


def track_of(case: CaseState) -> SelfEmployment:
    """The track in question, which the rule is given alone; raises `Refused` without one."""
    track = find_track(case)
    if track is None:
        raise Refused("track_not_open")
    return track


def meant_submission(track: SelfEmployment, agreement_id: UUID | None) -> tuple[UUID, Submission]:
    """The submission under that agreement, else the only one that stands.

    Raises `Refused` where there is none, or several and none is named.
    """
    pending = track.pending
    if agreement_id is None and len(pending) > 1:
        raise Refused("submission_not_named")
    meant = agreement_id or next(iter(pending), None)
    if meant is None or meant not in pending:
        raise Refused("not_submitted")
    return meant, pending[meant]


def _named(names: Mapping[StreamRole[Any], UUID | None]) -> Roles:
    return {role: stream_id(role.kind, name) for role, name in names.items() if name is not None}


def reads_new_project(command: Command, _state: CaseState) -> Roles:
    return _named({PROJECT: derived_id(command.id, "project")})


def reads_to_submit(command: Command, case: CaseState) -> Roles:
    """The agreement and the session that the step names, and what is put to them; the person, whose
    age a source may ask.
    """
    step, track = command.step, _meant(command, case)
    named = _named(
        {
            AGREEMENT: getattr(step, "agreement_id", None),
            SESSION: getattr(step, "session_id", None),
            BENEFICIARY: case.beneficiary_id,
            PROJECT: track.project_id if track else None,
        }
    )
    return {CENTRES: REGISTRY, **named}


def reads_ceremony_named(command: Command, _state: CaseState) -> Roles:
    return _named({CEREMONY: getattr(command.step, "ceremony_id", None)})


def reads_submission(command: Command, case: CaseState) -> Roles:
    """Project, agreement and session of what is submitted, whose it is, and who works here."""
    track = _meant(command, case)
    if track is None or not track.pending:
        return {}
    agreement_id, submission = meant_submission(track, getattr(command.step, "agreement_id", None))
    named = _named(
        {
            PROJECT: track.project_id,
            AGREEMENT: agreement_id,
            SESSION: submission.session_id,
            BENEFICIARY: case.beneficiary_id,
        }
    )
    return {STAFF: DIRECTORY, **named}


def reads_project(command: Command, case: CaseState) -> Roles:
    track = _meant(command, case)
    return _named({PROJECT: track.project_id if track else None})


def reads_handed_over(command: Command, case: CaseState) -> Roles:
    """The project last handed something by that day: its approval may be ended since."""
    track = _meant(command, case)
    return _named({PROJECT: handed_over_by(track, command.step.occurred_on) if track else None})


def handed_over_by(track: SelfEmployment, day: date) -> UUID | None:
    """Of which project something was handed over last, by that day."""
    by_then = [each for each in track.handovers if each.on <= day]
    return by_then[-1].project_id if by_then else None


def reads_problem(command: Command, case: CaseState) -> Roles:
    """The project that the problem named came up with."""
    track, step = _meant(command, case), cast("RecordRecovery", command.step)
    problem = track.problems.get(key_of(step.raised_on, step.number)) if track else None
    return _named({PROJECT: problem.project_id if problem else None})


def reads_all(command: Command, case: CaseState) -> Roles:
    """The project, its agreement and its ceremony, as far as there are any."""
    track = _meant(command, case)
    if track is None:
        return {}
    return _named(
        {
            PROJECT: track.project_id,
            AGREEMENT: track.agreement_id,
            CEREMONY: track.ceremony_id,
        }
    )


def _meant(command: Command, case: CaseState) -> SelfEmployment | None:
    """The track that the step is about, if there is one."""
    named = getattr(command.step, "track_id", None)
    return find_track(case.with_only(meant_track(case, (TrackKind.SELF_EMPLOYMENT,), named)))
