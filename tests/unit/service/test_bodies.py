"""A step with every text as long as it may be fits into the body that its address takes."""

from typing import Any

import pytest

from domain.steps.days import days_of
from service.api.edge.limits import LARGE_STEP_BODY, STEP_BODY
from service.api.steps.endpoint import StepOperation
from service.api.steps.routes import operations

ESCAPED = 6
"""Bytes of a letter in JSON, written as `\\u0627`."""
LONG_LIST = 100
"""Entries; a list may have more where they are short."""
OTHER = 40


def room(node: dict[str, Any]) -> int:
    """The bytes that pydantic's schema lets a value have."""
    most = min(node.get("max_length") or 1, LONG_LIST)
    match node["type"]:
        case "str":
            return ESCAPED * (node.get("max_length") or OTHER)
        case "tuple":
            return most * sum(room(item) for item in node["items_schema"])
        case "model-fields":
            fields = node["fields"].items()
            return sum(len(name) + ESCAPED + room(field["schema"]) for name, field in fields)
        case _:
            return room(node["schema"]) if "schema" in node else OTHER


@pytest.mark.parametrize("operation", list(operations()), ids=lambda each: each.name)
def test_the_longest_step_fits(operation: StepOperation) -> None:
    needed = room(operation.body.__pydantic_core_schema__)  # type: ignore[arg-type]  # one of many forms
    assert operation.limit == (LARGE_STEP_BODY if needed > STEP_BODY else STEP_BODY)
    # A hundred serials of two hundred letters for each of sixty items: nobody's delivery.
    assert needed <= operation.limit or operation.name in ("confirm-delivery", "correct-delivery")


@pytest.mark.parametrize("operation", list(operations()), ids=lambda each: each.name)
def test_every_day_of_a_body_is_of_a_kind_that_says_how_it_is_written(
    operation: StepOperation,
) -> None:
    assert None not in dict(days_of(operation.body)).values()
