"""A list of what was found says why each stands in it."""

from dataclasses import replace

import pytest

from domain.case.vocabulary import Stage
from service.console.showing.found import Search, Why
from service.console.showing.gaps import Gap, Missing
from service.console.showing.list_rows import CaseLine
from service.words import writing
from service.words.language import Language

NONE = Missing(Gap.NOT_RECORDED)
SALMA = CaseLine(
    *(None, "TAZ-24-0012", writing.names("سلمى المثال", "Salma Elmithal", Language.ARABIC)),  # type: ignore[arg-type]
    *(NONE, Stage.DETENTION, False, None, None, None, NONE, NONE, "taza", ""),  # type: ignore[arg-type]
)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("TAZ-24-12", Why.REFERENCE),
        ("سلمى", Why.NAME),
        ("elmithal sal", Why.NAME),
        ("Selma", Why.SOUND),
        ("0600000001", Why.NUMBER),
    ],
)
def test_it_is_said_what_agrees(asked: str, why: Why) -> None:
    assert Search.of(asked).why(SALMA) is why


def test_the_words_that_agree_are_marked_and_no_others() -> None:
    pieces = Search.of("selma").pieces("Salma Elmithal")
    assert [(each.text, each.agrees) for each in pieces] == [("Salma", True), ("Elmithal", False)]


def test_who_has_no_name_to_read_is_found_by_a_number() -> None:
    assert Search.of("AB123456").why(replace(SALMA, names=())) is Why.NUMBER
