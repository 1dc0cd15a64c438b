"""The example's employment track: a job with a partner company, beside the workshop."""

from domain.case.steps import OpenTrack
from domain.case.vocabulary import TrackKind
from domain.example.person import Person
from domain.message import Step
from domain.tracks.employment import steps as s
from domain.tracks.employment.vocabulary import ContractKind, EmployerKind


def job(who: Person) -> tuple[Step, ...]:
    """After the release she works in a sewing factory while her project is prepared."""
    return (
        OpenTrack(occurred_on=who.day(312), track=TrackKind.EMPLOYMENT),
        s.RecordHire(
            occurred_on=who.day(320),
            employer=EmployerKind.PARTNER,
            company=who.company,
            contract_kind=ContractKind.FIXED_TERM,
            trade=who.trade,
        ),
    )
