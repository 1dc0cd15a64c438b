"""What an operator does with versions of the rules: add one, tell two apart."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

from domain.errors import Refused
from domain.message import Command, Origin, OriginKind, derived_id
from domain.registry.rules.state import KnownRules
from domain.registry.rules.steps import AddRules
from domain.registry.state import REGISTRY, RegistryState
from domain.rules.terms import canonical, differences
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from ledger.ledger import Ledger


def step_in(path: Path, today: date) -> AddRules:
    """The step that a file says, in TOML; raises what is wrong with it."""
    said = tomllib.loads(path.read_text("utf-8"))
    changes = said.pop("changes", {})
    return AddRules.model_validate(
        {"occurred_on": today, "changes": canonical(_as_json(changes))} | said
    )


def _as_json(changes: Any) -> dict[str, Any]:
    return {name: str(v) if isinstance(v, float) else v for name, v in dict(changes).items()}


def add(ledger: Ledger, step: AddRules) -> int:
    """Record it; its position. The same file again is answered as it was."""
    command = Command(
        id=derived_id(FOUNDING_ADMINISTRATOR.id, f"rules/{step.version}"),
        target=REGISTRY,
        step=step,
        actor=FOUNDING_ADMINISTRATOR,
        origin=Origin(kind=OriginKind.MACHINE),
    )
    return ledger.record(command).position


def version(ledger: Ledger, name: str) -> KnownRules:
    """Raises `Refused("rules_unknown")`."""
    known = cast("RegistryState", ledger.state(REGISTRY)).rules.get(name)
    if known is None:
        raise Refused("rules_unknown", version=name)
    return known


def told_apart(before: KnownRules, after: KnownRules) -> Iterator[tuple[str, Any, Any]]:
    return differences(before.rules, after.rules)
