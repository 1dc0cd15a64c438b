"""The committed OpenAPI document is the API's, and a developer can follow it."""

import json
from pathlib import Path
from typing import Any

import pytest

from service.access.table import QUERIES, STEPS
from service.api.app import create_app
from service.api.documentation import page_of
from service.api.examples import EXAMPLES
from service.api.parsing import body_as
from service.api.steps import operations

COMMITTED = Path(__file__).parents[3] / "docs/openapi.json"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return create_app().openapi()


def test_the_committed_document_is_up_to_date(document: dict[str, Any]) -> None:
    committed = json.loads(COMMITTED.read_text(encoding="utf-8"))
    assert committed == json.loads(json.dumps(document)), "run: jisr openapi > docs/openapi.json"


def test_every_step_is_described_with_an_example(document: dict[str, Any]) -> None:
    found = {
        operation["operationId"]: operation
        for path in document["paths"].values()
        for operation in path.values()
    }
    assert found.keys() >= STEPS.keys() | QUERIES.keys()
    for step in STEPS:
        body = found[step]["requestBody"]["content"]["application/json"]
        assert body["examples"][step]["value"] == EXAMPLES[step]
        assert found[step]["description"]


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
    assert opened == ["/healthz", "/readyz", "/problems", "/problems/{code}"]


def test_the_page_shows_every_operation_and_loads_nothing(document: dict[str, Any]) -> None:
    page = page_of(document)
    for name in (*STEPS, *QUERIES):
        assert f'id="{name}"' in page
    assert "src=" not in page
    assert "<script" not in page
