"""Entries of the registry: those that a step of its day may name, and those that a search finds.

What is chosen already is offered whatever became of it: why it cannot be recorded, the step says.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from datetime import date

from domain.errors import JisrError, NotFound
from domain.values.codes import EntryKind
from projections.views.entry_search import Naming, Search
from projections.views.pages import Part
from projections.views.registry import BY_CODE, Filters, RegistryEntry
from service.console.choices.asking import MOST, Choosing
from service.console.choices.of_people import SEARCH
from service.console.choices.said import parts
from service.console.forms.questions import Options
from service.console.visit import Signed
from service.queries.registry import list_registry_entries
from service.queries.registry_names import (
    EntryAnswer,
    find_similar_entries,
    get_registry_entry,
    search_registry,
)
from service.words import writing
from service.words.language import Language


async def entries(asked: Choosing) -> Options:
    """Of the kinds that the field takes; those that are searched for, where any are."""
    on = asked.day
    found = [each async for each in _chosen(asked, asked.kinds)]
    sought = [text for text in asked.said_in(f"{asked.name}{SEARCH}") if text.strip()]
    for text in sought:
        found += await _searched(asked, text, asked.kinds, on)
    for kind in () if sought else asked.kinds:
        part = Part(BY_CODE, limit=MOST)
        found += (
            await asked.visit.ask(list_registry_entries, Filters(kind, valid_on=on), part)
        ).entries
    return _options(asked, found)


async def entries_that_are_one(asked: Choosing) -> Options:
    """The one that is chosen, what is like it, and what a search finds: of its kind only."""
    found = [each async for each in _chosen(asked, tuple(EntryKind))]
    other = "entry" if asked.name == "goes_by" else "goes_by"
    beside = [each async for each in _of(asked, asked.typed.get(other, ""), tuple(EntryKind))]
    for each in beside:
        asking = Naming(each.kind, each.name_fr, each.name_ar)
        alike = await asked.visit.ask(find_similar_entries, asking)
        found += (one for one in alike.entries if one.entry != each.entry)
    kinds = tuple(each.kind for each in beside)
    for text in asked.said_in(f"{asked.name}{SEARCH}"):
        found += await _searched(asked, text, kinds)
    own = {each.entry for each in beside}
    return _options(asked, [each for each in found if each.entry not in own])


async def _searched(
    asked: Choosing, text: str, kinds: tuple[EntryKind, ...], on: date | None = None
) -> tuple[RegistryEntry, ...]:
    """Nothing where what was typed is nothing to search by."""
    with suppress(JisrError):
        return (await asked.visit.ask(search_registry, Search(text.strip(), kinds, on))).entries
    return ()


async def _chosen(asked: Choosing, kinds: tuple[EntryKind, ...]) -> AsyncIterator[RegistryEntry]:
    for code in dict.fromkeys(asked.said_in(asked.name)):
        async for each in _of(asked, code, kinds):
            yield each


async def _of(
    asked: Choosing, code: str, kinds: tuple[EntryKind, ...]
) -> AsyncIterator[RegistryEntry]:
    for kind in kinds if code else ():
        with suppress(NotFound):
            yield await asked.visit.ask(get_registry_entry, kind, code)


def _options(asked: Choosing, found: list[RegistryEntry]) -> Options:
    several = len(asked.kinds) > 1
    named = {
        str(each.entry): entry_label(each, asked.said.of(each.kind) if several else "", asked)
        for each in found
    }
    if any(text.strip() for text in asked.said_in(f"{asked.name}{SEARCH}")):
        return named
    return dict(sorted(named.items(), key=lambda each: each[1]))


def entry_label(entry: RegistryEntry, heading: str, asked: Choosing) -> str:
    name = entry.name_ar if asked.language is Language.ARABIC else entry.name_fr
    return parts(asked.language, name, heading, writing.province(entry.province, asked.language))


async def alike(visit: Signed, answers: Mapping[str, str]) -> list[RegistryEntry]:
    """Others of that kind with a name like the one that is typed; none before one is."""
    kind = answers.get("kind", "")
    if kind not in set(EntryKind):
        return []
    asked = Naming(EntryKind(kind), answers.get("name_fr"), answers.get("name_ar"))
    found = (await visit.ask(find_similar_entries, asked)).entries
    return [each for each in found if each.entry != answers.get("entry", "").strip()]


async def entry_of(visit: Signed, code: str) -> EntryAnswer | None:
    """Of whatever kind it is."""
    for kind in EntryKind if code else ():
        with suppress(NotFound):
            return await visit.ask(get_registry_entry, kind, code)
    return None
