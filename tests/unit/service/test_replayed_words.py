"""What changed is told in words: every field of what streams come to has a name in each language."""

from datetime import date
from decimal import Decimal

import pytest

from service.console.showing.list_rows import Known
from service.console.showing.replayed import PUT_AWAY, Told, holding, label_of, rows_of
from service.queries.replaying import Changed
from service.words.language import Language

NOBODY = Known(
    staff={},
    centres={"fes": "Fès"},
    entries={"prison-taza": [(date(2020, 1, 1), "Prison locale de Taza")]},
)


@pytest.mark.parametrize("language", Language)
def test_every_field_of_a_state_has_a_name(language: Language) -> None:
    """A new field needs a word `told_field_<name>` (`pages/replayed_fields.json`), unless a step has it."""
    assert {name for name in holding() if label_of(name, language) == name} == set()


def test_a_value_reads_as_what_its_field_holds() -> None:
    changes = [
        Changed(path=("centre",), was=None, becomes="fes"),
        Changed(path=("enquired", "on"), was=None, becomes="2024-02-11"),
        Changed(path=("enquired", "known"), was=None, becomes="2024-03-02T10:00:00Z"),
        Changed(path=("approvals", "x", "cash_paid"), was="0.00", becomes="1500.50"),
        Changed(path=("route",), was=None, becomes="detention"),
        Changed(path=("has_housing",), was=None, becomes=True),
        Changed(path=("province",), was="taza", becomes=None),
        Changed(path=("stays", "1", "place"), was=None, becomes="prison-taza"),
        Changed(path=("caseworker",), was=None, becomes="6f0c2a52-6e0c-5d1f-9b1a-2f4a54c6a7e1"),
    ]
    rows = rows_of(changes, NOBODY, Language.ENGLISH)
    told = {row.path[-1]: row.becomes for row in rows}
    assert told["Centre"] == (Told("text", "Fès"),)
    assert told["Social enquiry"] == (Told("day", date(2024, 2, 11)),), (
        "a moment is told by its day"
    )
    assert told["Cash paid"] == (Told("amount", Decimal("1500.50")),)
    assert Told("text", "yes") in {each for some in told.values() for each in some}
    assert told["Caseworker"] == (Told("code", "6f0c2a52"),), "an id by its first digits"
    assert told["Place"] == (Told("text", "Prison locale de Taza"),)
    (province,) = [row for row in rows if row.path == ("Province or prefecture",)]
    assert (province.was, province.becomes) == ((Told("text", "Taza"),), ())
    assert len(rows) == len(changes) - 1


def test_names_are_put_away_where_somebody_looks_over_the_shoulder() -> None:
    named = Changed(path=("name_latin",), was=None, becomes="Driss El Khayali")
    (row,) = rows_of([named], NOBODY, Language.ENGLISH, hides_names=True)
    assert (row.was, row.becomes) == ((), (PUT_AWAY,))
