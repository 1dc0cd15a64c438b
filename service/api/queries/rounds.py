"""The rounds that people make: whom to see in which prison, and in which commune."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import FastAPI, Query
from starlette.responses import Response

from domain.case.schedule import ReviewKind
from domain.values.codes import Code
from domain.values.places import ProvinceCode
from projections.views.tasks import BY_PLACE, Filters, Group
from service.api.asking import Asker, add_query
from service.api.parameter_kinds import Counted, Paged, Text
from service.queries import rounds

TAG = "worklists"


class RoundParameters(Paged, Counted):
    place: Text | None = None
    """The `place_id` of one of the places."""
    group: Group | None = None
    """Without one: all that is overdue, due or coming within seven days."""
    kind: ReviewKind | None = None
    """Of reviews."""
    centre: Code | None = None
    caseworker: UUID | None = None
    """Asked with one's own id, those of whom one stands in for are among them."""
    province: ProvinceCode | None = None


async def list_prison_day(asker: Asker, given: Annotated[RoundParameters, Query()]) -> Response:
    """Whom to see in which prison: place by place, at each the most pressing first.

    What is overdue, due or coming within seven days, and is seen to with the person.
    """
    return await _answer(asker, given, rounds.list_prison_day)


async def list_visit_round(asker: Asker, given: Annotated[RoundParameters, Query()]) -> Response:
    """Whom to see outside: commune by commune, in each the most pressing first."""
    return await _answer(asker, given, rounds.list_visit_round)


async def _answer(
    asker: Asker, given: RoundParameters, query: Callable[..., rounds.Round]
) -> Response:
    await asker.caught_up(given.at_least)
    asked = {name: value for name, value in given.filters.items() if name != "place"}
    part = given.part(BY_PLACE, total=given.total)
    return await asker.answer(query, Filters(**asked), given.place, part)


def add_round_queries(app: FastAPI) -> None:
    path = "/v1/tasks"
    add_query(app, "list-prison-day", f"{path}/prison-day", TAG, list_prison_day, rounds.Round)
    add_query(app, "list-visit-round", f"{path}/visit-round", TAG, list_visit_round, rounds.Round)
