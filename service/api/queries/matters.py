"""What else people must know of their cases."""

from typing import Annotated
from uuid import UUID

from fastapi import FastAPI, Query
from starlette.responses import Response

from domain.values.codes import Code
from domain.values.places import ProvinceCode
from projections.views.matters import LONGEST, Filters, MatterKind
from service.api.asking import Asker, add_query
from service.api.parameter_kinds import Counted, Paged, Parameters
from service.queries import matters

TAG = "worklists"


class MatterFilter(Parameters):
    kind: MatterKind | None = None
    case_id: UUID | None = None
    centre: Code | None = None
    caseworker: UUID | None = None
    """Asked with one's own id, those of whom one stands in for are among them."""
    province: ProvinceCode | None = None


class MatterParameters(MatterFilter, Paged, Counted):
    pass


async def list_matters(asker: Asker, given: Annotated[MatterParameters, Query()]) -> Response:
    """Who was released since the last working day, who called, on whom a case waits since when.

    What stands there for longest first. No review is among them: those are tasks.
    """
    await asker.caught_up(given.at_least)
    part = given.part(LONGEST, total=given.total)
    return await asker.answer(matters.list_matters, Filters(**given.filters), part)


async def count_matters(asker: Asker, given: Annotated[MatterFilter, Query()]) -> Response:
    """How many of each kind: as many as are listed."""
    await asker.caught_up(given.at_least)
    return await asker.answer(matters.count_matters, Filters(**given.filters))


def add_matter_queries(app: FastAPI) -> None:
    path = "/v1/matters"
    add_query(app, "list-matters", path, TAG, list_matters, matters.MatterPage)
    add_query(app, "count-matters", f"{path}/counts", TAG, count_matters, matters.MatterCounts)
