"""The provenance of a case against the schema of PROV-JSON, and as the library `prov` reads it."""

import json
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import validators  # type: ignore[import-untyped]  # it has none
from prov.model import ProvDocument

RELATIONS = {
    "wasGeneratedBy": {"prov:entity": "entity", "prov:activity": "activity"},
    "wasAssociatedWith": {
        "prov:activity": "activity",
        "prov:agent": "agent",
        "prov:plan": "entity",
    },
    "actedOnBehalfOf": {"prov:delegate": "agent", "prov:responsible": "agent"},
    "used": {"prov:activity": "activity", "prov:entity": "entity"},
    "wasDerivedFrom": {"prov:generatedEntity": "entity", "prov:usedEntity": "entity"},
    "wasInvalidatedBy": {"prov:entity": "entity", "prov:activity": "activity"},
}
"""What each relation that is made names (PROV-DM, 5.1 to 5.3); the schema does not look after them."""
ELEMENTS = ("entity", "activity", "agent")


@cache
def _schema() -> Any:
    """The one of the W3C's submission, as `prov` has it among its own tests."""
    found = resources.files("prov.tests") / "schemas" / "prov-json.schema.json"
    schema = json.loads(found.read_text())
    return validators.validator_for(schema)(schema)


def broken(text: str) -> list[str]:
    document = json.loads(text)
    found = [f"schema: {each.json_path}" for each in _schema().iter_errors(document)]
    return found or [*_named(document), *_read_elsewhere(text, document)]


def _named(document: Any) -> list[str]:
    kinds = {"prefix", *ELEMENTS, *RELATIONS}
    return [f"made: {kind}" for kind in sorted(document.keys() - kinds)] + [
        f"{relation}: {said[name]} is no {kind}"
        for relation, names in RELATIONS.items()
        for said in document.get(relation, {}).values()
        for name, kind in names.items()
        if said[name] not in document[kind]
    ]


def _read_elsewhere(text: str, document: Any) -> list[str]:
    """What `prov` leaves out or makes otherwise when it has read the document and writes it."""
    read = ProvDocument.deserialize(content=text)
    again = json.loads(read.serialize() or "{}")
    lost = [
        f"prov reads other {kind}"
        for kind in (*ELEMENTS, *RELATIONS)
        if len(again.get(kind, {})) != len(document.get(kind, {}))
        or (kind in ELEMENTS and again[kind].keys() != document[kind].keys())
    ]
    same = ProvDocument.deserialize(content=json.dumps(again)) == read
    return lost if same else [*lost, "prov writes another document than it read"]
