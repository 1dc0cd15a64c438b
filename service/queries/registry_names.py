"""Entries of the registry: found by words of a name, called as they were on a day, and what they come to."""

from domain.errors import NotFound, Unfit
from domain.message import Message
from domain.values.texts import legible
from projections.views import entry_search, entry_totals, registry
from projections.views.registry import RegistryEntry
from service.access.reader import Reading
from service.problems.faults import Fault, Faults
from service.problems.problem import Rejected
from service.queries.naming import SaidOfEntry, names_of, registry_of


class FoundEntries(Message):
    entries: tuple[RegistryEntry, ...]
    """The nearest first; of several that are one, the one that goes on."""


class EntryAnswer(RegistryEntry):
    names: tuple[SaidOfEntry, ...]
    """All it was ever called, by the day from which on."""
    merged: tuple[RegistryEntry, ...]
    """Those that go by it."""


class TotalsAnswer(Message):
    entries: tuple[entry_totals.EntryTotals, ...]
    """Those that come to anything, as far as the cases of the centre asked for make it."""


def search_registry(reading: Reading, asked: entry_search.Search) -> FoundEntries:
    """Raises `Rejected` for signs that nobody can read."""
    try:
        legible(asked.text)
    except Unfit as unfit:
        raise Rejected("validation_failed", Faults.of([Fault("/text", unfit.code)])) from None
    with reading.views.reading() as conn:
        return FoundEntries(entries=tuple(entry_search.search(conn, asked)))


def find_similar_entries(reading: Reading, asked: entry_search.Naming) -> FoundEntries:
    with reading.views.reading() as conn:
        return FoundEntries(entries=tuple(entry_search.alike(conn, asked)))


def get_registry_entry(reading: Reading, kind: str, entry: str) -> EntryAnswer:
    """The one of this code, if it is of this kind; raises `NotFound`."""
    with reading.views.reading() as conn:
        found = registry.get(conn, kind, entry)
        if found is None:
            raise NotFound
        merged = registry.merged_into(conn, entry)
    names = names_of(registry_of(reading), entry)
    return EntryAnswer(**dict(found), names=names, merged=tuple(merged))


def get_registry_totals(reading: Reading, filters: entry_totals.Filters) -> TotalsAnswer:
    with reading.views.reading() as conn:
        return TotalsAnswer(entries=tuple(entry_totals.totals(conn, filters)))
