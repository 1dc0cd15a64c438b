"""Whether ledger, workflows and views tell the same of all cases: each difference named, nothing mended.

The ledger is the truth; what differs from it is made again (`jisr rebuild`), once it is known why it
did. So views that were rebuilt first tell nothing any more of who wrote into them.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from domain.case import reviews
from domain.errors import JisrError, Unavailable
from domain.message import StreamKind, name_of, stream_id
from domain.values.calendar import Calendar
from projections.comparing import Covered, RowDiffers, comparison
from service.bootstrap import temporal_client
from service.running.holidays import open_calendar
from service.running.rebuilding import PATIENCE
from workflows.case.schedule import Schedule
from workflows.reconciling import Reconciling, WorkflowDiffers

if TYPE_CHECKING:
    from temporalio.client import Client

    from domain.case.state import CaseState
    from ledger.ledger import Ledger
    from projections.store import Views
    from service.settings import Settings

RATE = 20.0
"""Cases a second: twice as many as the sweep looks at, and people's steps still come first."""
TRIES = 2
"""Looks at the views until a difference is told: what is erased meanwhile is read otherwise."""

Progress = Callable[[str, int, int], None]
"""Called with what is looked at, how many cases were, and how many there are."""


@dataclass(slots=True)
class Reconciled:
    """What came of it."""

    began: datetime
    cases: int = 0
    runs: int = 0
    """Cases whose workflows were looked at."""
    covered: Covered | None = None
    """How far the views were compared; None where they could not be."""
    workflows: list[WorkflowDiffers] = field(default_factory=list)
    rows: list[RowDiffers] = field(default_factory=list)
    not_looked_at: list[str] = field(default_factory=list)
    """What could not be compared, in words."""

    @property
    def agree(self) -> bool:
        """Whether nothing differs, of what was looked at."""
        return not self.workflows and not self.rows and not self._views_are_of_another

    @property
    def is_whole(self) -> bool:
        return not self.not_looked_at

    @property
    def _views_are_of_another(self) -> bool:
        return self.covered is not None and not self.covered.same_event


async def reconcile(
    ledger: "Ledger",
    views: "Views",
    client: "Client | None",
    schedule: "Schedule",
    rate: float = RATE,
    progress: Progress = lambda _what, _done, _of: None,
) -> Reconciled:
    """Look at all; without a client at the views alone. What is away is named, and the rest looked at."""
    found = Reconciled(datetime.now(UTC))
    found.cases = len(await asyncio.to_thread(ledger.streams, StreamKind.CASE))
    pace = _Pace(rate, lambda done: progress("views", done, found.cases))
    await asyncio.to_thread(_rows, ledger, views, schedule.calendar, found, pace)
    if client is None:
        found.not_looked_at.append("workflows: Temporal does not answer")
        return found
    looking = Reconciling(client, ledger, schedule)
    try:
        async for each in looking.differences(
            rate, lambda done, of: progress("workflows", done, of)
        ):
            found.workflows.append(each)
    except Unavailable:
        found.not_looked_at.append("workflows: Temporal or the ledger went away meanwhile")
    found.runs = looking.cases
    return found


def _rows(
    ledger: "Ledger", views: "Views", calendar: Calendar, found: Reconciled, pace: "_Pace"
) -> None:
    """What differs at each of several looks, as of another moment each."""
    last: set[RowDiffers] | None = None
    try:
        for _ in range(TRIES):
            pace.begin()
            with comparison(ledger, views, calendar) as look:
                found.covered = look.covered
                if not look.is_comparable:
                    found.not_looked_at += _why_not(look.covered)
                    return
                now = list(look.differences(pace))
            found.rows = [each for each in now if last is None or each in last]
            if not found.rows:
                return
            last = set(found.rows)
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


async def reconcile_all(
    settings: "Settings",
    ledger: "Ledger",
    views: "Views",
    rate: float = RATE,
    progress: Progress = lambda _what, _done, _of: None,
) -> Reconciled:
    """As `reconcile`, of an installation."""
    schedule = Schedule(reviews, open_calendar(settings.calendar_file))
    client = await _client(settings)
    return await reconcile(ledger, views, client, schedule, rate, progress)


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
