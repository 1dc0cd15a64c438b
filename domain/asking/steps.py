"""The two answers to a request; each kind of stream has its own pair."""

from uuid import UUID

from domain.message import Step


class ConfirmRequest(Step):
    """Confirm what another person asked for."""

    request_id: UUID | None = None
    """Which; none for the only one that waits."""


class RefuseRequest(Step):
    """Refuse what another person asked for. A kind's own asks why."""

    request_id: UUID | None = None
    """Which; none for the only one that waits."""
