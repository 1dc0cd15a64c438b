"""What the registry lists beside centres: a row an entry, by its code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import Field
from sqlalchemy import Connection, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.message import Event, Message, StreamKind
from domain.registry.events import EntryRegistered
from domain.registry.state import RegistryState
from domain.values.codes import EntryKind
from projections.columns import SortedText
from projections.deriving import Listed
from projections.view import View, unvalidated
from projections.views.pages import Order, Page, Part, page_of

BY_CODE = "entry"


class RegistryEntry(Message):
    """A prison, committee, school, supplier or the like: what steps name by its code."""

    kind: EntryKind
    entry: SortedText = Field(examples=["supplier-taza"])
    """Its code, for good."""
    name_fr: str
    name_ar: str
    name_tifinagh: str | None
    province: str | None
    """Where it lies; null for what belongs to the whole country."""
    since: date
    """The first day on which a step may name it."""
    until: date | None
    """The last one; null while it goes on."""


entries = View(
    "registry_entries",
    RegistryEntry,
    key=["entry"],
    owner="entry",
    indexes=[["kind", "entry"]],
)
_row = unvalidated(RegistryEntry)
ORDER = Order((), entries.c.entry, named=str)


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    kind: EntryKind
    province: str | None = None
    valid_on: date | None = None


def find(conn: Connection, filters: Filters, part: Part | None = None) -> Page[RegistryEntry]:
    """One page of a kind, by code."""
    query = select(entries.table).where(*_conditions(filters))
    return page_of(conn, query, ORDER, part or Part(BY_CODE), filters, entries.read)


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    yield entries.c.kind == filters.kind
    if filters.province is not None:
        yield entries.c.province == filters.province
    if filters.valid_on is not None:
        yield entries.c.since <= filters.valid_on
        yield or_(entries.c.until.is_(None), entries.c.until >= filters.valid_on)


def get(conn: Connection, kind: EntryKind, entry: str) -> RegistryEntry | None:
    query = select(entries.table).where(entries.c.kind == kind, entries.c.entry == entry)
    row = conn.execute(query).one_or_none()
    return None if row is None else entries.read(row)


def names_of(conn: Connection, codes: frozenset[str]) -> dict[str, RegistryEntry]:
    """Those of these codes that are registered."""
    if not codes:
        return {}
    query = select(entries.table).where(entries.c.entry.in_(sorted(codes)))
    return {row.entry: row for row in map(entries.read, conn.execute(query))}


def _named(event: Event) -> str | None:
    return event.entry if isinstance(event, EntryRegistered) else None


def _all(state: RegistryState) -> Iterator[str]:
    return iter(state.entries)


def _one(state: RegistryState, entry: str) -> RegistryEntry:
    known = state.entries[entry]
    return _row(
        kind=known.kind,
        entry=SortedText(known.entry),
        name_fr=known.name_fr,
        name_ar=known.name_ar,
        name_tifinagh=known.name_tifinagh,
        province=known.province,
        since=known.since,
        until=known.until,
    )


ENTRIES = Listed(entries, StreamKind.REGISTRY, _named, _all, _one)
