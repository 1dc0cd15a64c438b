"""Batches: one step for many cases, its lines, and what is pasted of a list."""

from uuid import UUID

from fastapi import FastAPI
from starlette.responses import Response

from projections.views.batches import NEWEST, Filters
from service.api.asking import Asker, add_query
from service.api.parameters import (
    AtLeast,
    BatchFilters,
    BatchLinesPage,
    HistoryPoint,
    PastedList,
    PastedText,
    stretch_of,
)
from service.queries import batches
from service.queries.histories import get_batch_history
from service.queries.history import History

TAG, BATCH = "batches", "/v1/batches/{batch_id}"


async def list_batches(asker: Asker, given: BatchFilters) -> Response:
    """Batches and how far they are, the latest prepared first; a centre's own staff see its own."""
    await asker.caught_up(given.at_least)
    part = given.part(NEWEST, total=given.total)
    return await asker.answer(batches.list_batches, Filters(**given.filters), part)


async def batch(asker: Asker, batch_id: UUID, given: AtLeast) -> Response:
    """A batch: what was foreseen, how far it is, and the digest to start it with."""
    await asker.caught_up(given.at_least)
    return await asker.thing(batches.get_batch, batch_id)


async def batch_lines(asker: Asker, batch_id: UUID, given: BatchLinesPage) -> Response:
    """The lines of a batch, with what became of each, or would: refused ones say why."""
    await asker.caught_up(given.at_least)
    asked = batch_id, given.after, given.limit, given.only
    return await asker.answer(batches.list_batch_lines, *asked)


async def batch_history(asker: Asker, batch_id: UUID, given: HistoryPoint) -> Response:
    """Every event of a batch, and the batch at any moment."""
    return await asker.answer(get_batch_history, batch_id, stretch_of(given))


async def find_batch_lines(asker: Asker, given: PastedText) -> Response:
    """Whose the lines of a pasted list are, as `prepare-batch` takes them.

    A reference that is unknown and one of another centre are answered alike.
    """
    await asker.caught_up(given.at_least)
    return await asker.answer(batches.find_batch_lines, given.text)


def add_batch_queries(app: FastAPI) -> None:
    add_query(app, "list-batches", "/v1/batches", TAG, list_batches, batches.BatchPage)
    path, answer = "/v1/batches/find-lines", batches.PastedLines
    add_query(app, "find-batch-lines", path, TAG, find_batch_lines, answer, PastedList)
    add_query(app, "get-batch", BATCH, TAG, batch, batches.Batch)
    path = BATCH + "/lines"
    add_query(app, "list-batch-lines", path, TAG, batch_lines, batches.BatchLines)
    add_query(app, "get-batch-history", BATCH + "/history", TAG, batch_history, History)
