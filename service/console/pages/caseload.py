"""The caseload: whose cases there are, the most pressing first, and what is found by a name."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.responses import Response

from domain.case.vocabulary import Stage
from domain.errors import NotFound, Refused
from domain.message import Role, StreamKind
from domain.staff.roles import BOUND_TO_A_CENTRE
from domain.values.codes import EntryKind
from projections.views.caseload import Case, Counts, Filters
from projections.views.pages import Part
from projections.views.searching import require_searchable
from service.access.table import REACH
from service.access.vocabulary import Reach
from service.console.pages.known import known, naming
from service.console.pages.noted import SEARCH
from service.console.pages.prefilled import FOUND_AS
from service.console.pages.saved import saved_on
from service.console.pages.whole import size_of, whole_of
from service.console.showing.filters import (
    EVERYBODY,
    MINE,
    Asked,
    Chip,
    Choice,
    chips,
    choices,
)
from service.console.showing.found import Search, person_line
from service.console.showing.links import StepLink, new
from service.console.showing.list_rows import CaseLine, Known, case_line
from service.console.visit import Signed
from service.queries import caseload
from service.queries.registry_names import get_registry_entry
from service.queries.timeline import NamedEntry

PATH = "/cases"
PAGE = 50
OPENING = ("register-beneficiary",)
"""By which form somebody who is not found comes in; its receipt leads to their case."""


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """What stands around the lines of the list."""

    asked: Asked
    text: str | None
    tabs: tuple[Tab, ...]
    chips: tuple[Chip, ...]
    choices: tuple[Choice, ...]
    shows: dict[str, bool]
    """The columns that tell anything: not one in which every line would say the same."""
    next: str | None
    empty: str
    """What to say of a list without a line."""
    batches: bool
    """Whether rows can be chosen, for one step for all of them."""

    @property
    def path(self) -> str:
        return self.asked.path

    @property
    def whose(self) -> str:
        return self.asked.whose

    @property
    def chosen(self) -> int:
        """How many filters are set."""
        return len(self.asked.chosen)

    def only(self, status: str) -> str:
        """The address of what stands like this, whatever else is chosen now."""
        return Asked(PATH, self.whose, status=status).address()


async def caseload_page(visit: Signed) -> Response:
    return await _listed(visit, PATH, None)


async def search(visit: Signed) -> Response:
    """Note what is looked for, and lead to what was found: Back, reload and language keep it."""
    text = (await visit.form()).get("text", "").strip()
    if not text:
        return visit.redirect(PATH)
    require_searchable(text)
    noted = await asyncio.to_thread(
        visit.sign_ins.note, visit.sign_in, SEARCH, text, datetime.now(UTC)
    )
    return visit.redirect(f"/found/{noted}?whose={EVERYBODY}")


async def found_page(visit: Signed) -> Response:
    """What was found half an hour ago at most; then the whole list again."""
    name = visit.request.path_params["name"]
    text = await asyncio.to_thread(
        visit.sign_ins.noted, visit.sign_in, SEARCH, name, datetime.now(UTC)
    )
    return visit.redirect(PATH) if text is None else await _listed(visit, f"/found/{name}", text)


async def _listed(visit: Signed, path: str, text: str | None) -> Response:
    query = visit.request.query_params
    role = visit.actor.role
    asked = Asked.of(path, query, MINE if role is Role.CASEWORKER else EVERYBODY)
    names = await known(visit)
    if asked.centre is not None and asked.centre not in names.centres:
        raise Refused("filter_unknown")
    if asked.entry is not None:
        names = naming(names, await entry_called(visit, asked.entry), visit.language)
    filters = asked.filters(visit.actor.id, text)
    part = Part(asked.sort or "overdue", query.get("after"), size_of(query, PAGE))
    page = await visit.ask(caseload.list_cases, filters, part)
    whose = Filters(caseworker=filters.caseworker)
    counts = await visit.ask(caseload.count_cases, whose)
    today, may = visit.today, visit.steps_of(StreamKind.CASE)
    return visit.page(
        "caseload.html",
        rows=[
            _whose(case_line(row, role, today, names, visit.language, may), row, filters)
            for row in page.cases
        ],
        counts=counts,
        still_open=counts.total - counts.by_stage.get(Stage.CLOSED, 0),
        list=_around(visit, asked, text, counts, names, page.next_cursor),
        looked_for=text,
        people=[person_line(row, visit.actor, visit.language) for row in page.without_case],
        opens=[_knowing(each, visit) for each in new(OPENING, visit.steps, visit.language)],
        search=Search.of(text) if text is not None else None,
        saved=None if text else await saved_on(visit, "cases", PATH, asked.said, names),
        whole=whole_of(visit.request.query_params, asked.address()),
    )


def _whose(line: CaseLine, row: Case, filters: Filters) -> CaseLine:
    """That it is somebody's for whom the reader stands in, where it is in a list of one's own."""
    own = filters.caseworker in (None, row.caseworker)
    return line if own else replace(line, absent=line.caseworker)


async def entry_called(visit: Signed, entry: str) -> list[NamedEntry]:
    """Raises `Refused("filter_unknown")` for a code that nothing is registered under."""
    for kind in EntryKind:
        with suppress(NotFound):
            found = await visit.ask(get_registry_entry, kind, entry)
            return [NamedEntry(kind=kind, entry=entry, names=found.names)]
    raise Refused("filter_unknown")


def _knowing(link: StepLink, visit: Signed) -> StepLink:
    """From what was found nobody, the form to register them begins with the name looked for."""
    found = visit.request.path_params.get("name")
    if link.step != OPENING[0] or not found:
        return link
    return replace(link, href=f"{link.href}?{urlencode({FOUND_AS: found})}")


def _around(
    visit: Signed,
    asked: Asked,
    text: str | None,
    counts: Counts,
    names: Known,
    after: str | None,
) -> ListView:
    role, language = visit.actor.role, visit.language
    return ListView(
        asked=asked,
        text=text,
        tabs=tuple(_tabs(role, asked)),
        chips=tuple(chips(asked, names, language)),
        choices=tuple(choices(asked, counts, names, language)),
        shows={
            "caseworker": asked.whose == EVERYBODY,
            "centre": REACH[role] is Reach.EVERYWHERE and len(counts.by_centre) > 1,
            "province": len(counts.by_province) > 1,
        },
        next=asked.address(after) if after else None,
        empty=_empty(asked, text, counts),
        batches=text is None and "prepare-batch" in visit.steps,
    )


def _tabs(role: Role, asked: Asked) -> list[Tab]:
    """Whose cases: only who may have cases of their own has two lists."""
    if role not in BOUND_TO_A_CENTRE:
        return []
    return [
        Tab(name, asked.address(whose=whose), asked.whose == whose)
        for name, whose in (("my_cases", MINE), ("cases_of_centre", EVERYBODY))
    ]


def _empty(asked: Asked, text: str | None, counts: Counts) -> str:
    if text is not None:
        return "nothing_found"
    if asked.chosen:
        return "nothing_late" if asked.status and len(asked.chosen) == 1 else "no_match"
    return "no_cases_yet" if not counts.total else "no_match"
