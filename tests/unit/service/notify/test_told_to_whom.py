"""A message says no more to anybody than the list it leads to."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast
from uuid import UUID, uuid4

import pytest

from domain.beneficiary.state import BeneficiaryState
from domain.case.schedule import Due, ReviewKind
from domain.case.state import CaseState
from domain.message import Actor, Role
from ledger.ledger import Ledger
from service.notify.telling.reading import day_told, is_told_of
from service.words import writing
from service.words.language import Language

SEPTEMBER = (date(2024, 9, 10), date(2024, 9, 10), date(2024, 9, 17))
KNOWN = datetime(2024, 9, 2, tzinfo=UTC)
CASE = CaseState(centre="taza", beneficiary_id=UUID(int=2))


class OfOnePerson:
    """A ledger that holds one person."""

    def __init__(self, *, restricted: bool) -> None:
        self._restricted = restricted

    def state(self, _stream: str) -> BeneficiaryState:
        return BeneficiaryState(restricted_on=date(2024, 9, 2) if self._restricted else None)


def told(role: Role, centre: str | None, *, restricted: bool = False) -> bool:
    ledger = cast("Ledger", OfOnePerson(restricted=restricted))
    return is_told_of(ledger, Actor(id=uuid4(), role=role, centre=centre), CASE)


def test_who_came_to_another_centre_or_role_is_told_of_no_case_there() -> None:
    assert told(Role.CASEWORKER, "taza")
    assert told(Role.DIVISION, None)
    assert not told(Role.CASEWORKER, "midelt")
    assert not told(Role.COORDINATOR, "midelt")
    assert not told(Role.ADMINISTRATOR, None)


def test_of_whose_data_is_restricted_those_are_told_who_read_of_them() -> None:
    assert told(Role.COORDINATOR, "taza", restricted=True)
    assert not told(Role.CASEWORKER, "taza", restricted=True)
    assert not told(Role.DIVISION, None, restricted=True)


@pytest.mark.parametrize("language", Language)
def test_the_division_is_told_no_day_that_hangs_on_custody(language: Language) -> None:
    due = Due("", ReviewKind.FIRST_CONTACT, *SEPTEMBER, KNOWN)
    division = Actor(id=uuid4(), role=Role.DIVISION)
    caseworker = Actor(id=uuid4(), role=Role.CASEWORKER, centre="taza")
    assert day_told(due, division, language) == writing.month(due.window_end, language)
    assert day_told(due, caseworker, language) == writing.day(due.window_end, language)
    visit = replace(due, kind=ReviewKind.VISIT)
    assert day_told(visit, division, language) == writing.day(due.window_end, language)
