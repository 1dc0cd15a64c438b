"""Days, amounts and numbers are read as people type them, and nothing else is guessed."""

from datetime import date

import pytest

from service.console.forms import typed


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("28780.18", "28780.18"),
        ("28 780,18", "28780.18"),
        ("28\u202f780,18", "28780.18"),
        ("28,780.18", "28780.18"),
        ("1,500", "1500"),
        ("1,5", "1.5"),
        ("٢٨٧٨٠٫١٨", "28780.18"),
        ("1594075", "1594075"),
    ],
)
def test_an_amount_is_read_in_all_its_spellings(text: str, amount: str) -> None:
    assert typed.amount(text) == amount


@pytest.mark.parametrize("text", ["", "many", "1.594.075", "1,2,3", "12.345", "-5", "5 DH", "1e3"])
def test_what_is_no_amount_is_not_guessed(text: str) -> None:
    assert typed.amount(text) is None


@pytest.mark.parametrize("month", ["7", "07", "٧", "juillet", "July", "يوليوز"])
def test_a_month_is_a_number_or_a_name(month: str) -> None:
    assert typed.day("18", month, "2024") == date(2024, 7, 18)


@pytest.mark.parametrize(
    "parts", [("31", "2", "2024"), ("18", "13", "2024"), ("", "7", "2024"), ("18", "soon", "2024")]
)
def test_a_day_that_is_in_no_calendar_is_none(parts: tuple[str, str, str]) -> None:
    assert typed.day(*parts) is None
