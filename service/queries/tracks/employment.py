"""An employment track as it stands: the placements of the person, the last one first."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from domain.case.state import CaseState
from domain.case.vocabulary import TrackKind
from domain.message import FieldClass, Message
from domain.tracks.employment.state import Application, Employment, Placement
from domain.tracks.employment.vocabulary import (
    ApplicationAnswer,
    ContractKind,
    EmployerKind,
    PlacementEnd,
)
from domain.values.codes import COMPANY
from domain.values.trades import Trade
from service.access.reader import Reading
from service.queries.naming import Called, called
from service.queries.tracks.base import AnyTrackAnswer, day_of, told_of_any


class JobAnswer(Message):
    """A job: with whom, and as what."""

    employer: EmployerKind
    company: Annotated[str | None, COMPANY]
    """The partner company, by its code."""
    company_name: str | None
    """As it was called on that day, in the language asked for."""
    employer_name: Annotated[str | None, FieldClass.PERSONAL]
    """Of any other employer."""
    trade: Trade | None


class ApplicationMadeAnswer(JobAnswer):
    """A job that was applied for."""

    application_id: UUID
    applied_on: date
    answer: ApplicationAnswer | None
    """Null while nothing came."""
    answered_on: date | None


class PlacementAnswer(JobAnswer):
    """A job the person was hired for."""

    contract_kind: ContractKind
    hired_on: date
    found_on: date | None
    """When the person was last found still employed."""
    ended_on: date | None
    end_reason: Annotated[PlacementEnd | None, FieldClass.JUDICIAL]


class EmploymentAnswer(AnyTrackAnswer):
    """An employment track."""

    kind: Literal[TrackKind.EMPLOYMENT]
    applications: tuple[ApplicationMadeAnswer, ...]
    """The last one first."""
    placements: tuple[PlacementAnswer, ...]
    """The last hire first."""

    @property
    def begun_on(self) -> date | None:
        standing = (each.hired_on for each in self.placements if each.ended_on is None)
        return next(standing, None)


def employment(
    case: CaseState, track_id: UUID, track: Employment, reading: Reading
) -> EmploymentAnswer:
    named = called(reading)
    return EmploymentAnswer(
        **told_of_any(case, track_id, track),
        kind=TrackKind.EMPLOYMENT,
        applications=tuple(
            _application(*each, named) for each in reversed([*track.applications.items()])
        ),
        placements=tuple(_placement(each, named) for each in reversed(track.placements)),
    )


def _application(application_id: UUID, it: Application, named: Called) -> ApplicationMadeAnswer:
    return ApplicationMadeAnswer(
        **_job(it, it.made.on, named),
        application_id=application_id,
        applied_on=it.made.on,
        answer=it.answer,
        answered_on=day_of(it.answered),
    )


def _placement(it: Placement, named: Called) -> PlacementAnswer:
    return PlacementAnswer(
        **_job(it, it.hired.on, named),
        contract_kind=it.contract_kind,
        hired_on=it.hired.on,
        found_on=day_of(it.found),
        ended_on=day_of(it.ended),
        end_reason=it.end_reason,
    )


def _job(it: Application | Placement, on: date, named: Called) -> dict[str, Any]:
    return {
        "employer": it.employer,
        "company": it.company,
        "company_name": named(it.company, on),
        "employer_name": it.employer_name,
        "trade": it.trade,
    }
