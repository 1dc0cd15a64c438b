"""The steps of calendar links."""

from uuid import UUID

from domain.message import Step
from domain.staff.steps import KeyDigest


class MakeCalendarLink(Step):
    """Make a secret link to your own calendar; the one before opens nothing any more.

    Only its digest is ever recorded.
    """

    digest: KeyDigest


class EndCalendarLink(Step):
    """End the link to somebody's calendar, at once: as when a telephone is lost.

    Everybody their own, an administrator anybody's.
    """

    staff_id: UUID
