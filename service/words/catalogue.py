"""The catalogue of events and the page on privacy, made from the types: nothing is said twice.

`docs/events.md` and `docs/privacy.md`; what a page says beside its table stands in a text file
here.
"""

from collections.abc import Iterator
from importlib.resources import files
from itertools import groupby

from domain.events.shapes import FieldShape, shape_of, stays_after_erasure, topic_of
from domain.events.stored import EVENTS, UPCASTS
from domain.events.veil import outward
from domain.message import ENCRYPTED, Event, FieldClass, StreamKind

ERASED = (
    *(StreamKind.BENEFICIARY, StreamKind.CASE, StreamKind.PROJECT),
    *(StreamKind.COMPLAINT, StreamKind.RECEPTION),
)
"""The streams whose events have a subject that can be erased: the person whose key encrypts, or a
complaint or a reception itself."""

ABOUT_A_PERSON = (*ERASED, StreamKind.STAFF)


def events_page() -> str:
    """Every type that is stored, by stream, with its fields."""
    return "\n".join((_prose("events"), *_catalogue(), *_older(), ""))


def privacy_page() -> str:
    """What is encrypted, field by field, and what an erasure leaves."""
    return "\n".join((_prose("privacy"), *_classes(), ""))


def _prose(page: str) -> str:
    return (files("service") / f"words/pages/{page}.md").read_text(encoding="utf-8")


def _by_stream() -> Iterator[tuple[StreamKind, list[type[Event]]]]:
    types = sorted(EVENTS.values(), key=lambda cls: list(StreamKind).index(cls.stream))
    for stream, some in groupby(types, key=lambda cls: cls.stream):
        yield stream, list(some)


def _catalogue() -> Iterator[str]:
    for stream, types in _by_stream():
        yield f"\n## `{stream}/…`"
        for cls in types:
            yield f"\n### `{topic_of(cls)}`\n"
            if cls.__doc__ and cls.__doc__ != Event.__doc__:
                yield f"{_one_line(cls.__doc__)}\n"
            yield from _veil_of(cls)
            yield from _fields_of(cls)


def _veil_of(cls: type[Event]) -> Iterator[str]:
    if cls.veil is not None:
        stored = topic_of(outward(cls))
        yield f"Stored as `{stored}`, in its month; the rest is {cls.veil.mark}, the name too.\n"


def _fields_of(cls: type[Event]) -> Iterator[str]:
    if not cls.model_fields:
        yield "No fields: that it happened is all."
        return
    yield "| field | what it is | class |"
    yield "| --- | --- | --- |"
    for field in shape_of(cls):
        optional = ", or nothing" if field.optional and stays_after_erasure(field) else ""
        yield f"| `{field.name}` | {field.kind}{optional} | {field.mark} |"


def _older() -> Iterator[str]:
    yield "\n## Older shapes\n"
    if not UPCASTS:
        yield "None: every type is in its first version."
    for name, version in sorted(UPCASTS):
        yield f"- `{name}:{version}` is read by an upcast."


def _classes() -> Iterator[str]:
    yield "| event | field | class | after an erasure |"
    yield "| --- | --- | --- | --- |"
    for stream, types in _by_stream():
        if stream in ABOUT_A_PERSON:
            for cls in types:
                yield from (_class_of(cls, field) for field in shape_of(cls))


def _class_of(cls: type[Event], field: FieldShape) -> str:
    left = "stays"
    if field.mark in ENCRYPTED:
        left = "unreadable" if cls.stream in ERASED else "stays: staff are not erased"
    left += ", as is which event it was" if cls.veil else ""
    counted = ", for counting" if field.mark is FieldClass.STATISTICAL else ""
    return f"| `{cls.stored}` | `{field.name}` | {field.mark} | {left}{counted} |"


def _one_line(text: str) -> str:
    return " ".join(text.split())
