"""The steps of a session. Projects come on its list, and are decided, from their cases."""

from domain.message import Role
from domain.papers.decide import attaching, withdrawing
from domain.session import decide
from domain.session import events as e
from domain.session import steps as s
from domain.steps.conditions import house
from domain.steps.table import Part, row

ORGANISERS = frozenset({Role.COORDINATOR, Role.DIVISION})

NOT_SCHEDULED_YET = house("session_already_scheduled", lambda state: not state.exists)
SCHEDULED = house("session_not_found", lambda state: state.exists)
NOT_CANCELLED = house("session_cancelled", lambda state: not state.cancelled)
NOT_HELD = house("minutes_already_recorded", lambda state: not state.held)
HAS_PAPER = house(
    "paper_not_found", lambda state: any(each.stands for each in state.papers.values())
)

STANDING = (SCHEDULED, NOT_CANCELLED, NOT_HELD)

SESSIONS = Part(
    "sessions",
    (
        row(
            s.ScheduleSession,
            e.SessionScheduled,
            who=ORGANISERS,
            when=(NOT_SCHEDULED_YET,),
            by=decide.schedule,
            creates=True,
        ),
        row(
            s.PostponeSession,
            *(e.SessionPostponed, e.SubmissionMoved),
            who=ORGANISERS,
            when=STANDING,
            by=decide.postpone,
            reads=decide.reads_listed_cases,
        ),
        row(
            s.CancelSession,
            *(e.SessionCancelled, e.SubmissionFreed),
            who=ORGANISERS,
            when=STANDING,
            by=decide.cancel,
            reads=decide.reads_listed_cases,
        ),
        row(
            s.RecordMinutes,
            e.MinutesRecorded,
            who=ORGANISERS,
            when=STANDING,
            by=decide.record_minutes,
        ),
        row(
            s.AttachSessionDocument,
            e.SessionDocumentAttached,
            who=ORGANISERS,
            when=(SCHEDULED,),
            by=attaching(e.SessionDocumentAttached),
        ),
        row(
            s.WithdrawSessionDocument,
            e.SessionDocumentWithdrawn,
            who=ORGANISERS,
            when=(*(SCHEDULED,), HAS_PAPER),
            by=withdrawing(e.SessionDocumentWithdrawn),
        ),
    ),
)
