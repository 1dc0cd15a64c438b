"""What `r4pm`, a library for process mining that is not ours, has read of a log, as it writes it again."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import r4pm

SPACE = "{http://www.xes-standard.org/}"
ZERO = re.compile(r"(\.\d*?)0+$")
INSTANT = re.compile(r"[\d-]+T[\d:.]+(Z|\+00:00)")


def of_ocel(text: str, folder: Path) -> Any:
    return json.loads(_written_again("OCEL", text, folder, "json"))


def of_xes(text: str, folder: Path) -> ET.Element:
    return ET.fromstring(_written_again("EventLog", text, folder, "xes"))  # noqa: S314 - made here


def _written_again(kind: str, text: str, folder: Path, ending: str) -> str:
    read, written = folder / f"ours.{ending}", folder / f"theirs.{ending}"
    read.write_text(text)
    item = r4pm.import_item(kind, str(read))
    try:
        r4pm.export_item(item, str(written))
    finally:
        r4pm.remove_item(item)
    return written.read_text()


def same_log(text: str, folder: Path) -> bool:
    """Whether each trace and event has there what it has here, of the same types."""
    return _elements(of_xes(text, folder)) == _elements(ET.fromstring(text))  # noqa: S314 - ours


def same_objects(text: str, folder: Path) -> bool:
    """Whether the object-centric log has there what it has here."""
    return bool(_plain(of_ocel(text, folder)) == _plain(json.loads(text)))


def _elements(log: ET.Element) -> list[tuple[str, dict[str, str]]]:
    """All that stands in a log in its order; which version wrote it is each writer's own."""
    return [
        (each.tag.removeprefix(SPACE), {name: _value(said) for name, said in each.items()})
        for each in list(log.iter())[1:]
        if each.tag.removeprefix(SPACE) != "classifier"
    ]


def _plain(said: Any) -> Any:
    if isinstance(said, dict):
        return {name: _plain(each) for name, each in said.items()}
    return [_plain(each) for each in said] if isinstance(said, list) else _value(said)


def _value(said: str) -> str:
    """A time and an amount in one writing."""
    if re.fullmatch(r"-?\d+\.\d+", said):
        return ZERO.sub(r"\1", said).rstrip(".")
    if INSTANT.fullmatch(said):
        return datetime.fromisoformat(said).isoformat()
    return said
