"""What the registry lists beside centres: a row an entry, by its code.

An entry that was merged into another stays, and goes by that one: a step may name the one that goes
on wherever one of them was there, and what named either is the one's (`group`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import Field
from sqlalchemy import Connection, ScalarSelect, Select, exists, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.message import Event, Message, StreamKind
from domain.registry.events import EntriesMerged, EntryMergeUndone, EntryRegistered
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
    goes_by: SortedText = Field(examples=["supplier-taza"])
    """The code of the one that goes on, where it was merged into another; its own, where not."""
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
    indexes=[["kind", "entry"], ["goes_by"]],
)
_row = unvalidated(RegistryEntry)
ORDER = Order((), entries.c.entry, named=str)


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    kind: EntryKind
    province: str | None = None
    valid_on: date | None = None
    """Those that a step of that day may name: of several that are one, the one that goes on."""


def find(conn: Connection, filters: Filters, part: Part | None = None) -> Page[RegistryEntry]:
    """One page of a kind, by code."""
    query = select(entries.table).where(*_conditions(filters))
    return page_of(conn, query, ORDER, part or Part(BY_CODE), filters, entries.read)


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    yield entries.c.kind == filters.kind
    if filters.province is not None:
        yield entries.c.province == filters.province
    if filters.valid_on is not None:
        yield named_on(filters.valid_on)


def named_on(day: date) -> ColumnElement[bool]:
    """Whether a step of that day may name it."""
    one = entries.table.alias("one_of_them")
    valid = exists().where(
        one.c.goes_by == entries.c.entry,
        one.c.since <= day,
        or_(one.c.until.is_(None), one.c.until >= day),
    )
    return (entries.c.goes_by == entries.c.entry) & valid


def group(entry: str) -> Select[tuple[str]]:
    """The codes of all that go by the same as this one; its own where none is registered."""
    one = entries.table.alias("one_of_them")
    goes_by: ScalarSelect[str] = select(one.c.goes_by).where(one.c.entry == entry).scalar_subquery()
    return select(entries.c.entry).where(entries.c.goes_by == goes_by)


def get(conn: Connection, kind: str, entry: str) -> RegistryEntry | None:
    query = select(entries.table).where(entries.c.kind == kind, entries.c.entry == entry)
    row = conn.execute(query).one_or_none()
    return None if row is None else entries.read(row)


def merged_into(conn: Connection, entry: str) -> list[RegistryEntry]:
    """Those that go by it."""
    query = select(entries.table).where(entries.c.goes_by == entry, entries.c.entry != entry)
    return [entries.read(row) for row in conn.execute(query.order_by(entries.c.entry))]


def about(event: Event) -> Iterable[str]:
    """The entries of which an event changes what they are called, or go by."""
    return (event.entry,) if isinstance(event, EntryRegistered) else turning(event)


def turning(event: Event) -> tuple[str, ...]:
    """The entries that go by another from an event on, or no more."""
    if isinstance(event, EntriesMerged | EntryMergeUndone):
        return (event.entry, *event.along)
    return ()


def every(state: RegistryState) -> Iterator[str]:
    return iter(state.entries)


def _rows(state: RegistryState, entry: str) -> Iterator[RegistryEntry]:
    known = state.entries[entry]
    yield _row(
        kind=known.kind,
        entry=SortedText(known.entry),
        goes_by=SortedText(state.goes_by(known.entry)),
        name_fr=known.name_fr,
        name_ar=known.name_ar,
        name_tifinagh=known.name_tifinagh,
        province=known.province,
        since=known.since,
        until=known.until,
    )


ENTRIES = Listed(entries, StreamKind.REGISTRY, about, every, _rows)
