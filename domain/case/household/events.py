"""What is recorded of the household."""

from uuid import UUID

from domain.case.events import CaseEvent
from domain.case.household.vocabulary import Kinship
from domain.case.vocabulary import Channel, ContactOutcome
from domain.message import Judicial, Personal


class HouseholdMemberAdded(CaseEvent, stored="HouseholdMemberAdded"):
    member_id: UUID
    name: Personal[str] = None
    kinship: Personal[Kinship] = None
    birth_year: Personal[int] = None


class HouseholdMemberLeft(CaseEvent, stored="HouseholdMemberLeft"):
    """They live elsewhere, or died."""

    member_id: UUID
    explanation: Personal[str] = None


class FamilyContactRecorded(CaseEvent, stored="FamilyContactRecorded"):
    """With a member of the household, and no contact with the person."""

    member_id: UUID
    channel: Judicial[Channel] = None
    outcome: ContactOutcome
    note: Personal[str] = None
