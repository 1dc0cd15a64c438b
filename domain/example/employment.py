"""The example's employment track: a job with a partner company, beside the workshop."""

from domain.case.steps import OpenTrack
from domain.case.vocabulary import TrackKind
from domain.example.person import Person
from domain.message import Step
from domain.tracks.employment import steps as s
from domain.tracks.employment.vocabulary import (
    ApplicationAnswer,
    ContractKind,
    EmployerKind,
    HeardFrom,
    PlacementEnd,
    PlacementFound,
)


def job(who: Person) -> tuple[Step, ...]:
    """After the release she works in a sewing factory while her project is prepared."""
    return (
        OpenTrack(occurred_on=who.day(312), track=TrackKind.EMPLOYMENT),
        s.RecordApplication(
            occurred_on=who.day(313),
            employer=EmployerKind.PARTNER,
            company=who.company,
            trade=who.trade,
        ),
        s.AnswerApplication(occurred_on=who.day(318), answer=ApplicationAnswer.ACCEPTED),
        s.RecordHire(
            occurred_on=who.day(320),
            employer=EmployerKind.PARTNER,
            company=who.company,
            contract_kind=ContractKind.FIXED_TERM,
            trade=who.trade,
        ),
        s.ReviewPlacement(
            occurred_on=who.day(352),
            found=PlacementFound.STILL_EMPLOYED,
            heard_from=HeardFrom.PERSON,
            remarks="Likes the work, and the bus is long.",
        ),
        s.ReschedulePlacementReview(
            occurred_on=who.day(400),
            review="placement/3",
            due_on=who.day(420),
        ),
        s.EndPlacement(
            occurred_on=who.day(500),
            end_reason=PlacementEnd.CONTRACT_ENDED,
            explanation="Her workshop opens soon.",
        ),
    )
