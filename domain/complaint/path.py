"""The steps of a complaint: who may take each, when, and what it makes."""

from domain.complaint import decide
from domain.complaint import events as e
from domain.complaint import steps as s
from domain.complaint.about import seen_alone
from domain.message import Role
from domain.reference.events import ComplaintKept, ReferenceGiven
from domain.steps.conditions import house
from domain.steps.table import Part, row

TAKERS = frozenset({Role.CASEWORKER, Role.COORDINATOR, Role.DIVISION})
SUPERVISORS = frozenset({Role.COORDINATOR, Role.DIVISION})

FILED = house("complaint_not_found", lambda state: state.exists)
NOT_FILED_YET = house("complaint_already_filed", lambda state: not state.exists)
NOT_ERASED = house("complaint_erased", lambda state: not state.erased)
OPEN = house("complaint_ended", lambda state: state.is_open)
ENDED = house("complaint_still_open", lambda state: not state.is_open)
HANDLED = house("complaint_without_handler", lambda state: state.handler is not None)
NOT_ANSWERED = house("complaint_already_answered", lambda state: state.awaits_answer)

GOING_ON = (FILED, NOT_ERASED, OPEN)

COMPLAINTS = Part(
    "complaints",
    (
        row(
            s.FileComplaint,
            *(e.ComplaintFiled, ReferenceGiven, ComplaintKept),
            who=TAKERS,
            when=(NOT_FILED_YET,),
            by=decide.file,
            reads=decide.reads_to_file,
            creates=True,
        ),
        row(
            s.RedirectComplaint,
            *(e.ComplaintRedirected, ComplaintKept),
            who=TAKERS,
            when=GOING_ON,
            by=decide.redirect,
            reads=decide.reads_to_redirect,
            whose=seen_alone,
        ),
        row(
            s.NameComplaintHandler,
            e.ComplaintHandlerNamed,
            who=SUPERVISORS,
            when=GOING_ON,
            by=decide.name_handler,
            reads=decide.reads_sight,
            whose=seen_alone,
        ),
        row(
            s.AnswerComplaint,
            e.ComplaintAnswered,
            who=TAKERS,
            when=(*GOING_ON, HANDLED, NOT_ANSWERED),
            by=decide.answer,
            reads=decide.reads_sight,
            whose=seen_alone,
        ),
        row(
            s.CloseComplaint,
            e.ComplaintClosed,
            who=TAKERS,
            when=(*GOING_ON, HANDLED),
            by=decide.close,
            reads=decide.reads_sight,
            whose=seen_alone,
        ),
        row(
            s.WithdrawComplaint,
            e.ComplaintWithdrawn,
            who=TAKERS,
            when=GOING_ON,
            by=decide.withdraw,
            reads=decide.reads_sight,
            whose=seen_alone,
        ),
        row(
            s.PassComplaintOn,
            e.ComplaintPassedOn,
            who=TAKERS,
            when=GOING_ON,
            by=decide.pass_on,
            reads=decide.reads_sight,
            whose=seen_alone,
        ),
        row(
            s.ReopenComplaint,
            e.ComplaintReopened,
            who=TAKERS,
            when=(FILED, NOT_ERASED, ENDED),
            by=decide.reopen,
            reads=decide.reads_sight,
            whose=seen_alone,
        ),
        row(
            s.EraseComplaint,
            e.ComplaintErased,
            who=frozenset({Role.DIVISION}),
            when=(FILED, NOT_ERASED, ENDED),
            by=decide.erase,
            reads=decide.reads_sight,
            whose=seen_alone,
        ),
    ),
)
