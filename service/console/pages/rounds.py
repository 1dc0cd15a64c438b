"""Whom to see where: a day in the prisons, and a round of visits through the communes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from urllib.parse import urlencode

from starlette.responses import Response

from domain.errors import Refused
from domain.message import Role, StreamKind
from projections.views.pages import Part
from projections.views.tasks import BY_PLACE, Counts, Filters, Group
from service.console.pages.known import known
from service.console.pages.whole import size_of, whole_of
from service.console.showing.filters import EVERYBODY, MINE
from service.console.showing.task_rows import TaskLine, task_line
from service.console.visit import Signed
from service.queries.rounds import PlaceOfRound, Round, id_of, list_prison_day, list_visit_round
from service.queries.worklists import Task

PAGE = 50
PLACE = "place"


@dataclass(frozen=True, slots=True)
class Way:
    """A round, as the address asks for it."""

    name: str
    path: str
    whose: str
    chosen: str
    """The one place that is shown; empty for all."""
    places: Sequence[PlaceOfRound] = ()

    def address(self, place: str = "", after: str | None = None, whose: str = "") -> str:
        asked = {"whose": whose or self.whose, PLACE: place, "after": after}
        return f"{self.path}?{urlencode({name: each for name, each in asked.items() if each})}"

    @property
    def tabs(self) -> tuple[tuple[str, str, bool], ...]:
        named = (("tasks_mine", MINE), ("tasks_of_centre", EVERYBODY))
        return tuple(
            (word, self.address(whose=whose), self.whose == whose) for word, whose in named
        )

    @property
    def prints(self) -> bool:
        """Whether sheets of visits belong to it."""
        return self.path == VISITS


@dataclass(frozen=True, slots=True)
class Section:
    """A place, as far as it stands on the page."""

    place: PlaceOfRound
    lines: list[TaskLine]


PRISONS, VISITS = "/prison-day", "/visit-round"


async def prison_day_page(visit: Signed) -> Response:
    return await _page(visit, PRISONS, "prison_day", list_prison_day)


async def visit_round_page(visit: Signed) -> Response:
    return await _page(visit, VISITS, "visit_round", list_visit_round)


async def _page(visit: Signed, path: str, name: str, query: Callable[..., Round]) -> Response:
    asked = visit.request.query_params
    whose = asked.get("whose") or (MINE if visit.actor.role is Role.CASEWORKER else EVERYBODY)
    if whose not in (MINE, EVERYBODY):
        raise Refused("filter_unknown")
    chosen = asked.get(PLACE, "")
    filters = Filters(caseworker=visit.actor.id if whose == MINE else None)
    part = Part(BY_PLACE, asked.get("after"), size_of(asked, PAGE))
    found = await visit.ask(query, filters, chosen or None, part)
    way = Way(name, path, whose, chosen, found.places)
    shown = [each for each in found.places if chosen in ("", each.place_id)]
    return visit.page(
        "round.html",
        round=way,
        counts=_together(shown),
        sections=await _sections(visit, found),
        next=way.address(chosen, found.next_cursor) if found.next_cursor else None,
        whole=whole_of(asked, way.address(chosen)),
        by_caseworker=whose == EVERYBODY,
    )


def _together(places: Sequence[PlaceOfRound]) -> Counts:
    return Counts(**{group: sum(getattr(each, group) for each in places) for group in Group})


async def _sections(visit: Signed, found: Round) -> list[Section]:
    names, may = await known(visit), visit.steps_of(StreamKind.CASE)
    line = partial(
        task_line,
        reader=visit.actor,
        today=visit.today,
        known=names,
        language=visit.language,
        may=may,
    )
    places = {each.place_id: each for each in found.places}
    return [
        Section(places[place], [line(each) for each in some])
        for place, some in _by_place(found.tasks)
        if place in places
    ]


def _by_place(tasks: Sequence[Task]) -> Iterator[tuple[str, Iterator[Task]]]:
    return groupby(tasks, key=lambda task: id_of(task.prison or task.commune))
