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
        ("35 000,50", "35000.50"),
        ("35\u00a0000,5", "35000.5"),
        ("35 000", "35000"),
        ("35.000,50", "35000.50"),
        ("35,000.50", "35000.50"),
        ("1,594,075", "1594075"),
        ("1.594.075", "1594075"),
        ("1.594.075,25", "1594075.25"),
        ("1,5", "1.5"),
        ("1,50", "1.50"),
        ("۳۵٬۰۰۰٫۵۰", "35000.50"),
        ("٣٥٠٠٠،٥٠", "35000.50"),
        ("0", "0"),
        ("٢٨٧٨٠٫١٨", "28780.18"),
        ("1594075", "1594075"),
    ],
)
def test_an_amount_is_read_in_all_its_spellings(text: str, amount: str) -> None:
    assert typed.amount(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        *("", "many", "1,2,3", "-5", "-0", "+5", "5 DH", "1e3", "1.", ".5", ",5", "0x5", "5/2"),
        *("1,500", "12.345", "35,000", "٣٥٬٠٠٠٬٥", "1,500,00", "1,500.000", "35 00,50", "3 50"),
        *("1 5", "35 0000", "1,594 075", "1.594,075", "½", "²"),
    ],
)
def test_what_is_no_amount_or_could_be_two_is_not_guessed(text: str) -> None:
    assert typed.amount(text) is None


@pytest.mark.parametrize(("text", "number"), [("40", "40"), ("1 500", "1500"), ("٤٠", "40")])
def test_a_whole_number_is_read_in_either_digits(text: str, number: str) -> None:
    assert typed.number(text) == number


@pytest.mark.parametrize(
    "text", ["", "1,5", "1.500", "1,500", "4 0", "-1", "1e3", "four", "1234567890"]
)
def test_what_is_no_whole_number_is_not_guessed(text: str) -> None:
    assert typed.number(text) is None


@pytest.mark.parametrize("month", ["7", "07", "٧", "juillet", "July", "يوليوز"])
def test_a_month_is_a_number_or_a_name(month: str) -> None:
    assert typed.day("18", month, "2024") == date(2024, 7, 18)


@pytest.mark.parametrize(
    "parts", [("31", "2", "2024"), ("18", "13", "2024"), ("", "7", "2024"), ("18", "soon", "2024")]
)
def test_a_day_that_is_in_no_calendar_is_none(parts: tuple[str, str, str]) -> None:
    assert typed.day(*parts) is None
