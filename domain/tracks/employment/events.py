"""What the case records of its employment track."""

from typing import Annotated

from domain.case.events import TrackEvent
from domain.message import Personal, Statistical
from domain.tracks.employment.vocabulary import ContractKind, EmployerKind
from domain.values.codes import COMPANY
from domain.values.trades import Trade


class Hired(TrackEvent, stored="Hired"):
    employer: Statistical[EmployerKind]
    company: Annotated[str | None, COMPANY] = None
    employer_name: Personal[str] = None
    contract_kind: ContractKind
    trade: Statistical[Trade | None] = None
    employer_told: Personal[bool] = None
