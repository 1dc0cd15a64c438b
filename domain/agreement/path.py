"""The steps of an agreement. Approvals and deliveries come from cases."""

from domain.agreement import correcting, decide
from domain.agreement import events as e
from domain.agreement import steps as s
from domain.asking.rows import Asking, two_people
from domain.message import Event, Role, Step
from domain.papers.decide import attaching, withdrawing
from domain.steps.conditions import Condition, house
from domain.steps.handling import Handling, Rule
from domain.steps.table import Part, row

DIVISION = frozenset({Role.DIVISION})
SUPERVISORS = frozenset({Role.COORDINATOR, Role.DIVISION})

NOT_SIGNED_YET = house("agreement_already_signed", lambda state: not state.exists)
SIGNED = house("agreement_not_found", lambda state: state.exists)
OPEN = house("agreement_closed", lambda state: state.is_open)
CLOSED = house("agreement_not_closed", lambda state: state.closed)
HAS_PAPER = house(
    "paper_not_found", lambda state: any(each.stands for each in state.papers.values())
)

STANDING = (SIGNED, OPEN)


def _of_a_territory(step: type[Step], made: type[Event], by: Rule | None = None) -> Handling:
    """What the coordinator may do whose centre alone it meets, and always the division."""
    reads, whose = decide.reads_centres, decide.of_its_territory
    return row(step, made, who=SUPERVISORS, when=STANDING, by=by, reads=reads, whose=whose)


def _paper(step: type[Step], made: type[Event], by: Rule, *more: Condition) -> Handling:
    """Also of one that is closed."""
    reads, whose = decide.reads_centres, decide.of_its_territory
    return row(step, made, who=SUPERVISORS, when=(SIGNED, *more), by=by, reads=reads, whose=whose)


MORE_PLACES = Asking(_of_a_territory(s.AllowMorePlaces, e.MorePlacesAllowed), e.MorePlacesRequested)

REOPENING = Asking(
    row(
        s.ReopenAgreement,
        e.AgreementReopened,
        who=DIVISION,
        when=(SIGNED, CLOSED),
        by=decide.reopen,
        reads=decide.reads_centres,
        whose=decide.of_its_territory,
    ),
    e.ReopeningRequested,
)

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
        _of_a_territory(s.AmendAgreement, e.AgreementAmended, by=decide.amend),
        row(
            s.RecordFundsReceived,
            e.FundsReceived,
            who=DIVISION,
            when=STANDING,
            by=decide.receive,
        ),
        row(s.RepayFunds, e.FundsRepaid, who=DIVISION, when=(SIGNED,), by=decide.repay),
        row(
            s.CarryFundsOver,
            *(e.FundsCarriedOut, e.FundsCarriedIn),
            who=DIVISION,
            when=(SIGNED,),
            by=decide.carry_over,
            reads=decide.reads_both,
        ),
        row(
            s.CorrectFunds,
            *(e.FundsReversed, e.FundsReceived, e.FundsRepaid),
            who=DIVISION,
            when=(SIGNED,),
            by=correcting.correct,
        ),
        row(
            s.ReverseFunds,
            *(e.FundsReversed, e.CarriedFundsReversed),
            who=DIVISION,
            when=(SIGNED,),
            by=correcting.reverse,
            reads=correcting.reads_other,
        ),
        row(
            s.DeclareShortfall,
            e.ShortfallDeclared,
            who=DIVISION,
            when=STANDING,
            by=decide.declare_shortfall,
        ),
        _of_a_territory(s.CloseAgreement, e.AgreementClosed, by=decide.close),
        _paper(
            s.AttachAgreementDocument,
            e.AgreementDocumentAttached,
            attaching(e.AgreementDocumentAttached),
        ),
        _paper(
            s.WithdrawAgreementDocument,
            e.AgreementDocumentWithdrawn,
            withdrawing(e.AgreementDocumentWithdrawn),
            HAS_PAPER,
        ),
        *two_people(
            MORE_PLACES,
            REOPENING,
            confirm=(s.ConfirmAgreementRequest, e.AgreementRequestConfirmed),
            refuse=(s.RefuseAgreementRequest, e.AgreementRequestRefused),
            when=(SIGNED,),
            whose=decide.of_its_territory,
            reads=decide.reads_centres,
        ),
    ),
)
