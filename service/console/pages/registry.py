"""What steps name by a code: the centres, the entries of a kind, one of them with what it comes to.

What somebody looks for is kept as a search is, never in an address. What entries come to is told to
whoever reads cases, by the cases that they read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from domain.errors import NotFound, Refused
from domain.values.codes import EntryKind
from projections.views.entry_search import Search
from projections.views.entry_totals import EntryTotals
from projections.views.entry_totals import Filters as TotalsOf
from projections.views.pages import Part
from projections.views.registry import BY_CODE, Filters, RegistryEntry
from service.access.table import QUERIES
from service.console.pages.house import shown_centre
from service.console.pages.noted import lead_to, said_at
from service.console.showing.entries import REGISTRY, ShownEntry, shown_entry
from service.console.showing.links import StepLink, form_at, new
from service.console.visit import Signed
from service.queries.registry import list_centres, list_registry_entries
from service.queries.registry_names import (
    EntryAnswer,
    get_registry_entry,
    get_registry_totals,
    search_registry,
)
from service.words.store import words

PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """An entry, with what it comes to, where the reader may know."""

    it: ShownEntry
    totals: EntryTotals | None


async def registry_page(visit: Signed) -> Response:
    """The centres, and the entries of one kind; or those that a search finds, of every kind."""
    return await _drawn(visit, await said_at(visit))


async def search_page(visit: Signed) -> Response:
    """What is looked for is sent, and stands at an address of its own."""
    text = (await visit.form()).get("text", "").strip()
    return await lead_to(visit, REGISTRY, {"text": text}, _drawn)


async def _drawn(visit: Signed, said: Mapping[str, Any]) -> Response:
    query = visit.request.query_params
    kind, after = query.get("kind") or EntryKind.SUPPLIER, query.get("after")
    if kind not in set(EntryKind):
        raise Refused("filter_unknown")
    text, cursor = said.get("text", ""), None
    if text:
        found: Iterable[RegistryEntry] = (await visit.ask(search_registry, Search(text))).entries
    else:
        part = Part(BY_CODE, after, PAGE)
        page = await visit.ask(list_registry_entries, Filters(EntryKind(kind)), part)
        found, cursor = page.entries, page.next_cursor
    centres = await visit.ask(list_centres)
    return visit.page(
        "registry.html",
        kind=kind,
        kinds=list(EntryKind),
        text=text,
        centres=[shown_centre(each, visit.today, visit.language) for each in centres.centres],
        lines=await _lines(visit, list(found)),
        next=_next(kind, cursor),
        steps=new(("register-centre", "register-entry"), visit.steps, visit.language),
    )


async def _lines(visit: Signed, found: list[RegistryEntry]) -> list[Line]:
    totals: dict[str, EntryTotals] = {}
    for kind in dict.fromkeys(each.kind for each in found):
        totals |= await _totals(visit, TotalsOf(kind))
    return [Line(shown_entry(each, visit.language), totals.get(each.entry)) for each in found]


async def _totals(visit: Signed, asked: TotalsOf) -> dict[str, EntryTotals]:
    """Nothing for whoever reads no case."""
    if visit.actor.role not in QUERIES["get-registry-totals"].who:
        return {}
    found = await visit.ask(get_registry_totals, asked)
    return {each.entry: each for each in found.entries}


async def entry_page(visit: Signed) -> Response:
    """Raises `NotFound` for what is not registered as that."""
    kind, code = visit.request.path_params["kind"], visit.request.path_params["entry"]
    if kind not in set(EntryKind):
        raise NotFound
    found = await visit.ask(get_registry_entry, kind, code)
    totals = await _totals(visit, TotalsOf(found.kind, entry=code))
    goes_by = None
    if found.goes_by != found.entry:
        other = await visit.ask(get_registry_entry, kind, found.goes_by)
        goes_by = shown_entry(other, visit.language)
    return visit.page(
        "entry.html",
        it=shown_entry(found, visit.language),
        names=found.names,
        goes_by=goes_by,
        merged=[shown_entry(each, visit.language) for each in found.merged],
        totals=totals.get(found.goes_by),
        reads_cases=visit.actor.role in QUERIES["list-cases"].who,
        steps=_steps(visit, found),
    )


def _steps(visit: Signed, found: EntryAnswer) -> list[StepLink]:
    """What can be recorded of it. Whose it is, the step asks."""
    merged = found.goes_by != found.entry
    names = ("undo-entry-merge",) if merged else ("register-entry", "merge-entries")
    said = words(visit.language).step
    return [
        StepLink(each, said[each], form_at(each, entry=found.entry))
        for each in names
        if each in visit.steps
    ]


def _next(kind: str, cursor: str | None) -> str | None:
    asked = urlencode({"kind": kind, "after": cursor or ""})
    return f"{REGISTRY}?{asked}" if cursor else None
