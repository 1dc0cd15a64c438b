"""What is told beside a case: a complaint, somebody who came and has none; and what is attested."""

from domain.case.attestation.steps import CancelAttestation, IssueAttestation
from domain.case.attestation.vocabulary import AttestationKind
from domain.complaint import steps as s
from domain.complaint.vocabulary import Complainant, ComplaintChannel, ComplaintOutcome
from domain.example.person import Person
from domain.message import Step
from domain.reception.steps import CancelReception, RecordReception
from domain.reception.vocabulary import ReceptionReason


def complaint(who: Person) -> tuple[Step, ...]:
    """A sister came to the office and said that nobody rings back."""
    return (
        s.FileComplaint(
            occurred_on=who.day(400),
            centre=who.centre,
            complainant=Complainant.RELATIVE,
            channel=ComplaintChannel.ORAL,
            name="Amina Elmithal",
            reply_to="+212 600 000 002",
            words="Nobody has called back since March, though it was promised twice.",
        ),
        s.NameComplaintHandler(occurred_on=who.day(401), handler=who.caseworker),
        s.AnswerComplaint(
            occurred_on=who.day(408),
            channel=ComplaintChannel.TELEPHONE,
            answer="The visit was put off; it is set for Tuesday, and we said sorry.",
        ),
        s.CloseComplaint(
            occurred_on=who.day(409),
            outcome=ComplaintOutcome.UPHELD,
            explanation="Calls are noted on the centre's list from now on.",
        ),
        s.ReopenComplaint(occurred_on=who.day(420), explanation="Nobody came on Tuesday."),
        s.PassComplaintOn(
            occurred_on=who.day(421),
            authority="the regional ombudsman",
            explanation="The family wrote there too.",
        ),
        s.ReopenComplaint(occurred_on=who.day(430), explanation="They sent it back to us."),
        s.RedirectComplaint(
            occurred_on=who.day(431),
            about_centre=who.centre,
            explanation="It is about how the centre answers its telephone.",
        ),
        s.WithdrawComplaint(occurred_on=who.day(440), explanation="It has been settled since."),
        s.EraseComplaint(occurred_on=who.day(500)),
    )


def reception(who: Person) -> tuple[Step, ...]:
    return (
        RecordReception(
            occurred_on=who.day(430),
            centre=who.centre,
            reason=ReceptionReason.DOCUMENTS,
            sent_to=who.municipality,
        ),
        CancelReception(occurred_on=who.day(430), explanation="The person has a case already."),
    )


def attestations(who: Person) -> tuple[Step, ...]:
    """One for the municipality, in the wrong name at first."""
    return (
        IssueAttestation(
            occurred_on=who.day(320),
            kind=AttestationKind.FOLLOW_UP,
            for_whom="the municipality of Taza",
            purpose="an administrative file",
        ),
        CancelAttestation(occurred_on=who.day(321), explanation="It was for the province."),
    )


def beside(who: Person) -> tuple[Step, ...]:
    return (*complaint(who), *reception(who))
