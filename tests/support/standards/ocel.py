"""An object-centric log against the specification of OCEL 2.0 (October 2023, arXiv 2403.01975).

Its section 8.2 is the schema of the JSON, its section 4 says what a log is: which identifiers are one's
own, what is declared, what names what. No member is made beside those of 8.2, though it lets others be.
"""

import re
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft7Validator  # type: ignore[import-untyped]  # it has none

TEXT = {"type": "string"}
INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)$"}


def _record(**members: Any) -> dict[str, Any]:
    said = {"properties": members, "required": list(members), "additionalProperties": False}
    return {"type": "object"} | said


def _listed(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


KIND = {"enum": ["string", "time", "integer", "float", "boolean"]}
"""8.1: the types that an attribute can have; 8.2 takes any text."""
TYPES = _listed(_record(name=TEXT, attributes=_listed(_record(name=TEXT, type=KIND))))
LINKS = _listed(_record(objectId=TEXT, qualifier=TEXT))
VALUE, TIMED = _record(name=TEXT, value=TEXT), _record(name=TEXT, value=TEXT, time=INSTANT)
OF_EACH = {"id": TEXT, "type": TEXT, "relationships": LINKS}
EVENTS = _listed(_record(**OF_EACH, time=INSTANT, attributes=_listed(VALUE)))
OBJECTS = _listed(_record(**OF_EACH, attributes=_listed(TIMED)))
SCHEMA = _record(events=EVENTS, objects=OBJECTS, eventTypes=TYPES, objectTypes=TYPES)
VALUES = {
    "string": re.compile(r".*", re.DOTALL),
    "time": re.compile(INSTANT["pattern"]),
    "integer": re.compile(r"-?\d+"),
    "float": re.compile(r"-?\d+(\.\d+)?"),
    "boolean": re.compile(r"true|false"),
}


def broken(log: Any) -> list[str]:
    """The sections that a log does not keep to, and where."""
    found = [f"8.2: {each.json_path}" for each in Draft7Validator(SCHEMA).iter_errors(log)]
    return found or [
        *_own_names(log),
        *_linked(log),
        *_declared(log["events"], log["eventTypes"]),
        *_declared(log["objects"], log["objectTypes"]),
    ]


def _own_names(log: Any) -> Iterator[str]:
    for of, name in (*dict.fromkeys(("events", "objects"), "id").items(), *_types()):
        names = [each[name] for each in log[of]]
        if len(names) != len(set(names)):
            yield f"4: two {of} have one {name}"


def _types() -> tuple[tuple[str, str], ...]:
    return ("eventTypes", "name"), ("objectTypes", "name")


def _linked(log: Any) -> Iterator[str]:
    known = {each["id"] for each in log["objects"]}
    for each in (*log["events"], *log["objects"]):
        links = [(one["objectId"], one["qualifier"]) for one in each["relationships"]]
        if not {name for name, _ in links} <= known:
            yield f"4: {each['id']} names what is not there"
        if len(links) != len(set(links)):
            yield f"4: {each['id']} names the same thing twice alike"


def _declared(things: Any, types: Any) -> Iterator[str]:
    """That each is of a type, its attributes are the type's, and each value is of its type."""
    kinds = {
        each["name"]: {one["name"]: one["type"] for one in each["attributes"]} for each in types
    }
    for each in things:
        of = kinds.get(each["type"], {})
        if each["type"] not in kinds:
            yield f"4: {each['id']} is of no type"
        if not {one["name"] for one in each["attributes"]} <= of.keys():
            yield f"4: {each['id']} has what its type does not declare"
        for one in each["attributes"]:
            if one["name"] in of and not VALUES[of[one["name"]]].fullmatch(one["value"]):
                yield f"8.1: {one['name']} of {each['id']} is no {of[one['name']]}"
        said = [(one["name"], one.get("time")) for one in each["attributes"] if "time" not in one]
        if len(said) != len(set(said)):
            yield f"4: {each['id']} has two values of one attribute"
