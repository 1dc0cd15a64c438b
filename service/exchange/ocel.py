"""A log of steps and all that they are about, as OCEL 2.0 has it in JSON.

An event is a step: one approval is about a case, a project, an agreement and a session at once. An
object is a case, a person, a project and so on, and whoever made an entry. Every value is written as
text, as the published schema has it; its type stands with its event's or object's type.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from domain.message import StreamKind
from service.exchange.outward import (
    OPENED_IN,
    STAFF,
    SYSTEM,
    Pseudonyms,
    Scalar,
    Thing,
    Told,
    moment_of,
)

KINDS = ((bool, "boolean"), (int, "integer"), (Decimal, "float"), (str, "string"))
OF_EVERY_STEP = {
    "role": "string",
    "centre": "string",
    "via": "string",
    "recorded": "time",
    "days_late": "integer",
    "entries": "integer",
    "position": "integer",
}
"""Attributes of all events, each with its type; a step lacks those that it has no value for."""
OF_OBJECTS: Mapping[StreamKind, Mapping[str, str]] = {
    StreamKind.CASE: {OPENED_IN: "string"},
    StreamKind.AGREEMENT: {
        "funding_source": "string",
        "envelope": "float",
        "planned_places": "integer",
    },
}
"""What is told of an object, from the entries of its own history, as of the day of each."""
LINKS: Mapping[tuple[StreamKind, StreamKind], str] = {
    (StreamKind.CASE, StreamKind.BENEFICIARY): "of",
    (StreamKind.CASE, StreamKind.PROJECT): "has",
    (StreamKind.AGREEMENT, StreamKind.PROJECT): "pays",
    (StreamKind.SESSION, StreamKind.PROJECT): "decides",
    (StreamKind.CEREMONY, StreamKind.CASE): "hands over to",
    (StreamKind.COHORT, StreamKind.CASE): "trains",
}
"""How one object hangs on another, where an entry of the first names the second."""


@dataclass(slots=True)
class _Object:
    kind: str
    attributes: list[dict[str, str]] = field(default_factory=list)
    links: dict[tuple[str, str], None] = field(default_factory=dict)


@dataclass(slots=True)
class Writing:
    """What was met so far: the objects and types come after the events that name them."""

    names: Pseudonyms
    objects: dict[str, _Object] = field(default_factory=dict)
    types: dict[str, dict[str, str]] = field(default_factory=dict)

    def document(self, steps: Iterable[list[Told]]) -> Iterator[str]:
        """The document, in pieces of an event or an object."""
        yield '{"events":['
        yield from _apart(self._event(step) for step in steps)
        yield '],"objects":['
        yield from _apart(self._objects())
        yield '],"eventTypes":'
        yield _json([_type(name, own) for name, own in sorted(self.types.items())])
        yield ',"objectTypes":'
        kinds = sorted({each.kind for each in self.objects.values()})
        yield _json([_type(kind, _of_objects(kind)) for kind in kinds])
        yield "}\n"

    def _event(self, step: list[Told]) -> dict[str, Any]:
        first = step[0]
        own = _attributes(step)
        declared = self.types.setdefault(first.step, dict(OF_EVERY_STEP))
        for name, value in own.items():
            declared.setdefault(name, _kind_of(value))
        for each in step:
            self._meet(each)
        return {
            "id": f"step-{first.position}",
            "type": first.step,
            "time": moment_of(first.day),
            "attributes": [_value(name, value) for name, value in own.items()],
            "relationships": self._related(step),
        }

    def _related(self, step: list[Told]) -> list[dict[str, str]]:
        about = dict.fromkeys(each.thing for each in step)
        named = dict.fromkeys(thing for each in step for thing in each.names if thing not in about)
        return [
            *(_link(self._object(thing), "about") for thing in about),
            *(_link(self._object(thing), "names") for thing in named),
            _link(self._maker(step[0].by), "by"),
        ]

    def _meet(self, told: Told) -> None:
        """Remember what an entry says of its own object, and on what that hangs."""
        met = self.objects[self._object(told.thing)]
        for name in _of_objects(told.thing.kind):
            if name in told.fields:
                value = _value(name, told.fields[name])
                met.attributes.append(value | {"time": moment_of(told.day)})
        for thing in told.names:
            qualifier = LINKS.get((told.thing.kind, thing.kind))
            if qualifier:
                met.links.setdefault((self._object(thing), qualifier))

    def _object(self, thing: Thing) -> str:
        name = self.names.of(thing.kind, thing.name)
        self.objects.setdefault(name, _Object(thing.kind))
        return name

    def _maker(self, by: str) -> str:
        self.objects.setdefault(by, _Object(SYSTEM if by == SYSTEM else STAFF))
        return by

    def _objects(self) -> Iterator[dict[str, Any]]:
        for name, each in self.objects.items():
            yield {
                "id": name,
                "type": each.kind,
                "attributes": each.attributes,
                "relationships": [_link(other, how) for other, how in each.links],
            }


def _attributes(step: list[Told]) -> dict[str, Scalar]:
    """A step's own, and what its entries say; of what two say differently, the first's."""
    first = step[0]
    own: dict[str, Scalar | None] = {
        "role": first.role,
        "centre": first.centre,
        "via": str(first.via),
        "recorded": first.recorded_at.isoformat(),
        "days_late": first.days_late,
        "entries": len(step),
        "position": first.position,
    }
    for each in step:
        for name, value in each.fields.items():
            own.setdefault(f"of_{name}", value)
    return {name: value for name, value in own.items() if value is not None}


def _of_objects(kind: str) -> Mapping[str, str]:
    return OF_OBJECTS.get(StreamKind(kind), {}) if kind not in (STAFF, SYSTEM) else {}


def _kind_of(value: Scalar) -> str:
    return next(kind for type_, kind in KINDS if isinstance(value, type_))


def _type(name: str, attributes: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "attributes": [{"name": each, "type": kind} for each, kind in attributes.items()],
    }


def _value(name: str, value: Scalar) -> dict[str, str]:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return {"name": name, "value": text}


def _link(name: str, qualifier: str) -> dict[str, str]:
    return {"objectId": name, "qualifier": qualifier}


def _apart(each: Iterable[dict[str, Any]]) -> Iterator[str]:
    for number, one in enumerate(each):
        yield f",\n{_json(one)}" if number else _json(one)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
