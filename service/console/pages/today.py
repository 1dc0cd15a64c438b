"""What must be done now: what is late first, then what is due, then what comes within days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.responses import Response

from domain.case.schedule import ReviewKind
from domain.errors import Refused
from domain.message import Actor, Role, StreamKind
from domain.staff.roles import BOUND_TO_A_CENTRE
from domain.values.places import places
from projections.views.pages import Part
from projections.views.tasks import PRESSING, Age, Filters, Group
from service.console.pages.above import above
from service.console.pages.calls import calls_to_make
from service.console.pages.known import known
from service.console.pages.looked_at import Seen, seen_now
from service.console.pages.matters import beside
from service.console.pages.privacy import look_again, to_answer
from service.console.pages.saved import saved_on
from service.console.pages.whole import size_of, whole_of
from service.console.showing.filters import EVERYBODY, MINE, SORTED, TWO, Choice, as_id
from service.console.showing.list_rows import Known
from service.console.showing.task_rows import TaskLine, task_line
from service.console.visit import Signed
from service.queries.worklists import Task, TaskCounts, TaskPage, count_tasks, list_tasks
from service.words import writing
from service.words.language import Language
from service.words.store import words

PATH = "/"
CHOSEN = ("caseworker", "kind", "province", "late", "sort")
OTHER_SORTS = ("-pressing", "begins")
LABELS = {"kind": "task_what", "late": "late_by", "sort": "sorted_by"}
FEW = 10
"""So many of each group stand on the first page; the group's own page has all."""
PAGE = 50


@dataclass(frozen=True, slots=True)
class Whose:
    """Of whom the list is, and where it stands."""

    name: str
    filters: Filters
    chosen: Mapping[str, str]
    """What else the address says: one colleague, a kind of review, a province."""

    @property
    def said(self) -> dict[str, str]:
        """All that the address says of the list itself."""
        return {"whose": self.name, **self.chosen}

    @property
    def sort(self) -> str:
        return self.chosen.get("sort", PRESSING)

    def address(self, group: Group | None = None, after: str | None = None) -> str:
        return address_of(self.name, group, after, **self.chosen)


def address_of(
    whose: str, group: Group | None = None, after: str | None = None, **chosen: str
) -> str:
    """Where that list is."""
    asked = {"whose": whose, **chosen, "group": group, "after": after}
    return f"{PATH}?{urlencode({name: each for name, each in asked.items() if each})}"


@dataclass(frozen=True, slots=True)
class Section:
    """A group, as far as it stands on the page."""

    group: Group
    lines: list[TaskLine]
    many: int
    """In all."""
    everything: str | None
    """Where all of them are, if more than stand here."""


async def today_page(visit: Signed) -> Response:
    query = visit.request.query_params
    seen = await seen_now(visit)
    whose = whose_of(visit.actor, query)
    counts = await visit.ask(count_tasks, whose.filters)
    names = await known(visit)
    if query.get("group"):
        return await _one_group(visit, whose, counts, names, seen)
    sections = [await _first_of(visit, whose, group, counts, names) for group in Group]
    return visit.page(
        "today.html",
        whose=whose,
        tabs=_tabs(visit, whose),
        counts=counts,
        choices=list(_choices(counts, whose, visit.language)),
        sections=[each for each in sections if each.lines],
        next=None,
        live=seen.of(counts, whose.name, whose.chosen),
        saved=await saved_on(visit, "today", PATH, whose.said, names),
        whole=whole_of(query, whose.address()),
        first=await above(visit),
        calls=await calls_to_make(visit),
        to_answer=await to_answer(visit),
        look_again=await look_again(visit),
        beside=await beside(visit, whose.name, whose.chosen, counts),
        by_caseworker=whose.name == EVERYBODY,
    )


