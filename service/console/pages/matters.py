"""What is no review and still wants somebody: under the list of the day, and each kind on its page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.responses import Response

from domain.case.schedule import ReviewKind
from domain.case.whereabouts import Met
from domain.errors import Refused
from domain.message import Role, StreamKind
from projections.views.matters import LONGEST, Filters, MatterKind
from projections.views.pages import Part
from service.access.table import QUERIES
from service.console.pages.known import known
from service.console.pages.rounds import PRISONS, VISITS
from service.console.pages.whole import size_of, whole_of
from service.console.showing.filters import EVERYBODY, MINE, as_id
from service.console.showing.list_rows import Known
from service.console.showing.matter_rows import MatterLine, matter_line
from service.console.visit import Signed
from service.queries.matters import MatterCounts, count_matters, list_matters
from service.queries.worklists import TaskCounts
from service.words.store import words

PATH = "/matters"
FEW, PAGE = 5, 50
OF_THEIR_OWN = (ReviewKind.PAPER, ReviewKind.DECISION)
"""Kinds of reviews that somebody looks for by themselves: what expires, what is to be recorded."""


@dataclass(frozen=True, slots=True)
class Whose:
    name: str
    caseworker: str = ""

    def filters(self, visit: Signed, kind: MatterKind | None = None) -> Filters:
        own = visit.actor.id if self.name == MINE else as_id(self.caseworker)
        return Filters(kind=kind, caseworker=own)

    def address(self, kind: str, after: str | None = None, path: str = PATH) -> str:
        asked = {"whose": self.name, "caseworker": self.caseworker, "kind": kind, "after": after}
        return f"{path}?{urlencode({name: each for name, each in asked.items() if each})}"


@dataclass(frozen=True, slots=True)
class Section:
    """A kind, as far as it stands on the page."""

    kind: MatterKind
    lines: list[MatterLine]
    many: int
    lately: date
    everything: str | None
    """Where all of them are, if more than stand here."""


@dataclass(frozen=True, slots=True)
class Link:
    """A list of its own, with how many stand in it."""

    text: str
    many: int
    href: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the reviews."""

    links: list[Link]
    sections: list[Section]


async def beside(
    visit: Signed, name: str, chosen: Mapping[str, str], counts: TaskCounts
) -> Beside | None:
    """None for who reads of nobody's whereabouts, and where the list is cut to some of the reviews."""
    if visit.actor.role not in QUERIES["list-matters"].who or chosen.keys() - {
        "caseworker",
        "sort",
    }:
        return None
    whose = Whose(name, chosen.get("caseworker", ""))
    found = await visit.ask(count_matters, whose.filters(visit))
    names = await known(visit)
    sections = [
        await _section(visit, whose, kind, found, names)
        for kind in MatterKind
        if getattr(found, kind)
    ]
    return Beside(list(_links(visit, whose, counts)), sections)


def _links(visit: Signed, whose: Whose, counts: TaskCounts) -> Iterator[Link]:
    said, at = words(visit.language), counts.by_met or {}
    if not whose.caseworker:
        for met, path, name in (
            (Met.PRISON, PRISONS, "prison_day"),
            (Met.OUTSIDE, VISITS, "visit_round"),
        ):
            if at.get(met) and visit.actor.role in QUERIES["list-visit-round"].who:
                yield Link(said.page[name], at[met], whose.address("", path=path))
    for kind in OF_THEIR_OWN:
        if many := (counts.by_kind or {}).get(kind):
            yield Link(said.of(kind), many, whose.address(kind, path="/"))


async def matters_page(visit: Signed) -> Response:
    query = visit.request.query_params
    usual = MINE if visit.actor.role is Role.CASEWORKER else EVERYBODY
    name, kind = query.get("whose") or usual, query.get("kind")
    if name not in (MINE, EVERYBODY) or kind not in set(MatterKind):
        raise Refused("filter_unknown")
    whose = Whose(name, "" if name == MINE else query.get("caseworker", ""))
    found = await visit.ask(count_matters, whose.filters(visit))
    section, after = await _page(visit, whose, MatterKind(kind), found, query.get("after"))
    tabs = (("tasks_mine", MINE), ("tasks_of_centre", EVERYBODY))
    return visit.page(
        "matters.html",
        section=section,
        tabs=[(word, Whose(each).address(kind), each == name) for word, each in tabs],
        next=whose.address(kind, after) if after else None,
        whole=whole_of(query, whose.address(kind)),
        by_caseworker=name == EVERYBODY,
    )


async def _page(
    visit: Signed, whose: Whose, kind: MatterKind, found: MatterCounts, after: str | None
) -> tuple[Section, str | None]:
    page = await visit.ask(
        list_matters,
        whose.filters(visit, kind),
        Part(LONGEST, after, size_of(visit.request.query_params, PAGE)),
    )
    names, may = await known(visit), visit.steps_of(StreamKind.CASE)
    lines = [matter_line(each, visit.actor, names, visit.language, may) for each in page.matters]
    shown = [each for each in lines if each is not None]
    return Section(kind, shown, getattr(found, kind), found.lately, None), page.next_cursor


async def _section(
    visit: Signed, whose: Whose, kind: MatterKind, found: MatterCounts, names: Known
) -> Section:
    page = await visit.ask(list_matters, whose.filters(visit, kind), Part(LONGEST, limit=FEW))
    may, many = visit.steps_of(StreamKind.CASE), getattr(found, kind)
    lines = [matter_line(each, visit.actor, names, visit.language, may) for each in page.matters]
    everything = whose.address(kind) if many > FEW else None
    shown = [each for each in lines if each is not None]
    return Section(kind, shown, many, found.lately, everything)
