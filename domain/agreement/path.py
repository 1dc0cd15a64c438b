"""The steps of an agreement. Approvals and deliveries come from cases."""

from domain.agreement import decide
from domain.agreement import events as e
from domain.agreement import steps as s
from domain.message import Role
from domain.steps.handling import Condition
from domain.steps.table import Part, row

DIVISION = frozenset({Role.DIVISION})
SUPERVISORS = frozenset({Role.COORDINATOR, Role.DIVISION})

NOT_SIGNED_YET = Condition("agreement_already_signed", lambda state: not state.exists)
SIGNED = Condition("agreement_not_found", lambda state: state.exists)
OPEN = Condition("agreement_closed", lambda state: state.is_open)

STANDING = (SIGNED, OPEN)

AGREEMENTS = Part(
    "agreements",
    (
        row(
            s.SignAgreement,
            e.AgreementSigned,
            who=DIVISION,
            when=(NOT_SIGNED_YET,),
            by=decide.sign,
            creates=True,
        ),
        row(s.AmendAgreement, e.AgreementAmended, who=DIVISION, when=STANDING, by=decide.amend),
        row(s.AllowMorePlaces, e.MorePlacesAllowed, who=SUPERVISORS, when=STANDING),
        row(s.RecordFundsReceived, e.FundsReceived, who=DIVISION, when=STANDING),
        row(s.CloseAgreement, e.AgreementClosed, who=DIVISION, when=STANDING, by=decide.close),
    ),
)
