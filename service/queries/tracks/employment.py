"""An employment track as it stands: the placements of the person, the last one first."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from domain.case.state import CaseState
from domain.case.vocabulary import TrackKind
from domain.message import Message
from domain.tracks.employment.state import Employment, Placement
from domain.tracks.employment.vocabulary import ContractKind, EmployerKind
from domain.values.codes import COMPANY
from domain.values.trades import Trade
from service.access.reader import Reading
from service.queries.tracks.base import AnyTrackAnswer, day_of, told_of_any


class PlacementAnswer(Message):
    """One job."""

    employer: EmployerKind
    company: Annotated[str | None, COMPANY]
    """The partner company, by its code."""
    contract_kind: ContractKind
    trade: Trade | None
    hired_on: date
    ended_on: date | None


class EmploymentAnswer(AnyTrackAnswer):
    """An employment track."""

    kind: Literal[TrackKind.EMPLOYMENT]
    placements: tuple[PlacementAnswer, ...]
    """The last hire first."""

    @property
    def begun_on(self) -> date | None:
        standing = (each.hired_on for each in self.placements if each.ended_on is None)
        return next(standing, None)


def employment(case: CaseState, track_id: UUID, track: Employment, _: Reading) -> EmploymentAnswer:
    return EmploymentAnswer(
        **told_of_any(case, track_id, track),
        kind=TrackKind.EMPLOYMENT,
        placements=tuple(_placement(each) for each in reversed(track.placements)),
    )


def _placement(job: Placement) -> PlacementAnswer:
    return PlacementAnswer(
        employer=job.employer,
        company=job.company,
        contract_kind=job.contract_kind,
        trade=job.trade,
        hired_on=job.hired.on,
        ended_on=day_of(job.ended),
    )