async def _one_group(
    visit: Signed, whose: Whose, counts: TaskCounts, names: Known, seen: Seen
) -> Response:
    """All of one group, a page at a time."""
    query = visit.request.query_params
    try:
        group = Group(query["group"])
    except ValueError:
        raise Refused("filter_unknown") from None
    page = await _page(
        visit, whose, group, Part(whose.sort, query.get("after"), size_of(query, PAGE))
    )
    section = Section(group, _lines(visit, page.tasks, names), getattr(counts, group), None)
    return visit.page(
        "today.html",
        whose=whose,
        tabs=(),
        counts=counts,
        choices=list(_choices(counts, whose, visit.language)),
        sections=[section] if section.lines else [],
        next=whose.address(group, page.next_cursor) if page.next_cursor else None,
        live=seen.of(counts, whose.name, whose.chosen),
        saved=None,
        whole=whole_of(query, whose.address(group)),
        first=None,
        calls=0,
        to_answer=None,
        look_again=0,
        beside=None,
        by_caseworker=whose.name == EVERYBODY,
    )


def whose_of(reader: Actor, query: Mapping[str, str]) -> Whose:
    """Raises `Refused("filter_unknown")`. A caseworker begins with their own."""
    has_own = reader.role is Role.CASEWORKER
    asked = query.get("whose") or (MINE if has_own else EVERYBODY)
    if asked not in (MINE, EVERYBODY):
        raise Refused("filter_unknown")
    chosen = {name: query[name] for name in CHOSEN if query.get(name)}
    known = {
        "kind": set(ReviewKind),
        "province": places(),
        "late": set(Age),
        "sort": set(OTHER_SORTS),
    }
    if not all(chosen[name] in those for name, those in known.items() if name in chosen):
        raise Refused("filter_unknown")
    if asked == MINE:
        chosen.pop("caseworker", None)
    caseworker = reader.id if asked == MINE else as_id(chosen.get("caseworker"))
    kind, late = chosen.get("kind"), chosen.get("late")
    filters = Filters(
        caseworker=caseworker,
        kind=ReviewKind(kind) if kind else None,
        province=chosen.get("province"),
        late=Age(late) if late else None,
    )
    return Whose(asked, filters, chosen)


def _choices(counts: TaskCounts, whose: Whose, language: Language) -> Iterator[Choice]:
    """The filters that would leave something out."""
    said, kinds = words(language), counts.by_kind or {}
    options: Mapping[str, Mapping[str, str]] = {
        "kind": {kind: said.of(kind) for kind in kinds},
        "province": {code: writing.province(code, language) for code in counts.by_province},
        "sort": {each: said.page[SORTED[each]] for each in OTHER_SORTS},
        "late": {age: said.page[f"late_{age}"] for age in Age} if kinds and counts.overdue else {},
    }
    for name, those in options.items():
        if len(those) >= TWO or name in whose.chosen:
            label = said.page[LABELS.get(name, name)]
            yield Choice(name, label, those, whose.chosen.get(name))


def _tabs(visit: Signed, whose: Whose) -> tuple[tuple[str, str, bool], ...]:
    """Each with its word, its address, and whether it is this one.

    A coordinator's too, who may have cases; and a caseworker's who stands in for one.
    """
    if visit.actor.role not in BOUND_TO_A_CENTRE:
        return ()
    named = (("tasks_mine", MINE), ("tasks_of_centre", EVERYBODY))
    return tuple((word, address_of(name), whose.name == name) for word, name in named)


async def _first_of(
    visit: Signed, whose: Whose, group: Group, counts: TaskCounts, names: Known
) -> Section:
    many = getattr(counts, group)
    if not many:
        return Section(group, [], 0, None)
    few = size_of(visit.request.query_params, FEW)
    page = await _page(visit, whose, group, Part(whose.sort, limit=few))
    everything = whose.address(group) if many > few else None
    return Section(group, _lines(visit, page.tasks, names), many, everything)


async def _page(visit: Signed, whose: Whose, group: Group, part: Part) -> TaskPage:
    return await visit.ask(list_tasks, replace(whose.filters, group=group), part)


def _lines(visit: Signed, tasks: tuple[Task, ...], names: Known) -> list[TaskLine]:
    may = visit.steps_of(StreamKind.CASE)
    return [task_line(each, visit.actor, visit.today, names, visit.language, may) for each in tasks]
