"""A version of the rules that the Foundation set as data: what it changes of one that came with Jisr.

A case carries what its version changes in its own events, so that it folds and is judged by the same
rules in every process, at any time, and whatever becomes of the list of versions.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Annotated, Any

from pydantic import ValidationError

from domain.errors import Refused
from domain.message import FieldClass, Record
from domain.rules.fit import amiss
from domain.rules.shape import Rules
from domain.rules.v1 import V1

RULES: dict[str, Rules] = {rules.version: rules for rules in (V1,)}
"""The versions that came with Jisr. A published one never changes."""


class Terms(Record):
    """What a version changes, as JSON, of one that came with Jisr."""

    base: Annotated[str, FieldClass.PUBLIC]
    changes: Annotated[str, FieldClass.PUBLIC]


def rules_by(version: str, terms: Terms | None) -> Rules:
    """The rules of a version; those of the product where it has no terms."""
    if terms is None:
        return RULES.get(version, V1)
    return _made(version, terms.base, terms.changes)


@lru_cache(maxsize=256)
def _made(version: str, base: str, changes: str) -> Rules:
    return _merged(RULES.get(base, V1), json.loads(changes) | {"version": version})


def _merged(base: Rules, changes: Mapping[str, Any]) -> Rules:
    return Rules.model_validate(base.model_dump() | dict(changes))


def terms_of(version: str, before: Terms | None, base: str, changes: str) -> Terms:
    """What a version changes that changes this of another one, which may have terms itself.

    Raises `Refused`: `rules_unreadable`; `rules_of_the_house` and `rules_unfit` with the first that is
    amiss.
    """
    said = _read(changes)
    if house := sorted(said.keys() & OF_THE_HOUSE_ALONE):
        raise Refused("rules_of_the_house", rule=house[0])
    product, old = (before.base, json.loads(before.changes)) if before else (base, {})
    unknown = sorted(said.keys() - (Rules.model_fields.keys() - {"version"}))
    if unknown:
        raise Refused("rules_unfit", rule=unknown[0])
    try:
        made = _merged(RULES[product], old | said | {"version": version})
    except ValidationError as error:
        raise Refused("rules_unfit", rule=str(error.errors()[0]["loc"][0])) from None
    if (rule := amiss(made)) is not None:
        raise Refused("rules_unfit", rule=rule)
    whole = as_data(made)
    kept = {name: whole[name] for name in sorted(old.keys() | said.keys())}
    return Terms(base=product, changes=canonical(kept))


def _read(changes: str) -> dict[str, Any]:
    try:
        said = json.loads(changes)
    except (ValueError, RecursionError):
        raise Refused("rules_unreadable") from None
    if not isinstance(said, dict) or not said:
        raise Refused("rules_unreadable")
    return said


OF_THE_HOUSE_ALONE = frozenset(
    {"confirmation_days", "mended_by_recorder_days", "return_days", "lent_line_days"}
)
"""About what no case decides: they go by what came with Jisr, so that a version would change nothing."""


def as_data(rules: Rules) -> dict[str, Any]:
    """As JSON has it; what has no order by its letters, so that a digest stays."""
    data: dict[str, Any] = rules.model_dump(mode="json")
    return data | {"exemption_long": sorted(data["exemption_long"])}


def canonical(data: Mapping[str, Any]) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(rules: Rules) -> str:
    """SHA-256 of all that a version says."""
    return sha256(canonical(as_data(rules)).encode()).hexdigest()


def differences(before: Rules, after: Rules) -> Iterator[tuple[str, Any, Any]]:
    """What differs, by the rules' names, as JSON has it."""
    old, new = as_data(before), as_data(after)
    for name in Rules.model_fields:
        if name != "version" and old[name] != new[name]:
            yield name, old[name], new[name]
