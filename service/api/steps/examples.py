"""An example body for every step: what the example person's steps say, as a client sends them."""

from collections.abc import Mapping
from typing import Any

from domain.commands import step_name
from domain.example.person import EXAMPLE
from domain.example.way import Way
from domain.message import Step

MADE_HERE = {"digest"}
"""What no client sends: it is made of what they send."""


def body_of(step: Step) -> dict[str, Any]:
    """What the step says in JSON, without what it leaves to its defaults."""
    return step.model_dump(mode="json", exclude_unset=True, exclude=MADE_HERE)


def _every() -> dict[str, dict[str, Any]]:
    bodies: dict[str, dict[str, Any]] = {}
    for step in Way(ceremony_id=EXAMPLE.ceremony_id).every():
        bodies.setdefault(step_name(step), body_of(step))
    return bodies


EXAMPLES: Mapping[str, dict[str, Any]] = _every()
"""Step name → the body of the first of its kind."""
