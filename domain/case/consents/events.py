"""What is recorded of consent."""

from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.case.events import CaseEvent
from domain.message import Personal


class ConsentGiven(CaseEvent, stored="ConsentGiven"):
    purposes: tuple[Purpose, ...]
    given_as: ConsentForm
    witness: Personal[str] = None


class ConsentWithdrawn(CaseEvent, stored="ConsentWithdrawn"):
    """Taken back, or refused where it was asked for."""

    purposes: tuple[Purpose, ...]
    explanation: Personal[str] = None
