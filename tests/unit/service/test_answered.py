"""The answers in the document are the API's own, to the example's steps and questions."""

import json

from service.access.table import FOR_PAGES, QUERIES, SENDING, STEPS
from tests.support.answered import FILE, answers


def test_the_answers_shown_are_those_of_the_example() -> None:
    made = answers()
    assert made == json.loads(FILE.read_text(encoding="utf-8")), "run: make docs"
    papers = {name for name in QUERIES if name.endswith("-paper")}
    shown = STEPS.keys() | QUERIES.keys() | SENDING.keys()
    assert made.keys() >= shown - FOR_PAGES - papers
