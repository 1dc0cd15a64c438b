"""What the address of a list asks for is understood whole, or refused."""

import pytest

from domain.errors import Refused
from service.console.showing.filters import EVERYBODY, MINE, Asked


@pytest.mark.parametrize(
    "query",
    [
        {"stage": "nowhere"},
        {"stage": "follow_up "},
        {"status": "scheduled"},
        {"status": "DUE"},
        {"province": "atlantis"},
        {"whose": "theirs"},
        {"stage": "release", "province": "x"},
    ],
)
def test_a_value_that_is_none_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(Refused, match="filter_unknown"):
        Asked.of("/", query, MINE)


def test_what_is_left_empty_or_out_chooses_nothing() -> None:
    assert Asked.of("/", {"stage": "", "centre": "", "whose": ""}, MINE) == Asked("/", MINE)
    asked = Asked.of("/", {"stage": "release", "status": "due", "whose": EVERYBODY}, MINE)
    assert asked.chosen == {"stage": "release", "status": "due"}
    assert asked.whose == EVERYBODY
