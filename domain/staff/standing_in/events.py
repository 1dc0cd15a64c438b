"""What is recorded of delegations, in the directory of staff."""

from datetime import date
from uuid import UUID

from domain.staff.events import StaffEvent


class DelegateNamed(StaffEvent, stored="DelegateNamed"):
    delegation_id: UUID
    staff_id: UUID
    """Who is absent."""
    delegate: UUID
    since: date
    until: date
    """The last day."""


class DelegationEnded(StaffEvent, stored="DelegationEnded"):
    """Before its last day was over."""

    delegation_id: UUID
    staff_id: UUID
