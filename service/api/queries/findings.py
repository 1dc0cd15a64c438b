"""One finding with its entries, and the checks that find them."""

from uuid import UUID

from fastapi import FastAPI
from starlette.responses import Response

from projections.views.findings import Filters
from service.api.asking import Asker, add_query
from service.api.parameters import AtLeast
from service.queries.checks import CheckList, list_checks
from service.queries.findings import FindingAnswer, get_finding


async def finding(asker: Asker, finding_id: UUID, given: AtLeast) -> Response:
    """One finding, with the entries it rests on: who recorded each, when, and how long after.

    A coordinator sees one that rests on the centre's own cases alone. Where it was dismissed it says by
    whom and why.
    """
    await asker.caught_up(given.at_least)
    return await asker.answer(get_finding, Filters(finding_id=finding_id))


async def checks(asker: Asker, given: AtLeast) -> Response:
    """The checks: up to which entry each has looked, and how much it found; the last run of those
    that are run, and what operators did.
    """
    await asker.caught_up(given.at_least)
    return await asker.answer(list_checks)


def add_findings(app: FastAPI) -> None:
    add_query(app, "get-finding", "/v1/findings/{finding_id}", "findings", finding, FindingAnswer)
    add_query(app, "list-checks", "/v1/checks", "findings", checks, CheckList)
