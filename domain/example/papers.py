"""The example's papers: attached to the case and beside it, and withdrawn again."""

from domain.agreement import steps as a
from domain.case import steps as s
from domain.ceremony import steps as c
from domain.example.person import PAPER, Person
from domain.message import Step
from domain.order import steps as o
from domain.session import steps as m
from domain.values.papers import PaperKind

MISTAKEN = "It is another one's."


def of_case(who: Person) -> tuple[Step, ...]:
    """The card, which holds for ten years; it was the wrong one."""
    day = who.day(311)
    return (
        s.AttachDocument(
            occurred_on=day,
            paper_id=PAPER,
            kind=PaperKind.IDENTITY_CARD,
            issued_on=who.day(310),
            expires_on=who.day(310 + 3652),
        ),
        s.WithdrawDocument(occurred_on=day, paper_id=PAPER, explanation="It is her sister's."),
    )


def beside(who: Person) -> tuple[Step, ...]:
    """The minutes of the session, an invoice, the list of the ceremony, the text of the agreement."""
    return (
        m.AttachSessionDocument(
            occurred_on=who.day(381), paper_id=PAPER, kind=PaperKind.MINUTES, issued_on=who.day(381)
        ),
        m.WithdrawSessionDocument(occurred_on=who.day(381), paper_id=PAPER, explanation=MISTAKEN),
        o.AttachOrderDocument(
            occurred_on=who.day(455), paper_id=PAPER, kind=PaperKind.INVOICE, issued_on=who.day(455)
        ),
        o.WithdrawOrderDocument(occurred_on=who.day(455), paper_id=PAPER, explanation=MISTAKEN),
        c.AttachCeremonyDocument(
            occurred_on=who.delivered_on,
            paper_id=PAPER,
            kind=PaperKind.LIST,
            issued_on=who.delivered_on,
        ),
        c.WithdrawCeremonyDocument(
            occurred_on=who.delivered_on, paper_id=PAPER, explanation=MISTAKEN
        ),
        a.AttachAgreementDocument(
            occurred_on=who.day(300),
            paper_id=PAPER,
            kind=PaperKind.AGREEMENT,
            issued_on=who.day(300),
        ),
        a.WithdrawAgreementDocument(occurred_on=who.day(300), paper_id=PAPER, explanation=MISTAKEN),
    )
