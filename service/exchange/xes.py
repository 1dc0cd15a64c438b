"""A log of cases as XES has it (IEEE 1849-2016, kept by 1849-2023): a trace a case, an event an entry.

Keys with a colon are those of XES's own extensions; the others are Jisr's. Made piece by piece: a
log of all cases is larger than memory.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import escape

from service.exchange.logs import Entry, Wanted
from service.exchange.outward import Pseudonyms, Scalar, Told, moment_of

VERSION = "1849.2016"
EXTENSIONS = (
    ("Concept", "concept"),
    ("Time", "time"),
    ("Organizational", "org"),
    ("Lifecycle", "lifecycle"),
)
KINDS = ((bool, "boolean"), (int, "int"), (Decimal, "float"), (str, "string"))
"""The first that fits: yes or no is a number too."""
OF_EVENTS = (
    ("string", "concept:name", "UNKNOWN"),
    ("date", "time:timestamp", "1970-01-01T00:00:00+00:00"),
    ("string", "lifecycle:transition", "complete"),
    ("string", "org:resource", "UNKNOWN"),
    ("string", "org:role", "UNKNOWN"),
)
"""What every event has, as a reader is told in the log's head."""


def written(traces: Iterable[list[Entry]], names: Pseudonyms, wanted: Wanted) -> Iterator[str]:
    """The document, in pieces of a trace."""
    yield _head(wanted)
    for trace in traces:
        yield "".join(_trace(trace, names))
    yield "</log>\n"


def _head(wanted: Wanted) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<log xes.version="{VERSION}" xes.features="">\n',
    ]
    for name, prefix in EXTENSIONS:
        uri = f"http://www.xes-standard.org/{prefix}.xesext"
        lines.append(f'<extension name="{name}" prefix="{prefix}" uri="{uri}"/>\n')
    lines += ['<global scope="trace">\n', _attribute("string", "concept:name", "UNKNOWN")]
    lines += ["</global>\n", '<global scope="event">\n']
    lines += [_attribute(*each) for each in OF_EVENTS]
    lines += ["</global>\n", '<classifier name="Activity" scope="event" keys="concept:name"/>\n']
    lines.append(_attribute("string", "concept:name", "Jisr: cases"))
    lines.append(_attribute("int", "known_on", str(wanted.known_on)))
    filters = {
        "centre": wanted.centre,
        "since": wanted.since,
        "until": wanted.until,
        "season": wanted.season,
    }
    lines += [
        _attribute("string", f"only_{name}", str(value))
        for name, value in filters.items()
        if value is not None
    ]
    return "".join(lines)


def _trace(trace: list[Entry], names: Pseudonyms) -> Iterator[str]:
    thing = trace[0].told.thing
    yield "<trace>\n"
    yield _attribute("string", "concept:name", names.of(thing.kind, thing.name))
    for each in trace:
        yield from _event(each, names)
    yield "</trace>\n"


def _event(entry: Entry, names: Pseudonyms) -> Iterator[str]:
    told = entry.told
    yield "<event>\n"
    yield _attribute("string", "concept:name", told.activity)
    yield _attribute("string", "concept:instance", str(told.version))
    yield _attribute("date", "time:timestamp", moment_of(told.day))
    yield _attribute("string", "lifecycle:transition", "complete")
    yield _attribute("string", "org:resource", told.by)
    yield _attribute("string", "org:role", told.role)
    if told.centre is not None:
        yield _attribute("string", "org:group", told.centre)
    yield _attribute("date", "recorded", told.recorded_at.isoformat())
    yield _attribute("int", "position", str(told.position))
    for key, value in _own(entry, told):
        yield _attribute(_kind_of(value), key, _text_of(value))
    for thing in told.names:
        yield _attribute("string", thing.kind, names.of(thing.kind, thing.name))
    yield "</event>\n"


def _own(entry: Entry, told: Told) -> Iterator[tuple[str, Scalar]]:
    yield "step", told.step
    yield "via", str(told.via)
    if told.days_late is not None:
        yield "days_late", told.days_late
    if not entry.counts:
        yield "mended", True
    if told.mends is not None:
        yield "mends", told.mends
    yield from ((f"of_{key}", value) for key, value in told.fields.items())


def _kind_of(value: Scalar) -> str:
    return next(kind for type_, kind in KINDS if isinstance(value, type_))


def _text_of(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _attribute(kind: str, key: str, value: str) -> str:
    return f'<{kind} key="{key}" value="{escape(value)}"/>\n'
