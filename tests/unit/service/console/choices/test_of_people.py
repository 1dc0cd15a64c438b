"""How somebody is told from others of their name in a list."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from service.console.choices.of_people import person_label
from service.words.language import Language


@dataclass(frozen=True)
class Somebody:
    """As both a row of a search and a whole answer tell of them."""

    birth_date: date | None
    birth_year: int | None
    name_ar: str | None = "سلمى المثال"
    name_latin: str | None = "Salma Elmithal"


@pytest.mark.parametrize(
    ("birth_date", "born"),
    [(date(1990, 5, 4), "4 May 1990"), (None, "1990")],
    ids=["to the day", "by the year alone"],
)
def test_a_birth_is_told_as_far_as_it_is_known(birth_date: date | None, born: str) -> None:
    person: Any = Somebody(birth_date, 1990)
    said = person_label(person, Language.ENGLISH, "TAZ-24-0012")
    told = [part.strip("\u2068\u2069") for part in said.split(", ")]
    assert told == ["Salma Elmithal", "سلمى المثال", born, "TAZ-24-0012"]


def test_nothing_is_said_of_a_birth_that_is_not_known() -> None:
    person: Any = Somebody(None, None)
    said = person_label(person, Language.ARABIC)
    assert [part.strip("\u2068\u2069") for part in said.split("، ")] == [
        "سلمى المثال",
        "Salma Elmithal",
    ]
