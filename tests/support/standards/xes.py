"""An event log against IEEE 1849-2023: a rule after another, named by its section.

Sections 4 say what a log is made of, sections 5 how that stands in XML.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

ORDER = ("extension", "global", "classifier", "attribute", "trace", "event")
"""5.1: in which order the parts of a log stand; its attributes go by their types."""
DOUBLE = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|INF|-INF|NaN"
INSTANT = r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"
VALUES = {
    "string": re.compile(r"[^\r\n\t]*"),
    "date": re.compile(INSTANT),
    "int": re.compile(r"[+-]?\d{1,19}"),
    "float": re.compile(DOUBLE),
    "boolean": re.compile(r"true|false|0|1"),
    "id": re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
}
"""5.4: the elementary types, and what each takes (4.2); lists and containers are not made here."""
NAME = re.compile(r"[A-Za-z_][\w.-]*")
"""What XML calls an NCName."""
TOKEN = re.compile(r"\S+( \S+)*")
ATTRIBUTES = {
    "log": ({"xes.version"}, {"xes.features"}),
    "trace": (set(), set()),
    "event": (set(), set()),
    "extension": ({"name", "prefix", "uri"}, set()),
    "global": ({"scope"}, set()),
    "classifier": ({"name", "keys"}, {"scope"}),
    **dict.fromkeys(VALUES, ({"key", "value"}, set[str]())),
}
"""5.1 to 5.7: what each element must say of itself, and what it may."""
INSIDE = {
    "log": {*ORDER, *VALUES} - {"attribute"},
    "trace": {"event", *VALUES},
    "event": set(VALUES),
    "global": set(VALUES),
    **{kind: set(VALUES) for kind in VALUES},
}
"""5.1 to 5.6: what may stand in what; in what is not named, nothing."""
STANDARD = {
    "concept": {"name": "string", "instance": "string"},
    "time": {"timestamp": "date"},
    "org": {"resource": "string", "role": "string", "group": "string"},
    "lifecycle": {"model": "string", "transition": "string", "state": "string"},
}
"""7.1 to 7.4: the keys of the standard's own extensions, and their types."""


def broken(text: str) -> list[str]:
    """The sections that a log does not keep to, and where."""
    log = ET.fromstring(text)  # noqa: S314 - made here
    rules = (_shape, _order, _values, _keys, _globals, _classifiers, _extensions)
    return [f"{rule.__name__[1:]}: {each}" for rule in rules for each in rule(log)]


def _shape(log: ET.Element) -> Iterator[str]:
    if log.tag != "log":
        yield f"5.1: the root is {log.tag}"
    if not re.fullmatch(r"\d+(\.\d+)?", log.get("xes.version", "")):
        yield "5.1: xes.version is a decimal number"
    for each in log.iter():
        must, may = ATTRIBUTES.get(each.tag, (set(), set()))
        if not must <= set(each.keys()) <= must | may:
            yield f"5: {each.tag} says {sorted(each.keys())}"
        if (each.text or "").strip() or (each.tail or "").strip():
            yield f"5: there is text in {each.tag}"
        yield from (
            f"5: a {child.tag} in a {each.tag}"
            for child in each
            if child.tag not in INSIDE.get(each.tag, set())
        )


def _order(log: ET.Element) -> Iterator[str]:
    for each in (log, *log.iter("trace")):
        found = [child.tag if child.tag in ORDER else "attribute" for child in each]
        if found != sorted(found, key=ORDER.index):
            yield f"5.1, 5.2: what stands in a {each.tag} is out of order"


def _values(log: ET.Element) -> Iterator[str]:
    for each in log.iter():
        if each.tag in VALUES and not VALUES[each.tag].fullmatch(each.get("value", "")):
            yield f"4.2, 5.4: {each.get('key')} is no {each.tag}: {each.get('value')}"


def _keys(log: ET.Element) -> Iterator[str]:
    for each in log.iter():
        keys = [child.get("key") for child in each if child.tag in VALUES]
        if len(keys) != len(set(keys)):
            yield f"4.2: a key stands twice in a {each.tag}"


def _globals(log: ET.Element) -> Iterator[str]:
    scopes = [each.get("scope", "") for each in log.iter("global")]
    if len(scopes) != len(set(scopes)) or not set(scopes) <= {"trace", "event"}:
        yield f"4.3, 5.6: global attributes of {scopes}"
    for said in log.iter("global"):
        must = {(one.tag, one.get("key")) for one in said}
        for each in log.iter(said.get("scope", "")):
            lacks = must - {(one.tag, one.get("key")) for one in each}
            yield from (f"4.3: {each.tag} lacks the {tag} {key}" for tag, key in sorted(lacks))


def _classifiers(log: ET.Element) -> Iterator[str]:
    of = {said.get("scope"): {one.get("key") for one in said} for said in log.iter("global")}
    for each in log.iter("classifier"):
        name, scope, keys = each.get("name", ""), each.get("scope", "event"), each.get("keys", "")
        if not NAME.fullmatch(name) or not TOKEN.fullmatch(keys):
            yield f"5.7: a classifier {name} of {keys}"
        if scope not in of or not set(keys.split()) <= of[scope]:
            yield f"4.4: {name} goes by what is not global"


def _extensions(log: ET.Element) -> Iterator[str]:
    declared = {each.get("prefix", ""): each for each in log.iter("extension")}
    for prefix, each in declared.items():
        if not NAME.fullmatch(each.get("name", "")) or not NAME.fullmatch(prefix):
            yield f"5.5: an extension {each.get('name')} by {prefix}"
        if each.get("uri") != f"http://www.xes-standard.org/{prefix}.xesext":
            yield f"7: {prefix} is at {each.get('uri')}"
    for each in log.iter():
        prefix, colon, name = each.get("key", "").partition(":")
        if colon and prefix not in declared:
            yield f"4.5: nothing declares {prefix}"
        elif colon and STANDARD.get(prefix, {}).get(name) != each.tag:
            yield f"7: {prefix}:{name} is no {each.tag}"
