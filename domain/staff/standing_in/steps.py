"""The steps of delegations."""

from uuid import UUID

from pydantic import Field

from domain.message import Step
from domain.values.days import PlannedDay


class NameDelegate(Step):
    """Name who stands in for somebody who is absent: their cases are in that colleague's list too.

    Caseworkers and coordinators name their own delegate, a coordinator also their colleagues'. Who
    stands in for a coordinator acts as one, and confirms nothing as a second person.
    """

    staff_id: UUID
    """Who is absent."""
    delegate: UUID
    """Who stands in for them, of the same centre."""
    since: PlannedDay = Field(examples=["2026-08-03"])
    until: PlannedDay = Field(examples=["2026-08-21"])
    """The last day."""


class EndDelegation(Step):
    """End a delegation at once, before its last day is over."""

    delegation_id: UUID = Field(examples=["7d3b3f20-ad2c-5f8d-8ca8-9c4b8c301d14"])
