"""The programme's events, as the ledger needs them."""

import pytest

from domain.message import FieldClass
from ledger.at_rest.mapper import encrypted_fields
from ledger.port import programme

EVENTS = programme().events


@pytest.mark.parametrize("name", EVENTS)
def test_every_personal_field_can_be_erased(name: str) -> None:
    hidden = encrypted_fields(EVENTS[name])  # raises for one that could not be None
    assert len(hidden) <= 3


def test_some_of_the_programme_is_personal() -> None:
    hidden = encrypted_fields(EVENTS["BeneficiaryRegistered"])
    assert {"name_ar", "name_latin"} <= set(hidden[FieldClass.PERSONAL])
