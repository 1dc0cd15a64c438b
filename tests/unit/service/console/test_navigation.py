"""From every page its reader can go where they may, and to nothing else."""

from pathlib import Path

import pytest

from domain.message import Role
from service.access.table import QUERIES, REACH
from service.console import rendering
from service.console.navigation import FIRST, OF, entries, may_search
from service.console.pages.routes import PAGES
from service.words.language import Language
from service.words.store import words

ADDRESSES = {path for method, path, _ in PAGES if method == "GET"}


@pytest.mark.parametrize("role", REACH)
def test_each_entry_has_its_page_its_words_and_is_the_readers_to_see(role: Role) -> None:
    assert OF[role][0].path == "/", "the first entry is the first page"
    for entry in OF[role]:
        assert entry.path in ADDRESSES
        assert role in QUERIES[entry.query].who
        for language in Language:
            assert words(language).page[entry.name]


def test_each_entry_has_a_picture_of_its_own() -> None:
    """What has none is shown by the dots of *More*."""
    drawn = (Path(rendering.__file__).parent / "templates" / "parts.html").read_text("utf-8")
    icons = drawn[drawn.index("macro icon") : drawn.index("endmacro", drawn.index("macro icon"))]
    names = {entry.name for entries_of in OF.values() for entry in entries_of}
    assert {each for each in names if f'"{each}"' not in icons} == set()


def test_the_entry_of_the_page_is_marked_and_so_is_that_of_what_stands_below_it() -> None:
    def current(here: str) -> list[str]:
        return [each.name for each in entries(Role.COORDINATOR, here) if each.current]

    assert current("/agreements?after=x") == ["agreements"]
    assert current("/agreements/1/stock") == ["agreements"]
    assert current("/cases?whose=mine") == ["caseload"]
    assert current("/cases/1") == current("/found/x") == ["caseload"]
    assert current("/more") == []


def test_a_phone_has_so_many_places_as_a_thumb_reaches() -> None:
    found = [each.first for each in entries(Role.COORDINATOR, "/")]
    assert found == [True] * FIRST + [False] * (len(found) - FIRST)


def test_who_may_not_read_names_has_no_box_to_find_them() -> None:
    assert may_search(Role.CASEWORKER)
    assert not may_search(Role.DIVISION)
    assert not may_search(Role.ADMINISTRATOR)
