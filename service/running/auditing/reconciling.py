"""Whether ledger, workflows and views tell the same of all cases: each difference named, nothing mended.

The ledger is the truth; what differs from it is made again (`jisr rebuild`), once it is known why it
did. So views that were rebuilt first tell nothing any more of who wrote into them.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from domain.case import reviews
from domain.errors import JisrError, Unavailable
from domain.message import StreamKind, name_of, stream_id
from projections.comparing import Covered, RowDiffers, comparison
from projections.store import RebuildBroken
from service.bootstrap import temporal_client
from service.running.auditing.found import Reconciled
from service.running.auditing.notebook import Notebook
from service.running.holidays import open_calendar
from service.running.rebuilding import PATIENCE
from workflows.case.schedule import Schedule
from workflows.reconciling import Reconciling

if TYPE_CHECKING:
    from temporalio.client import Client

    from domain.case.state import CaseState
    from ledger.ledger import Ledger
    from projections.rebuilding.hands import Hands
    from projections.store import Views
    from service.settings import Settings

RATE = 200.0
"""Cases a second, at most. By night it is less: people's steps come first (`nightly.py`)."""
KEPT_EVERY = 5.0
"""Seconds between two notes of how far it is."""
TRIES = 2
"""Looks at the views until a difference is told: what is erased meanwhile is read otherwise."""

Progress = Callable[[str, int, int], None]
"""Called with what is looked at, how many cases were, and how many there are."""


@dataclass(frozen=True, slots=True)
class Sides:
    """What is held side by side; without a client nothing of the workflows."""

    ledger: "Ledger"
    views: "Views"
    client: "Client | None"
    schedule: "Schedule"
    hands: "Hands | None" = None
    """Processes that make the views' rows again, where this one does not do it alone."""


async def reconcile(
    sides: Sides,
    rate: float = RATE,
    progress: Progress = lambda _what, _done, _of: None,
    notebook: Notebook | None = None,
) -> Reconciled:
    """Look at all. What is away is named, and the rest looked at.

    With a notebook from where a run was ended; it is left empty at the end.
    """
    found = (notebook.begun() if notebook else None) or Reconciled(datetime.now(UTC))
    found.cases = len(await asyncio.to_thread(sides.ledger.streams, StreamKind.CASE))
    if found.covered is None:
        pace = _Pace(rate, lambda done: progress("views", done, found.cases))
        await asyncio.to_thread(_rows, sides, found, pace)
        if notebook is not None:
            notebook.keep(found)
    if sides.client is None:
        found.not_looked_at.append("workflows: Temporal does not answer")
    else:
        await _runs(sides, sides.client, found, rate, progress, notebook)
    if notebook:
        notebook.forget()
    return found


async def _runs(
    sides: Sides,
    client: "Client",
    found: Reconciled,
    rate: float,
    progress: Progress,
    notebook: Notebook | None,
) -> None:
    looking, kept = Reconciling(client, sides.ledger, sides.schedule), 0.0
    try:
        async for part in looking.parts(
            rate, found.last, lambda done, of: progress("workflows", done, of)
        ):
            found.workflows += part.differences
            found.last = part.last
            found.runs += part.cases
            if notebook and time.monotonic() - kept > KEPT_EVERY:
                await asyncio.to_thread(notebook.keep, found)
                kept = time.monotonic()
    except Unavailable:
        found.not_looked_at.append("workflows: Temporal or the ledger went away meanwhile")


def _rows(sides: Sides, found: Reconciled, pace: "_Pace") -> None:
    """What differs at each of several looks, as of another moment each."""
    last: set[RowDiffers] | None = None
    try:
        for _ in range(TRIES):
            pace.begin()
            with comparison(sides.ledger, sides.views, sides.schedule.calendar) as look:
                found.covered = look.covered
                if not look.is_comparable:
                    found.not_looked_at += _why_not(look.covered)
                    return
                now = list(look.differences(pace, sides.hands))
            found.rows = [each for each in now if last is None or each in last]
            if not found.rows:
                return
            last = set(found.rows)
    except RebuildBroken:
        found.not_looked_at.append("views: a process that made their rows again was ended")
    except Unavailable:
        found.not_looked_at.append("views: they are away, or are being made anew")
    except JisrError as error:
        found.not_looked_at.append(f"views: {error}")


def _why_not(covered: Covered) -> Iterator[str]:
    if not covered.same_event:
        yield (
            f"views: they were made from another ledger, or from an end of this one that is lost:"
            f" at position {covered.position} stands another event"
        )
    else:
        yield (
            f"views: they are made by other holidays ({covered.calendar}) than those announced"
            " now; the projector makes their days anew"
        )


class _Pace:
    """So many cases a second, told as they are done."""

    def __init__(self, rate: float, told: Callable[[int], None]) -> None:
        self._rate = rate
        self._told = told
        self.begin()

    def begin(self) -> None:
        self._done, self._began = 0, time.monotonic()

    def __call__(self, cases: int) -> None:
        self._done += cases
        self._told(self._done)
        time.sleep(max(self._done / self._rate - (time.monotonic() - self._began), 0))


async def sides_of(
    settings: "Settings", ledger: "Ledger", views: "Views", hands: "Hands | None" = None
) -> Sides:
    """Of an installation."""
    schedule = Schedule(reviews, open_calendar(settings.calendar_file))
    return Sides(ledger, views, await _client(settings), schedule, hands)


async def _client(settings: "Settings") -> "Client | None":
    """None where Temporal does not answer."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await temporal_client(settings, lazy=False)
    except (TimeoutError, RuntimeError):
        return None


def references(ledger: "Ledger", found: Reconciled) -> dict[str, str]:
    """Of the cases among what differs, by their ids."""
    streams = {name for name, _ in ledger.streams(StreamKind.CASE)}
    ids = {each.case_id for each in found.workflows}
    ids |= {each.owner.rpartition("/")[2] for each in found.rows}
    known = [each for name in sorted(ids) if (each := stream_id(StreamKind.CASE, name)) in streams]
    states = ledger.states(known)
    return {name_of(each): cast("CaseState", state).reference for each, state in states.items()}
