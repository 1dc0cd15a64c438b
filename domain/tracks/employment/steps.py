"""The steps of the employment track."""

from typing import Annotated, ClassVar

from domain.case.steps import TrackStep
from domain.message import FieldClass, NameText
from domain.tracks.employment.vocabulary import ContractKind, EmployerKind
from domain.values.codes import CompanyCode
from domain.values.trades import Trade

EmployerName = Annotated[NameText | None, FieldClass.PERSONAL]


class RecordHire(TrackStep):
    """Record that the person was hired, on the first day of work; the placement is reviewed from then on."""

    with_the_person: ClassVar[bool] = True

    employer: EmployerKind
    company: CompanyCode | None = None
    """The partner company."""
    employer_name: EmployerName = None
    """Of any other employer."""
    contract_kind: ContractKind
    trade: Trade | None = None
    employer_told: Annotated[bool, FieldClass.PERSONAL] = False
    """Whether the employer knows that the person is accompanied; not without their consent."""
