"""The two answers to a request; each kind of stream has its own pair."""

from uuid import UUID

from domain.asking.vocabulary import RequestGround
from domain.message import Step


class TakesTwo(Step):
    """A step that is asked for, and that a second person confirms."""

    ground: RequestGround | None = None
    """Why, in a word that whoever confirms may read, who may not read all of the file."""


class ConfirmRequest(Step):
    """Confirm what another person asked for."""

    request_id: UUID | None = None
    """Which; none for the only one that waits."""


class RefuseRequest(Step):
    """Refuse what another person asked for. A kind's own asks why."""

    request_id: UUID | None = None
    """Which; none for the only one that waits."""
