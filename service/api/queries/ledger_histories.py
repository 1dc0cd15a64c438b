"""What stands in the ledger beside the programme, and how it came to be: for who audits the house."""

from typing import Annotated
from uuid import UUID

from fastapi import FastAPI, Path
from starlette.responses import Response

from service.api.asking import Asker, add_query
from service.api.parameters import HistoryPoint, stretch_of
from service.queries import ledger_histories as of
from service.queries.history import History

Series = Annotated[str, Path(max_length=of.LONGEST_NAME, pattern=of.SERIES, examples=["taza-2023"])]
Begin = Annotated[str, Path(pattern=of.BEGIN, examples=["3f0"])]


async def reception_history(asker: Asker, reception_id: UUID, given: HistoryPoint) -> Response:
    """The events of a reception, and the reception at any moment; also of one that was taken back."""
    await asker.caught_up(given.at_least)
    return await asker.answer(of.get_reception_history, reception_id, stretch_of(given))


async def finding_history(asker: Asker, finding_id: UUID, given: HistoryPoint) -> Response:
    """When a finding was dismissed and opened again, by whom and why; nothing while nobody did."""
    await asker.caught_up(given.at_least)
    return await asker.answer(of.get_finding_history, finding_id, stretch_of(given))


async def upkeep_history(asker: Asker, given: HistoryPoint) -> Response:
    """Every event of what operators did to the engine."""
    await asker.caught_up(given.at_least)
    return await asker.answer(of.get_upkeep_history, stretch_of(given))


async def reference_history(asker: Asker, series: Series, given: HistoryPoint) -> Response:
    """Every reference that was given in a series, such as a centre's of a year.

    `taza-2023`: the cases that the centre opened in that year. Nothing where none was given.
    """
    await asker.caught_up(given.at_least)
    return await asker.answer(of.get_reference_history, series, stretch_of(given))


async def numbers_history(asker: Asker, begin: Begin, given: HistoryPoint) -> Response:
    """Whose the numbers of papers and phones are whose marks begin with these three signs.

    A mark is a keyed hash: it says whether two numbers are the same, and not which they are.
    """
    await asker.caught_up(given.at_least)
    return await asker.answer(of.get_numbers_history, begin, stretch_of(given))


def add_ledger_histories(app: FastAPI) -> None:
    for name, path, tag, endpoint in (
        ("get-reception-history", "receptions/{reception_id}", "receptions", reception_history),
        ("get-finding-history", "findings/{finding_id}", "findings", finding_history),
        ("get-upkeep-history", "upkeep", "office", upkeep_history),
        ("get-reference-history", "references/{series}", "office", reference_history),
        ("get-numbers-history", "numbers/{begin}", "office", numbers_history),
    ):
        add_query(app, name, f"/v1/{path}/history", tag, endpoint, History)
