"""Whose the lines are that nobody is known for: a few at a time, each with who may be meant.

A person says it; a line without an answer is kept, and stands in the way of none after it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.batch import steps as s
from domain.batch.vocabulary import BatchStatus, Foretold
from domain.errors import JisrError
from projections.views import caseload
from projections.views.pages import Part
from service.console.visit import Signed
from service.problems.problem import Rejected
from service.queries.batches import Batch, BatchLineAnswer, list_batch_lines
from service.queries.caseload import search_cases

TRIAGED, CANDIDATES = 20, 4
"""Lines whose people are looked for on one page, and so many of each."""
FEWEST_SIGNS = 5
"""Digits of what is looked for as a number."""
AFTER = "from"
"""In the address: the line after which it goes on."""
NOBODY = "nobody"
STILL = frozenset(
    {BatchStatus.LOOKING, BatchStatus.READY, BatchStatus.ENDED, BatchStatus.STOPPED},
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """A line that is nobody's yet, and who may be meant."""

    line: BatchLineAnswer
    cases: tuple[caseload.Case, ...]


@dataclass(frozen=True, slots=True)
class Triage:
    """Some of the lines that nobody is known for."""

    lines: tuple[Candidates, ...]
    after: int
    """The line after which these begin."""
    next_after: int | None
    """After which the next ones do; None where these are the last."""


async def triage(visit: Signed, batch: Batch) -> Triage | None:
    """Those on the page that is asked for; None while nobody can say whose any is."""
    still = batch.status in STILL and not batch.forgotten
    if not (still and batch.unmatched and visit.may_search and "match-batch-lines" in visit.steps):
        return None
    asked = visit.request.query_params.get(AFTER, "")
    after = int(asked) if asked.isdecimal() else 0
    page = await visit.ask(list_batch_lines, batch.batch_id, after, TRIAGED, Foretold.UNMATCHED)
    found = [Candidates(each, await _meant(visit, each.said or "")) for each in page.lines]
    return Triage(tuple(found), after, page.next_after)


async def _meant(visit: Signed, said: str) -> tuple[caseload.Case, ...]:
    """Who is found by a number of what was pasted, else by a name, however it is spelled."""
    cells = [each.strip() for each in said.split(",")]
    numbers = [each for each in cells if _is_number(each)]
    names = [each for each in cells if not any(sign.isdigit() for sign in each) and " " in each]
    for text in (*numbers, *names):
        try:
            part = Part("-opened_on", limit=CANDIDATES)
            page = await visit.ask(search_cases, caseload.Filters(text=text), part)
        except (JisrError, Rejected):
            continue  # what nobody can be looked for by
        if page.cases:
            return page.cases
    return ()


def _is_number(cell: str) -> bool:
    """Of a paper or of a stay; a day is none."""
    try:
        date.fromisoformat(cell)
    except ValueError:
        return sum(sign.isdigit() for sign in cell) >= FEWEST_SIGNS
    return False


def matched(form: Mapping[str, str]) -> Iterator[s.MatchedLine]:
    """What was answered. Raises `ValueError` for what is no answer."""
    for name, value in form.items():
        line, _, number = name.partition("-")
        if line == "line" and value:
            case = None if value == NOBODY else UUID(value)
            yield s.MatchedLine(line=int(number), case_id=case)
