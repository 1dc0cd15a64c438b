"""What the example person's way was answered, operation by operation.

`answered.json` is what the API says when the whole example is walked through it on a fixed day;
`make docs` makes it, and a test compares. Nothing of it is typed.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

SUMMARY = "As the example is answered; long lists are cut"


@cache
def answered() -> Mapping[str, Any]:
    """The body of an answer of each operation that has one."""
    file = files("service.api.document") / "answered.json"
    found: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def add_answer(operation: dict[str, Any]) -> None:
    """Add the example of its answer to a described operation."""
    name = operation["operationId"]
    body = answered().get(name)
    if body is None:
        return
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            for content in answer.get("content", {}).values():
                content["examples"] = {name: {"summary": SUMMARY, "value": body}}
