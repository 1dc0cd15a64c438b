"""Where people are met for what is to be done: in each prison, and outside in each commune.

The same tasks as on the list of the day, those that are seen to with the person, in the order of
a way: what is at one place stands together.
"""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import Annotated

from domain.case.whereabouts import Met
from domain.message import FieldClass
from projections.views import rounds, tasks
from projections.views.pages import Part
from service.access.reader import Reading
from service.queries.naming import called
from service.queries.worklists import TaskPage, list_tasks, with_absent

NOWHERE = "?"
"""No place is sorted by it."""


class PlaceOfRound(rounds.Place):
    place_id: str
    """By which the tasks at this place alone are asked for: an address holds no free words."""
    called: Annotated[str | None, FieldClass.PERSONAL]
    """The name in the language asked for: of a prison the registry's."""


class Round(TaskPage):
    """Some of the tasks, and every place where there are any."""

    places: tuple[PlaceOfRound, ...]
    """In the order of the list, each with as many as are listed of it."""


def list_prison_day(
    reading: Reading, filters: tasks.Filters, place: str | None = None, part: Part | None = None
) -> Round:
    """Whom to see in which prison: what is overdue, due or coming within seven days."""
    return _round(reading, replace(filters, met=Met.PRISON), place, part)


def list_visit_round(
    reading: Reading, filters: tasks.Filters, place: str | None = None, part: Part | None = None
) -> Round:
    """Whom to see outside, in which commune."""
    return _round(reading, replace(filters, met=Met.OUTSIDE), place, part)


def _round(reading: Reading, filters: tasks.Filters, place: str | None, part: Part | None) -> Round:
    """`place`: the id of the one that is asked for alone."""
    filters = replace(filters, begun=True)
    with reading.views.reading() as conn:
        found = rounds.places(conn, with_absent(reading, filters), reading.today)
    if place is not None:
        filters = replace(filters, place=_meant(place, found))
    page = list_tasks(reading, filters, part or Part(tasks.BY_PLACE))
    name = called(reading)
    places = (
        PlaceOfRound(
            **dict(each),
            place_id=id_of(each.name),
            called=name(each.name, None) if filters.met is Met.PRISON else each.name,
        )
        for each in found
    )
    return Round(**dict(page), places=tuple(places))


def id_of(name: str | None) -> str:
    """The same for a commune however it is spelled."""
    return sha256(tasks.place_of(name).encode()).hexdigest()[:12]


def _meant(place: str, found: Iterable[rounds.Place]) -> str:
    """As it is sorted by; where nothing is to be done any more, none."""
    names = (each.name for each in found if id_of(each.name) == place)
    return next((tasks.place_of(name) for name in names), NOWHERE)
