"""The example's person as a child: with a guardian, and another birth date."""

from datetime import date
from typing import Any

from domain.beneficiary.steps import ChangeDetails, CorrectIdentity
from domain.example.beside import SISTER, register_beneficiary
from domain.message import Step


def as_a_child(on: date, born: date) -> tuple[Step, ...]:
    """Told on a day, before their case is opened."""
    known = register_beneficiary()
    told: dict[str, Any] = {"occurred_on": on}
    return (
        ChangeDetails(guardian=SISTER, **told),
        CorrectIdentity(
            name_latin=known.name_latin,
            sex=known.sex,
            identity=known.identity,
            birth_date=born,
            explanation="By the certificate of birth.",
            **told,
        ),
    )
