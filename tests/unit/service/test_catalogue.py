"""The pages on events and on privacy say what the code does."""

import re
from pathlib import Path

import pytest

from domain.events.shapes import topic_of
from domain.events.stored import EVENTS, class_of_field
from domain.message import ENCRYPTED, FieldClass
from service.words.catalogue import ABOUT_A_PERSON, ERASED, events_page, privacy_page

DOCS = Path(__file__).parents[3] / "docs"
ROW = re.compile(r"^\| `(\w+)` \| `(\w+)` \| (\w+) \| (stays|unreadable)", re.MULTILINE)


@pytest.mark.parametrize(
    ("page", "made"), [("events.md", events_page()), ("privacy.md", privacy_page())]
)
def test_the_committed_pages_are_up_to_date(page: str, made: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == made, "run `make docs`"


def test_the_catalogue_has_every_type_once() -> None:
    named = re.findall(r"^### `(\S+)`$", events_page(), re.MULTILINE)
    assert sorted(named) == sorted(topic_of(cls) for cls in EVENTS.values())


def test_every_field_about_a_person_has_its_line() -> None:
    """With the class that masks it, and with what an erasure leaves of it."""
    lines = ROW.findall(privacy_page())
    assert {(event, field) for event, field, _, _ in lines} == {
        (name, field)
        for name, cls in EVENTS.items()
        if cls.stream in ABOUT_A_PERSON
        for field in cls.model_fields
    }
    for event, field, mark, left in lines:
        assert FieldClass(mark) is class_of_field(event, field)
        erased = FieldClass(mark) in ENCRYPTED and EVENTS[event].stream in ERASED
        assert (left == "unreadable") == erased
