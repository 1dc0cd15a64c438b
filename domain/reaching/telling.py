"""How somebody is told of a review: by a message, by a call, or not at all, and why.

By the person and their case as they stand, and the day.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from domain.beneficiary.state import BeneficiaryState
from domain.beneficiary.vocabulary import Language
from domain.case.consents.state import agrees
from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.case.state import CaseState
from domain.message import FieldClass
from domain.values.telephone import dialled


class Means(StrEnum):
    """How."""

    MESSAGE = "message"
    CALL = "call"
    NOTHING = "nothing"


class Because(StrEnum):
    """Why not by a message."""

    CASE_CLOSED = "case_closed"
    CASE_RESTS = "case_rests"
    """Paused."""
    NO_DATA = "no_data"
    """Died, erased, restricted, or registered twice and told as the other."""
    NOT_FREE = "not_free"
    NO_CONSENT = "no_consent"
    NO_PHONE = "no_phone"
    MINOR = "minor"
    """Their guardian is called."""
    NO_MESSAGE_LEFT = "no_message_left"
    DOES_NOT_READ = "does_not_read"
    OTHER_LANGUAGE = "other_language"
    NUMBER_UNFIT = "number_unfit"
    """No message can be sent to it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How somebody is told."""

    means: Means
    because: Annotated[Because | None, FieldClass.PERSONAL] = None
    """None where a message may be sent."""
    to: Annotated[str | None, FieldClass.PERSONAL] = None
    """The person's own number as E.164 has it, where a message may be sent."""
    language: Annotated[str | None, FieldClass.PERSONAL] = None
    """As the texts are kept by: `ar`, `fr`, `en`."""


WRITTEN: Mapping[Language, str] = {
    Language.DARIJA: "ar",
    Language.ARABIC: "ar",
    Language.FRENCH: "fr",
    Language.ENGLISH: "en",
}
"""In which language somebody is written to who speaks that one; in any other they are called."""


def how_to_tell(case: CaseState, person: BeneficiaryState, day: date) -> Telling:
    """How the person is told of anything on that day."""
    for why, holds in NOTHING.items():
        if holds(case, person, day):
            return Telling(Means.NOTHING, why)
    for why, holds in CALLED.items():
        if holds(case, person, day):
            return Telling(Means.CALL, why)
    number = dialled(person.phone or "")
    if number is None or person.language is None:
        return Telling(Means.CALL, Because.NUMBER_UNFIT)
    return Telling(Means.MESSAGE, to=number, language=WRITTEN[person.language])


Holds = Callable[[CaseState, BeneficiaryState, date], bool]


def _gone(_case: CaseState, person: BeneficiaryState, _day: date) -> bool:
    ended = person.erased or person.restricted or person.merged_into is not None
    return not person.exists or ended or person.died_on is not None


def _disagrees(case: CaseState, _person: BeneficiaryState, _day: date) -> bool:
    return not agrees(case.consents, Purpose.MESSAGES)


def _no_phone(_case: CaseState, person: BeneficiaryState, _day: date) -> bool:
    return not person.phones


def _does_not_read(case: CaseState, person: BeneficiaryState, _day: date) -> bool:
    """As was told; where nobody told it, who agreed by a thumbprint is taken not to."""
    if person.reads is not None:
        return not person.reads
    answer = case.consents.get(Purpose.MESSAGES)
    return answer is not None and answer.given_as is ConsentForm.THUMBPRINT


NOTHING: Mapping[Because, Holds] = {
    Because.CASE_CLOSED: lambda case, _, __: not case.is_open or case.set_aside_for is not None,
    Because.NO_DATA: lambda case, person, day: _gone(case, person, day) or case.died is not None,
    Because.CASE_RESTS: lambda case, _, day: case.pause_on(day) is not None,
    Because.NOT_FREE: lambda case, _, __: not case.is_free,
    Because.NO_CONSENT: _disagrees,
    Because.NO_PHONE: _no_phone,
}
"""Who is told nothing, the first that holds."""

CALLED: Mapping[Because, Holds] = {
    Because.MINOR: lambda case, _, day: case.is_minor(day),
    Because.DOES_NOT_READ: _does_not_read,
    Because.NO_MESSAGE_LEFT: lambda _, person, __: not person.may_leave_message,
    Because.OTHER_LANGUAGE: lambda _, person, __: person.language not in WRITTEN,
    Because.NUMBER_UNFIT: lambda _, person, __: person.phone is None,
}
"""Who is called instead, the first that holds. A relative's telephone gets no message."""
