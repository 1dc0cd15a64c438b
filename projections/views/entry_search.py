"""Which entries of the registry somebody means by words of a name, however they spell it.

All words must be found that tell one entry from another, in either script; a name that it had before,
and that of one merged into it, are names of it too. Whoever registers one is shown those that are
alike: half of such words are enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CTE, Connection, Select, func, select

from domain.errors import Refused
from domain.values.codes import EntryKind
from projections.columns import BySign
from projections.views.entry_keys import told_apart_by
from projections.views.keyed import Keys, named
from projections.views.registry import RegistryEntry, entries, named_on
from projections.views.searching import MOST_LETTERS, MOST_WORDS
from projections.views.spelling import words

FOUND = 20
ALIKE = 5
"""So many are shown at most."""
_KEYS = Keys("entry_keys", "entry", BySign)


@dataclass(frozen=True, slots=True)
class Search:
    """All that are given must hold."""

    text: str
    kinds: tuple[EntryKind, ...] = ()
    """One of these; of every kind, where there is none."""
    valid_on: date | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """What somebody is about to register."""

    kind: EntryKind
    name_fr: str | None = None
    name_ar: str | None = None


def require_searchable(asked: str) -> None:
    """Raises `Refused`: `search_too_long`, `search_without_letter`, `search_of_many_words`."""
    if len(asked) > MOST_LETTERS:
        raise Refused("search_too_long", most=MOST_LETTERS)
    if not words(asked):
        raise Refused("search_without_letter")
    if len(told_apart_by(asked)) > MOST_WORDS:
        raise Refused("search_of_many_words", most=MOST_WORDS)


def search(conn: Connection, asked: Search) -> list[RegistryEntry]:
    """The nearest first; each by the one that goes on. Raises what `require_searchable` raises."""
    require_searchable(asked.text)
    query = _those(named(told_apart_by(asked.text), _KEYS))
    if asked.kinds:
        query = query.where(entries.c.kind.in_(asked.kinds))
    if asked.valid_on is not None:
        query = query.where(named_on(asked.valid_on))
    if asked.province is not None:
        query = query.where(entries.c.province == asked.province)
    return [entries.read(row) for row in conn.execute(query.limit(FOUND))]


def alike(conn: Connection, asked: Naming) -> list[RegistryEntry]:
    """Entries of that kind with a name like one of those, the likest first."""
    found: dict[str, RegistryEntry] = {}
    for name in (asked.name_fr, asked.name_ar):
        sought = told_apart_by(name or "")[:MOST_WORDS]
        if sought:
            query = _those(named(sought, _KEYS, least=_half(sought)))
            rows = conn.execute(query.where(entries.c.kind == asked.kind).limit(ALIKE))
            found |= {str(each.entry): each for each in map(entries.read, rows)}
    return [*found.values()][:ALIKE]


def _half(of: Sequence[object]) -> int:
    return (len(of) + 1) // 2


def _those(found: CTE) -> Select[Any]:
    """By whom they go, each once; with the most words first, then the nearest."""
    met = entries.table.alias("met")
    level, many = func.min(found.c.level).label("level"), func.max(found.c.words).label("words")
    ones = (
        select(met.c.goes_by, level, many)
        .join_from(found, met, met.c.entry == found.c.entry)
        .group_by(met.c.goes_by)
        .subquery("ones")
    )
    return (
        select(entries.table)
        .join_from(ones, entries.table, ones.c.goes_by == entries.c.entry)
        .order_by(ones.c.words.desc(), ones.c.level, entries.c.entry)
    )
