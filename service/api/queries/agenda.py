"""What is due by day."""

from typing import Annotated
from uuid import UUID

from fastapi import FastAPI, Query
from pydantic import Field
from starlette.responses import Response

from domain.values.codes import Code
from domain.values.places import ProvinceCode
from projections.views.tasks import Filters
from service.api.asking import Asker, add_query
from service.api.parameter_kinds import NUMBER, DayAhead, Parameters
from service.queries import agenda

TAG = "worklists"
SPAN = ("since", "days")


class AgendaParameters(Parameters):
    since: DayAhead | None = None
    """The first day; today where it is left out."""
    days: Annotated[int, Field(ge=1, le=31), NUMBER] = 7
    """How many of them."""
    centre: Code | None = None
    caseworker: UUID | None = None
    """Asked with one's own id, those of whom one stands in for are among them."""
    province: ProvinceCode | None = None


async def list_agenda(asker: Asker, given: Annotated[AgendaParameters, Query()]) -> Response:
    """What is due day by day, each with its window, and what a holiday has moved from which day.

    Days on which nothing is due are left out, but for holidays.
    """
    await asker.caught_up(given.at_least)
    asked = {name: value for name, value in given.filters.items() if name not in SPAN}
    span = agenda.Span(given.since, given.days)
    return await asker.answer(agenda.list_agenda, Filters(**asked), span)


def add_agenda(app: FastAPI) -> None:
    add_query(app, "list-agenda", "/v1/agenda", TAG, list_agenda, agenda.Agenda)
