"""What is recorded of people's requests about their data."""

from uuid import UUID

from domain.beneficiary.events import BeneficiaryEvent
from domain.beneficiary.rights.vocabulary import (
    DataRequestAnswer,
    DataRequestedBy,
    DataRequestKind,
)
from domain.message import Personal


class DataRequestReceived(BeneficiaryEvent, stored="DataRequestReceived"):
    data_request_id: UUID
    kind: DataRequestKind
    asked_by: DataRequestedBy
    in_their_words: Personal[str] = None
    """What they asked, in their own words."""
    answer_days: int = 0
    """In which it is to be answered, by the rules in force on its day."""


class DataRequestAnswered(BeneficiaryEvent, stored="DataRequestAnswered"):
    data_request_id: UUID
    kind: DataRequestKind
    answer: DataRequestAnswer
    identity_seen: bool = False
    """Whether whoever was answered had shown who they are."""
    explanation: Personal[str] = None
