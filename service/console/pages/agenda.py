"""Whom to see this week: what is due by day, grouped by place, with the holidays and what they moved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from domain.errors import Refused
from domain.message import Role, StreamKind
from domain.staff.roles import BOUND_TO_A_CENTRE
from projections.views.tasks import Filters, place_of
from service.console.pages.known import known
from service.console.showing.filters import EVERYBODY, MINE
from service.console.showing.list_rows import Known
from service.console.showing.task_rows import TaskLine, task_line
from service.console.visit import Signed
from service.queries.agenda import Agenda, AgendaDay, AgendaTask, Span, list_agenda

PATH = "/calendar"
DAYS = 7


@dataclass(frozen=True, slots=True)
class Line:
    """A task on its day."""

    task: TaskLine
    window: tuple[date, date]
    moved_from: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """What is done at one place on a day."""

    commune: str | None
    """None inside, and where none was told."""
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class DayShown:
    day: date
    is_holiday: bool
    many: int
    places: list[Place]


@dataclass(frozen=True, slots=True)
class Week:
    """The days that are shown, and the way to others."""

    whose: str
    since: date
    until: date

    def address(self, since: date | None = None, whose: str = "") -> str:
        asked = {"whose": whose or self.whose, "since": (since or self.since).isoformat()}
        return f"{PATH}?{urlencode(asked)}"

    @property
    def before(self) -> str:
        return self.address(self.since - timedelta(days=DAYS))

    @property
    def after(self) -> str:
        return self.address(self.until + timedelta(days=1))

    @property
    def tabs(self) -> tuple[tuple[str, str, bool], ...]:
        named = (("tasks_mine", MINE), ("tasks_of_centre", EVERYBODY))
        return tuple(
            (word, self.address(whose=whose), self.whose == whose) for word, whose in named
        )


async def agenda_page(visit: Signed) -> Response:
    query = visit.request.query_params
    whose = query.get("whose") or (MINE if visit.actor.role is Role.CASEWORKER else EVERYBODY)
    if whose not in (MINE, EVERYBODY):
        raise Refused("filter_unknown")
    filters = Filters(caseworker=visit.actor.id if whose == MINE else None)
    found = await visit.ask(list_agenda, filters, Span(_day(query.get("since")), DAYS))
    names = await known(visit)
    return visit.page(
        "calendar.html",
        week=Week(whose, found.since, found.until),
        tabs=visit.actor.role in BOUND_TO_A_CENTRE,
        days=[*_days(visit, found, names)],
        agenda=found,
        by_caseworker=whose == EVERYBODY,
    )


def _day(text: str | None) -> date | None:
    """Raises `Refused("filter_unknown")` for what is no day of this century."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused("filter_unknown") from None
    if not FIRST <= day <= LAST:
        raise Refused("filter_unknown")
    return day


FIRST, LAST = date(2000, 1, 1), date(2099, 12, 1)


def _days(visit: Signed, found: Agenda, names: Known) -> Iterator[DayShown]:
    may = visit.steps_of(StreamKind.CASE)

    def line(task: AgendaTask) -> Line:
        shown = task_line(task, visit.actor, visit.today, names, visit.language, may)
        return Line(shown, (task.window_start, task.window_end), task.moved_from)

    for each in found.days:
        places = [Place(commune, [line(task) for task in some]) for commune, some in placed(each)]
        yield DayShown(each.day, each.is_holiday, len(each.tasks), places)


def placed(day: AgendaDay) -> Iterator[tuple[str | None, Sequence[AgendaTask]]]:
    """Where somebody is met outside, by commune, however it is spelled; all else together."""
    found: dict[str, list[AgendaTask]] = {}
    for each in day.tasks:
        found.setdefault(place_of(each.commune), []).append(each)
    for some in found.values():
        yield some[0].commune, some
