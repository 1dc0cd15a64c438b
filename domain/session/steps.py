"""The steps of a session. Its list is filled, and its lines decided, from cases."""

from pydantic import Field

from domain.message import LongText, ShortText, Step
from domain.papers.steps import AttachPaper, WithdrawPaper
from domain.rules import DecidingBody
from domain.values.codes import CommitteeCode
from domain.values.days import PlannedDay
from domain.values.places import RegionCode


class ScheduleSession(Step):
    """Schedule a session of a committee, of the Foundation's commission, or of a region."""

    body: DecidingBody
    committee: CommitteeCode | None = None
    """Of a committee alone: which."""
    region: RegionCode | None = None
    """Of a region alone: which."""
    meets_on: PlannedDay


class PostponeSession(Step):
    """Move the session to another day; its list stays."""

    meets_on: PlannedDay
    explanation: LongText


class CancelSession(Step):
    """Cancel the session: the projects on its list are no longer submitted."""

    explanation: LongText


class RecordMinutes(Step):
    """Record that the session was held, by the number of its minutes."""

    minutes: ShortText = Field(examples=["2024/17"])


class AttachSessionDocument(AttachPaper):
    """Attach to a session a paper that was sent before."""


class WithdrawSessionDocument(WithdrawPaper):
    """Withdraw a paper of a session that was attached by mistake: nobody opens it any more."""

    explanation: LongText
