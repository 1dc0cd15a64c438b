"""What is recorded of it."""

from datetime import date

from domain.beneficiary.events import BeneficiaryEvent
from domain.beneficiary.restriction.vocabulary import RestrictionGround
from domain.beneficiary.rights.vocabulary import DataRequestedBy
from domain.message import Personal


class PersonRestrictedOnRequest(BeneficiaryEvent, stored="PersonRestrictedOnRequest"):
    """Only the coordinator and auditors read of them from then on; asked for again, for longer."""

    because: RestrictionGround
    asked_by: DataRequestedBy
    look_again_on: date
    """By when it is looked at whether it goes on; it ends by a step alone."""
    explanation: Personal[str] = None
