"""What the example's person is helped with, whom the case waits for, and who of the family is served."""

from domain.case.awaiting import steps as a
from domain.case.household import steps as h
from domain.case.household.vocabulary import Kinship
from domain.case.support import steps as s
from domain.case.support.vocabulary import DeclinedBy, SupportKind
from domain.case.vocabulary import Channel, ContactOutcome, NeedArea
from domain.example.person import Person
from domain.message import Step
from domain.values.papers import PaperKind


def underway(who: Person) -> tuple[Step, ...]:
    """As long as the card has not come, and a rehabilitation is too early."""
    rehabilitation = s.OpenSupport(
        occurred_on=who.day(308),
        kind=SupportKind.JUDICIAL_REHABILITATION,
        probably_from=who.day(308 + 3 * 365),
        details="The lawyer of the bar's legal aid counts three years.",
    )
    return (*of_case(who)[:5], rehabilitation)


def of_case(who: Person) -> tuple[Step, ...]:
    """A card is applied for, with the mother's help, and comes; the waiting for it ends."""
    return (
        h.AddHouseholdMember(
            occurred_on=who.day(304),
            name="Fatna Elmithal",
            kinship=Kinship.PARENT,
            birth_year=1961,
        ),
        s.OpenSupport(
            occurred_on=who.day(305),
            kind=SupportKind.ADMINISTRATIVE_DOCUMENTS,
            need=NeedArea.DOCUMENTS_AND_FINANCE,
            provider=who.municipality,
            look_again_on=who.day(320),
            details="Her national card was lost.",
        ),
        a.AwaitThirdParty(
            occurred_on=who.day(306),
            party=who.municipality,
            awaiting="Extract of the birth certificate",
            paper=PaperKind.OTHER,
            answer_by=who.day(315),
        ),
        h.RecordFamilyContact(
            occurred_on=who.day(307),
            channel=Channel.HOME_VISIT,
            outcome=ContactOutcome.REACHED,
            note="Keeps the family book.",
        ),
        a.AskThirdPartyAgain(
            occurred_on=who.day(316), answer_by=who.day(318), details="By phone, to the clerk."
        ),
        a.RecordThirdPartyAnswer(occurred_on=who.day(318), answer="The extract is ready."),
        s.ProgressSupport(
            occurred_on=who.day(319),
            look_again_on=who.day(335),
            details="The request was handed in.",
        ),
        s.CompleteSupport(occurred_on=who.day(340), details="The card came."),
        s.TakeUpSupport(occurred_on=who.day(341), details="Her name is misspelt on it."),
        s.DeclineSupport(
            occurred_on=who.day(342),
            declined_by=DeclinedBy.PERSON,
            details="She sees to it herself.",
        ),
        a.AwaitThirdParty(
            occurred_on=who.day(343),
            party_name="The clerk of the court",
            awaiting="A copy of a judgement",
        ),
        a.StopAwaiting(occurred_on=who.day(344), explanation="It is not needed any more."),
        h.RecordMemberLeft(occurred_on=who.day(345), explanation="Lives with her son now."),
    )
