"""What differs between two states of a stream, field by field.

States are records in records, by id, by day, in order. What both have in common is passed over
by its identity, so that a large agreement costs no more than what changed in it. Of what is a set
or a list of plain values it is told what left and what came.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

COUNTED = frozenset({"version", "seen"})
"""Of a stream itself, how many entries it has: every entry changes that."""

Path = tuple[str, ...]
Hides = Callable[[type[Any]], Collection[str]]
"""The fields of a kind of record that are not told."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is another."""

    path: Path
    was: Any
    becomes: Any


def differences(before: object, after: object, hides: Hides) -> list[Difference]:
    """Of two states of one stream."""
    found = _between(before, after, (), hides)
    return [each for each in found if each.path[:1] not in {(name,) for name in COUNTED}]


def _between(before: Any, after: Any, path: Path, hides: Hides) -> Iterator[Difference]:
    if before is after:
        return
    if _is_record(before) or _is_record(after):
        yield from _records(before, after, path, hides)
    elif isinstance(before, Mapping) or isinstance(after, Mapping):
        yield from _mappings(before or {}, after or {}, path, hides)
    elif _is_many(before) or _is_many(after):
        yield from _many(before, after, path, hides)
    elif before != after:
        yield Difference(path, before, after)


def _records(before: Any, after: Any, path: Path, hides: Hides) -> Iterator[Difference]:
    """Of another kind of record nothing is left, and all of it is new."""
    if before is not None and after is not None and type(before) is not type(after):
        yield from _between(before, None, path, hides)
        yield from _between(None, after, path, hides)
        return
    model: Any = type(after if before is None else before)
    hidden = hides(model)
    for name in _fields(model):
        if name not in hidden:
            was, becomes = (getattr(each, name, None) for each in (before, after))
            yield from _between(was, becomes, (*path, name), hides)


def _mappings(
    before: Mapping[Any, Any], after: Mapping[Any, Any], path: Path, hides: Hides
) -> Iterator[Difference]:
    for key in {**before, **after}:
        was, becomes = before.get(key), after.get(key)
        if was is not becomes:  # asked here: a large mapping is passed over without a call a key
            yield from _between(was, becomes, (*path, str(key)), hides)


def _many(before: Any, after: Any, path: Path, hides: Hides) -> Iterator[Difference]:
    """By their places, without what both begin and end with; plain values all together."""
    was, becomes = _listed(before), _listed(after)
    if isinstance(before, frozenset) or isinstance(after, frozenset):
        was, becomes = _apart(was, becomes), _apart(becomes, was)
        first = 0
    else:
        first, was, becomes = _trimmed(was, becomes)
    if not was and not becomes:
        return
    if any(_is_record(each) or isinstance(each, Mapping) for each in (*was, *becomes)):
        for place in range(max(len(was), len(becomes))):
            left, came = (each[place] if place < len(each) else None for each in (was, becomes))
            yield from _between(left, came, (*path, str(first + place + 1)), hides)
    else:
        yield Difference(path, was, becomes)


def _apart(some: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    return sorted((each for each in some if each not in others), key=str)


def _trimmed(was: list[Any], becomes: list[Any]) -> tuple[int, list[Any], list[Any]]:
    first, shorter = 0, min(len(was), len(becomes))
    while first < shorter and _same(was[first], becomes[first]):
        first += 1
    last = 0
    while last < shorter - first and _same(was[-1 - last], becomes[-1 - last]):
        last += 1
    return first, was[first : len(was) - last], becomes[first : len(becomes) - last]


def _same(one: Any, other: Any) -> bool:
    return one is other or one == other


def _listed(many: Any) -> list[Any]:
    if many is None:
        return []
    return list(many) if _is_many(many) else [many]


def _is_record(value: object) -> bool:
    return isinstance(value, BaseModel) or (is_dataclass(value) and not isinstance(value, type))


def _is_many(value: object) -> bool:
    return isinstance(value, tuple | list | frozenset)


@cache
def _fields(model: Any) -> tuple[str, ...]:
    """Of a kind of record, not of one."""
    if issubclass(model, BaseModel):
        return tuple(model.model_fields)
    return tuple(each.name for each in fields(model))
