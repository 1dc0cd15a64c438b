"""The committed OpenAPI document is the API's, and a developer can follow it."""

import json
from pathlib import Path
from typing import Any

import pytest

from service.access.table import FOR_PAGES, QUERIES, STEPS
from service.api.app import create_app
from service.api.document.page import page_of
from service.api.document.samples import spoken_of
from service.api.document.tags import TAGS
from service.api.parsing import body_as
from service.api.steps.examples import EXAMPLES
from service.api.steps.routes import operations
from service.problems.table import STATUS
from service.words.language import Language
from service.words.store import words
from tests.support.documented import codes_of

COMMITTED = Path(__file__).parents[3] / "docs/openapi.json"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return create_app().openapi()


def test_the_committed_document_is_up_to_date(document: dict[str, Any]) -> None:
    committed = json.loads(COMMITTED.read_text(encoding="utf-8"))
    assert committed == json.loads(json.dumps(document)), "run: make docs"


def test_every_step_is_described_with_an_example(document: dict[str, Any]) -> None:
    found = operations_of(document)
    exposed = STEPS.keys() - FOR_PAGES
    assert found.keys() >= exposed | QUERIES.keys()
    assert not found.keys() & FOR_PAGES
    for step in exposed:
        body = found[step]["requestBody"]["content"]["application/json"]
        assert body["examples"][step]["value"] == EXAMPLES[step]
        assert found[step]["description"]


def operations_of(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        operation["operationId"]: operation
        for path in document["paths"].values()
        for operation in path.values()
    }


def test_every_tag_is_described_and_used(document: dict[str, Any]) -> None:
    used = {tag for each in operations_of(document).values() for tag in each["tags"]}
    assert used == TAGS.keys(), "tags.py describes what operations are about"


def test_every_operation_shows_what_it_answers(document: dict[str, Any]) -> None:
    without = [
        name
        for name, operation in operations_of(document).items()
        for status, answer in operation["responses"].items()
        if status.startswith("2")
        and not all(content.get("examples") for content in answer["content"].values())
    ]
    assert without == [], "run: make docs"


# What no operation names, each with where it is answered instead.
ELSEWHERE = {
    "invitation_over": "at the console, where passwords are set",
    "calendar_of_another": "at the console, where links to calendars are made and ended",
    "no_calendar_link": "at the console, where links to calendars are made and ended",
    "login_name_taken": "at the console, where somebody is invited to set one",
    "own_password_needed": "at the console, where one's own is changed",
    "batch_line_unfit": "of a line, where a batch looks at it",
    "batch_moved_on": "to a timer, whose steps nobody asks for here",
    "filter_unknown": "at the console, to an address that nobody chose on a page",
    "method_not_allowed": "at an address that has no such method",
    "not_due_yet": "to a timer, whose steps nobody asks for here",
    "sent_from_elsewhere": "at the console, to a form of another site's",
}


def test_every_problem_of_the_table_is_some_operations(document: dict[str, Any]) -> None:
    named = {
        code
        for operation in operations_of(document).values()
        for status in operation["responses"]
        for code in codes_of(operation, status, document)
    }
    assert STATUS.keys() - named == ELSEWHERE.keys()


def test_an_operation_names_the_refusals_of_its_own_rule_and_no_others(
    document: dict[str, Any],
) -> None:
    found = operations_of(document)
    confirm, note, report = (found[n] for n in ("confirm-delivery", "add-note", "get-report"))
    assert codes_of(confirm, "409", document) >= {"item_not_received", "case_closed"}
    assert codes_of(confirm, "422", document) >= {"cash_exceeds_grant", "date_in_future"}
    assert codes_of(confirm, "422", document) >= {"track_not_named", "key_reused"}
    assert "item_not_received" not in codes_of(note, "409", document)
    assert codes_of(found["get-agreement"], "404", document) == {"agreement_not_found"}
    assert codes_of(found["list-cases"], "422", document) >= {"cursor_of_another_list"}
    assert "cursor_invalid" not in codes_of(report, "422", document)


def test_every_problem_is_shown_with_all_that_its_text_speaks_of(document: dict[str, Any]) -> None:
    for code, example in document["components"]["examples"].items():
        assert [*example["value"]["params"]] == spoken_of(code), "samples.py has one of each"
        text = words(Language.ENGLISH).problem[code]["detail"]
        assert example["value"]["detail"].count("…") == text.count("…"), code


def test_a_parameter_is_never_null(document: dict[str, Any]) -> None:
    for operation in operations_of(document).values():
        for parameter in operation.get("parameters", ()):
            assert '"null"' not in json.dumps(parameter["schema"]), operation["operationId"]


def test_every_example_is_a_body_the_step_takes() -> None:
    for operation in operations():
        raw = json.dumps(operation.example, ensure_ascii=False).encode()
        assert isinstance(body_as(operation.body, raw), operation.body)


def test_only_what_is_public_needs_no_key(document: dict[str, Any]) -> None:
    assert document["security"] == [{"accessKey": []}]
    opened = [
        path
        for path, methods in document["paths"].items()
        for operation in methods.values()
        if operation.get("security") == []
    ]
    assert opened == ["/healthz", "/readyz", "/problems", "/problems/{code}", "/warnings"]


def test_the_page_shows_every_operation_and_loads_nothing(document: dict[str, Any]) -> None:
    page = page_of(document)
    for name in (STEPS.keys() | QUERIES.keys()) - FOR_PAGES:
        assert f'id="{name}"' in page
    assert "src=" not in page
    assert "<script" not in page
