"""Where the entries of a case come from, as PROV has it in JSON (W3C PROV-DM, the PROV-JSON submission).

An entry is an entity, a step an activity, whoever took it an agent: a person, on behalf of their
centre, or the system. A step goes by the case as it stood before it. What corrects an entry is a
revision of it, and the correction ends the one that was there; what is retracted is ended alone.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from service.exchange.logs import Entry
from service.exchange.outward import SYSTEM, Pseudonyms, Scalar, Told, moment_of

PREFIX = "jisr"
NAMESPACE = "urn:jisr:"

Records = dict[str, dict[str, Any]]


def written(trace: Iterable[Entry], names: Pseudonyms) -> str:
    """The document of one case's entries."""
    entries = sorted(trace, key=lambda each: each.told.version)
    by_version = {each.told.version: each.told for each in entries}
    document: dict[str, Any] = {"prefix": {PREFIX: NAMESPACE}}
    for each in entries:
        made = _Made(each.told, names)
        for kind, name, record in (*made.records(), *made.goes_back_to()):
            document.setdefault(kind, {}).setdefault(name, {}).update(record)
        if each.ended_by is not None:
            ended = made.ended(by_version[each.ended_by])
            document.setdefault("wasInvalidatedBy", {})[f"_:ended-{each.told.version}"] = ended
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


@dataclass(frozen=True, slots=True)
class _Made:
    """What one entry adds: kinds of records, their names, and what is said of each."""

    told: Told
    names: Pseudonyms

    def records(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        told, step, number = self.told, self._step(self.told), self.told.version
        maker, plan = f"{PREFIX}:{told.by}", f"{PREFIX}:rules-{told.rules}"
        kind, at = "SoftwareAgent" if told.by == SYSTEM else "Person", told.recorded_at.isoformat()
        yield "entity", self._entry(number), _entity(told, self.names)
        yield "entity", plan, {"prov:type": _name("prov:Plan")}
        yield "activity", step, {"prov:startTime": at, "prov:endTime": at, "prov:type": told.step}
        yield "agent", maker, {"prov:type": _name(f"prov:{kind}"), f"{PREFIX}:role": told.role}
        made = {"prov:entity": self._entry(number), "prov:activity": step, "prov:time": at}
        yield "wasGeneratedBy", f"_:made-{number}", made
        by = {"prov:activity": step, "prov:agent": maker, "prov:plan": plan}
        yield "wasAssociatedWith", f"_:by-{self._of_step(told)}", by
        if told.centre is not None:
            centre = f"{PREFIX}:centre-{told.centre}"
            yield "agent", centre, {"prov:type": _name("prov:Organization")}
            behalf = {"prov:delegate": maker, "prov:responsible": centre, "prov:activity": step}
            yield "actedOnBehalfOf", f"_:for-{self._of_step(told)}", behalf

    def goes_back_to(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """The entry before it, by which the case stood as it was; and the one that it corrects."""
        told = self.told
        if told.version > 1:
            used = {"prov:activity": self._step(told), "prov:entity": self._entry(told.version - 1)}
            yield "used", f"_:knew-{told.version}", used
        if told.mends is not None:
            revision = {
                "prov:generatedEntity": self._entry(told.version),
                "prov:usedEntity": self._entry(told.mends),
                "prov:type": _name("prov:Revision"),
            }
            yield "wasDerivedFrom", f"_:instead-{told.version}", revision

    def ended(self, by: Told) -> dict[str, Any]:
        at = by.recorded_at.isoformat()
        entity = self._entry(self.told.version)
        return {"prov:entity": entity, "prov:activity": self._step(by), "prov:time": at}

    def _entry(self, version: int) -> str:
        thing = self.told.thing
        return f"{PREFIX}:{self.names.of(thing.kind, thing.name)}-{version}"

    def _step(self, told: Told) -> str:
        return f"{PREFIX}:{self._of_step(told)}"

    def _of_step(self, told: Told) -> str:
        return self.names.of("step", told.command)


def _entity(told: Told, names: Pseudonyms) -> dict[str, Any]:
    said: dict[str, Any] = {
        "prov:type": told.activity,
        f"{PREFIX}:case": names.of(told.thing.kind, told.thing.name),
        f"{PREFIX}:happened": _typed(moment_of(told.day), "xsd:dateTime"),
        f"{PREFIX}:position": told.position,
        f"{PREFIX}:via": str(told.via),
    }
    if told.days_late is not None:
        said[f"{PREFIX}:days_late"] = told.days_late
    for name, value in told.fields.items():
        said[f"{PREFIX}:of_{name}"] = _said(value)
    for kind in dict.fromkeys(thing.kind for thing in told.names):
        named = [names.of(kind, thing.name) for thing in told.names if thing.kind is kind]
        said[f"{PREFIX}:{kind}"] = named[0] if len(named) == 1 else named
    return said


def _said(value: Scalar) -> Any:
    return value if isinstance(value, bool | int | str) else _typed(str(value), "xsd:decimal")


def _typed(value: str, kind: str) -> dict[str, str]:
    return {"$": value, "type": kind}


def _name(name: str) -> dict[str, str]:
    return _typed(name, "prov:QUALIFIED_NAME")
