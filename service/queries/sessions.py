"""Sessions with their lists: a line is read by its case's centre, and by who sees everything."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from domain.case.reviews import next_of_track
from domain.case.standing import Standing
from domain.case.state import CaseState
from domain.errors import Refused
from domain.message import Message, StreamKind, stream_id
from domain.papers.needed import missing_for
from domain.project.state import ProjectState
from domain.project.vocabulary import DecisionKind
from domain.tracks.self_employment.state import SelfEmployment
from domain.tracks.self_employment.vocabulary import OpinionKind
from domain.values.papers import PaperKind
from domain.values.trades import Trade
from projections.views import sessions
from projections.views.pages import Part
from projections.views.session_rows import SessionRow
from service.access.reader import Reading
from service.access.scope import reads_restricted
from service.access.things import SeenSession
from service.queries.cases import Review, review_of
from service.queries.cursors import opened, sealed
from service.queries.naming import called, region_name

PUT = "submit-to-session"
"""The step that brings a project on the list, whose papers a file should have."""


class NamedSession(SessionRow):
    committee_name: str | None
    """In the language asked for, as the region's."""
    region_name: str | None


class PutLine(sessions.ListedLine):
    """A line with what was put to the session; amounts in MAD."""

    trade: Trade | None
    province: str | None
    asked: Decimal
    """Of those who fund it: its items, without the holder's own part, and the cash to start with."""
    recommended: Decimal | None
    """By the study."""
    opinion: OpinionKind | None
    changed_since_study: bool
    """Whether its items cost something else than when it was studied."""
    track_id: UUID | None
    papers_missing: tuple[PaperKind, ...]
    """What a file should have and is not attached; none is told once it is decided."""
    put_by_you: bool
    """Whether you proposed or revised it, or submitted it: then another person records the decision."""
    equipment_amount: Decimal | None
    """Approved under the agreement; null where it did not approve."""
    cash_grant: Decimal | None
    next_session_on: date | None
    """Where it was deferred: the next session's day, where the minutes name it."""
    next_review: Review | None
    """Once it is decided: what falls due next of the project."""


class Session(NamedSession):
    lines: tuple[PutLine, ...]
    """Those of your own cases; all of them for who sees every centre."""


class SessionPage(Message):
    sessions: tuple[NamedSession, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


def list_sessions(
    reading: Reading, filters: sessions.Filters, part: Part | None = None
) -> SessionPage:
    part = opened(reading, part or Part(sessions.NEWEST))
    with reading.views.reading() as conn:
        page = sessions.find(conn, filters, part)
        named = _named(reading, page.rows)
    cursor = sealed(reading, page.next_cursor)
    return SessionPage(sessions=named, next_cursor=cursor, total=page.total)


def _named(reading: Reading, rows: Sequence[SessionRow]) -> tuple[NamedSession, ...]:
    name = called(reading)
    return tuple(
        NamedSession(
            **dict(row),
            committee_name=name(row.committee, row.meets_on),
            region_name=region_name(reading, row.region),
        )
        for row in rows
    )


def get_session(reading: Reading, session: SeenSession) -> Session:
    """Raises `Refused("session_not_found")`."""
    with reading.views.reading() as conn:
        found = sessions.get(conn, session.id, session.lines_of)
        if found is None:
            raise Refused("session_not_found")
        named = _named(reading, [found])[0]
        listed = sessions.list_of(conn, session.id, session.lines_of)
    states = reading.ledger.states([name for line in listed for name in _streams_of(line)])
    return Session(
        **dict(named), lines=tuple(_put(reading, _told(reading, line), states) for line in listed)
    )


def _streams_of(line: sessions.ListedLine) -> tuple[str, str]:
    """Its project's, and its case's."""
    project = stream_id(StreamKind.PROJECT, line.project_id)
    return project, stream_id(StreamKind.CASE, line.case_id)


def _put(reading: Reading, line: sessions.ListedLine, states: Mapping[str, object]) -> PutLine:
    """As the project and its study stand now."""
    project, case = (states[name] for name in _streams_of(line))
    project, case = cast("ProjectState", project), cast("CaseState", case)
    track_id, track = _track(case, line.project_id)
    submission = track.submissions.get(line.agreement_id) if track else None
    by = track.proposers | (submission.by if submission else frozenset()) if track else frozenset()
    approves = line.decision is DecisionKind.APPROVE
    granted = project.granted.get(line.agreement_id) if approves else None
    told, decided = line.reference is not None, line.decision is not None
    return PutLine(
        **dict(line),
        trade=project.trade,
        province=project.province,
        asked=project.estimated_cost - project.own_contribution + project.start_up_cash,
        recommended=track.recommended if track else None,
        opinion=track.opinion if track else None,
        changed_since_study=_changed(track),
        track_id=track_id,
        papers_missing=missing_for(PUT, case) if told and not decided else (),
        put_by_you=not decided and reading.reader.actor.id in by,
        equipment_amount=granted.equipment if granted else None,
        cash_grant=granted.cash if granted else None,
        next_session_on=submission.next_session_on if submission and decided else None,
        next_review=_next(reading, case, track) if told and decided else None,
    )


def _track(case: CaseState, project_id: UUID) -> tuple[UUID | None, SelfEmployment | None]:
    """The track by which the project was proposed."""
    for name, each in case.tracks.items():
        if isinstance(each, SelfEmployment) and project_id in each.proposals:
            return name, each
    return None, None


def _changed(track: SelfEmployment | None) -> bool:
    return track is not None and track.studied is not None and track.cost != track.studied_cost


def _next(reading: Reading, case: CaseState, track: SelfEmployment | None) -> Review | None:
    due = next_of_track(case, track, reading.calendar) if track else None
    if due is None:
        return None
    today = reading.today
    return review_of(Standing(due, due.status(today), max((today - due.window_end).days, 0)))


UNTOLD = ("reference", "name_ar", "name_latin", "restricted_until")
"""What a line does not say of whom it is about."""


def _told(reading: Reading, line: sessions.ListedLine) -> sessions.ListedLine:
    """The line; of whom it is about nothing where the reader does not read of the restricted."""
    if line.restricted_until is None or reads_restricted(reading):
        return line
    return line.model_copy(update=dict.fromkeys(UNTOLD))
