"""Attestations: numbered without gaps, kept as they were printed, cancelled and never corrected."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from domain.beneficiary.steps import CorrectIdentity
from domain.case.attestation.events import AttestationIssued
from domain.case.attestation.state import Attestation
from domain.case.attestation.steps import CancelAttestation, IssueAttestation
from domain.case.attestation.vocabulary import AttestationKind
from domain.case.steps import CloseCase
from domain.case.vocabulary import Outcome
from domain.errors import Refused
from domain.mending.ways import way_of
from domain.message import StreamKind, stream_id
from tests.unit.domain.conftest import House

DAY = date(2026, 2, 2)
VOID = CancelAttestation(occurred_on=DAY, explanation="Wrong addressee.")


@pytest.fixture
def opened(house: House) -> House:
    house.walk(house.way.steps()[:1])
    return house


def issue(house: House, **more: Any) -> Attestation:
    said: dict[str, Any] = {
        "occurred_on": DAY,
        "kind": AttestationKind.FOLLOW_UP,
        "for_whom": "the municipality",
    }
    before = house.case.attestations
    house.take(IssueAttestation(**said | more))
    (name,) = house.case.attestations.keys() - before.keys()
    return house.case.attestations[name]


def test_numbers_go_on_by_centre_and_year_and_a_cancelled_one_keeps_its_own(opened: House) -> None:
    assert issue(opened).number == "A-TAZ-26-0001"
    opened.take(VOID)
    assert issue(opened).number == "A-TAZ-26-0002"
    assert issue(opened, occurred_on=date(2025, 12, 30)).number == "A-TAZ-25-0001"
    numbers = {each.number for each in opened.case.attestations.values()}
    assert len(numbers) == 3


def test_a_refused_one_takes_no_number(opened: House) -> None:
    with pytest.raises(Refused, match="attestation_names_training"):
        issue(opened, kind=AttestationKind.TRAINING_FOLLOWED)
    with pytest.raises(Refused, match="attestation_names_training"):
        issue(opened, training="Sewing")
    assert issue(opened).number == "A-TAZ-26-0001"


def test_it_says_what_was_known_when_it_was_issued_whatever_is_corrected_since(
    opened: House,
) -> None:
    before = issue(opened)
    person = stream_id(StreamKind.BENEFICIARY, opened.way.beneficiary_id)
    correct = opened.way.step(CorrectIdentity).model_copy(
        update={"occurred_on": DAY, "name_latin": "Salma Otherwise"}
    )
    opened.paper.take(person, correct, opened.caseworker)
    assert before.name_latin != "Salma Otherwise"
    assert opened.case.attestations == {
        name: replace(each, name_latin=before.name_latin)
        for name, each in opened.case.attestations.items()
    }
    assert issue(opened).name_latin == "Salma Otherwise"


def test_it_is_cancelled_once_and_never_corrected(opened: House) -> None:
    issue(opened)
    opened.take(VOID)
    with pytest.raises(Refused, match="attestation_not_found"):
        opened.take(VOID)
    with pytest.raises(Refused):
        opened.take(VOID.model_copy(update={"attestation_id": uuid4()}))
    assert way_of(AttestationIssued).correct == "cancel-attestation"


def test_of_several_the_one_that_is_named_is_cancelled(opened: House) -> None:
    issue(opened)
    issue(opened)
    with pytest.raises(Refused, match="one_of_several_not_named"):
        opened.take(VOID)
    first = next(iter(opened.case.attestations))
    opened.take(VOID.model_copy(update={"attestation_id": first}))
    standing = [each.cancelled is None for each in opened.case.attestations.values()]
    assert standing == [False, True]


def test_one_is_given_after_the_case_was_closed(opened: House) -> None:
    opened.take(CloseCase(occurred_on=DAY, outcome=Outcome.LEFT_COUNTRY))
    assert issue(opened).number == "A-TAZ-26-0001"


def test_a_training_is_followed_before_it_is_attested(opened: House) -> None:
    told = {"kind": AttestationKind.TRAINING_FOLLOWED, "training": "Sewing"}
    with pytest.raises(Refused, match="date_after_later_step"):
        issue(opened, **told, followed_from=date(2026, 2, 3))
    with pytest.raises(Refused, match="date_before_earlier_step"):
        issue(opened, **told, followed_from=DAY, followed_until=date(2026, 2, 1))
    assert issue(opened, **told, followed_from=date(2025, 9, 1), followed_until=DAY).training
