"""Who may record consent, and when."""

from domain.case.consents import decide
from domain.case.consents import events as e
from domain.case.consents import steps as s
from domain.case.path import AT_WORK, EXISTS, STAFF
from domain.steps.table import Part, row

CONSENT = Part(
    "consent",
    (
        row(s.GiveConsent, e.ConsentGiven, who=STAFF, when=AT_WORK, by=decide.give_consent),
        row(
            s.WithdrawConsent,
            e.ConsentWithdrawn,
            who=STAFF,
            when=(EXISTS,),
            by=decide.withdraw_consent,
            reads=decide.reads_person,
        ),
    ),
)
