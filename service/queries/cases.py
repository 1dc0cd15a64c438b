"""One case, as it stands this instant."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.beneficiary.state import BeneficiaryState
from domain.calendar import Calendar
from domain.case.moment import Moment
from domain.case.reviews import dues
from domain.case.schedule import ReviewKind, ReviewStatus
from domain.case.state import CaseState
from domain.case.vocabulary import DetentionStatus, NeedArea, NeedStatus, Outcome, Route, Stage
from domain.errors import Refused
from domain.message import Actor, FieldClass, Message
from service.access.scope import beneficiary_state, case_state
from service.access.table import require_centre
from service.queries.case_steps import ClosedStep, OpenStep, closed_steps, open_steps
from service.queries.sources import Reading
from service.queries.tracks import TrackAnswer, track_answers
from service.words.problems import Language


class Review(Message):
    """A review that is outstanding."""

    key: str = Field(examples=["visit/3/2024-07-18"])
    kind: ReviewKind
    due_on: date
    window_start: date
    window_end: date
    status: ReviewStatus


class Custody(Message):
    status: DetentionStatus | None
    detained_since: date | None
    expected_release: date | None
    released_on: date | None


class CaseAnswer(Message):
    """A case: who, where, how far, what is due, and what can be done now."""

    case_id: UUID
    version: int
    """The number in `ETag`, for `If-Match`: a reminder leaves it as it is."""
    beneficiary_id: UUID | None
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    erased: bool
    stage: Stage
    is_open: bool
    paused: bool
    outcome: Outcome | None
    route: Route | None
    centre: str | None
    province: str | None
    caseworker: UUID | None
    rules_version: str
    opened_on: date | None
    eligible: bool | None
    planned_on: date | None
    custody: Custody
    needs: Annotated[dict[NeedArea, NeedStatus] | None, FieldClass.HEALTH]
    tracks: tuple[TrackAnswer, ...]
    reviews: tuple[Review, ...]
    open_steps: tuple[OpenStep, ...]
    closed_steps: tuple[ClosedStep, ...]


def seen_case(reading: Reading, actor: Actor, case_id: UUID) -> CaseState:
    """The case's state, for somebody who may see it.

    Raises `Refused("case_not_found")` and `NotAllowed("other_centre")`.
    """
    state = case_state(reading.ledger, case_id)
    if not state.exists:
        raise Refused("case_not_found")
    require_centre(actor, state.centre)
    return state


def get_case(reading: Reading, actor: Actor, case_id: UUID, language: Language) -> CaseAnswer:
    state = seen_case(reading, actor, case_id)
    person = BeneficiaryState()
    if state.beneficiary_id is not None:
        person = beneficiary_state(reading.ledger, state.beneficiary_id)
    return CaseAnswer(
        case_id=case_id,
        version=state.seen,
        beneficiary_id=state.beneficiary_id,
        name_ar=person.name_ar,
        name_latin=person.name_latin,
        erased=person.erased,
        stage=state.stage,
        is_open=state.is_open,
        paused=state.paused is not None,
        outcome=state.outcome,
        route=state.route,
        centre=state.centre,
        province=state.province,
        caseworker=state.caseworker,
        rules_version=state.rules_version,
        opened_on=_day(state.opened),
        eligible=state.eligible,
        planned_on=_day(state.planned),
        custody=_custody(state),
        needs=dict(state.needs),
        tracks=track_answers(state),
        reviews=reviews_of(state, reading.calendar, reading.today),
        open_steps=tuple(open_steps(case_id, state, actor)),
        closed_steps=tuple(closed_steps(state, language)),
    )


def reviews_of(state: CaseState, calendar: Calendar, today: date) -> tuple[Review, ...]:
    """The outstanding reviews, soonest first, as they stand on a day."""
    return tuple(
        Review(
            key=due.key,
            kind=due.kind,
            due_on=due.due_on,
            window_start=due.window_start,
            window_end=due.window_end,
            status=due.status(today),
        )
        for due in dues(state, calendar)
    )


def _custody(state: CaseState) -> Custody:
    return Custody(
        status=state.custody.status,
        detained_since=state.custody.detained_since,
        expected_release=state.custody.expected_release,
        released_on=_day(state.custody.released),
    )


def _day(moment: Moment | None) -> date | None:
    return moment.on if moment else None
