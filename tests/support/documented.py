"""Whether an answer is one that the committed document tells of: asked of every one in the tests."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import httpx

DOCUMENT = Path(__file__).parents[2] / "docs/openapi.json"
PROBLEM = "application/problem+json"
PARAMETER = re.compile(r"\\\{\w+\\\}")


@cache
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return found


def require_documented(response: httpx.Response) -> None:
    """Raises `AssertionError` for a status, or a problem's code, that the operation does not name."""
    operation = _operation(response.request)
    if operation is None:
        return
    status, name = str(response.status_code), operation["operationId"]
    if response.headers.get("content-type", "").startswith(PROBLEM):
        response.read()
        code = response.json()["code"]
        named = codes_of(operation, status, document())
        assert code in named, f"{name}: {status} {code} is not documented"
    elif response.status_code < httpx.codes.MULTIPLE_CHOICES:
        assert status in operation["responses"], f"{name}: {status} is not documented"


def codes_of(operation: dict[str, Any], status: str, inside: dict[str, Any]) -> set[str]:
    """The codes of the problems that an operation of a document answers with a status."""
    answer = operation["responses"].get(status, {})
    if "$ref" in answer:
        answer = inside["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    return set(answer.get("content", {}).get(PROBLEM, {}).get("examples", ()))


def _operation(request: httpx.Request) -> dict[str, Any] | None:
    address = request.url.raw_path.decode().partition("?")[0]
    for pattern, methods in _paths():
        if pattern.fullmatch(address):
            found: dict[str, Any] | None = methods.get(request.method.lower())
            return found
    return None


@cache
def _paths() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    """The document's paths; those without parameters are looked at first."""
    paths = sorted(document()["paths"].items(), key=lambda item: item[0].count("{"))
    return [
        (re.compile(PARAMETER.sub("[^/]+", re.escape(path))), methods) for path, methods in paths
    ]
