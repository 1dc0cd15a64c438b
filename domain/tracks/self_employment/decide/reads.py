"""What the track's rules read beside the case: the project, its agreement, its ceremony."""

from collections.abc import Sequence
from uuid import UUID

from domain.case.state import CaseState
from domain.case.vocabulary import TrackKind
from domain.errors import Refused
from domain.message import Command, StreamKind, derived_id, stream_id
from domain.tracks.row import meant_track
from domain.tracks.self_employment.state import SelfEmployment, find_track


def track_of(case: CaseState) -> SelfEmployment:
    """The track in question, which the rule is given alone; raises `Refused` without one."""
    track = find_track(case)
    if track is None:
        raise Refused("track_not_open")
    return track


def _stream(kind: StreamKind, name: UUID | None) -> tuple[str, ...]:
    return () if name is None else (stream_id(kind, name),)


def reads_new_project(command: Command, _state: CaseState) -> Sequence[str]:
    return (stream_id(StreamKind.PROJECT, derived_id(command.id, "project")),)


def reads_agreement_named(command: Command, _state: CaseState) -> Sequence[str]:
    step = command.step
    return _stream(StreamKind.AGREEMENT, getattr(step, "agreement_id", None))


def reads_ceremony_named(command: Command, _state: CaseState) -> Sequence[str]:
    step = command.step
    return _stream(StreamKind.CEREMONY, getattr(step, "ceremony_id", None))


def reads_all(command: Command, case: CaseState) -> Sequence[str]:
    """The project, its agreement and its ceremony, as far as there are any."""
    named = getattr(command.step, "track_id", None)
    track = find_track(case.with_only(meant_track(case, TrackKind.SELF_EMPLOYMENT, named)))
    if track is None:
        return ()
    return (
        *_stream(StreamKind.PROJECT, track.project_id),
        *_stream(StreamKind.AGREEMENT, track.agreement_id),
        *_stream(StreamKind.CEREMONY, track.ceremony_id),
    )
