"""How the person's answers stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.case.moment import Moment
from domain.message import FieldClass


@dataclass(frozen=True, slots=True)
class Answer:
    """Of one purpose, the last that was told."""

    given: bool
    said: Moment
    given_as: ConsentForm | None = None
    """None where it is not given, or was not told."""
    witness: Annotated[str | None, FieldClass.PERSONAL] = None
    withdrawn: bool = False
    """Whether they said no after the opening: taken back, or refused where it was asked for."""


Consents = Mapping[Purpose, Answer]
"""Without those that were never asked for."""


def agrees(consents: Consents, purpose: Purpose) -> bool:
    answer = consents.get(purpose)
    return answer is not None and answer.given


def said_on(consents: Consents, purpose: Purpose) -> date | None:
    """When they last answered."""
    answer = consents.get(purpose)
    return answer.said.on if answer else None
