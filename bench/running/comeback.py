"""How long people's steps take while all workflows come back from an empty Temporal.

    python -m bench.running.comeback [--cases 20000] [--seconds 90]

Every case was recorded three days ago, straight into the ledger, and has reminders it missed;
views and followers are level, Temporal knows none. One caseworker takes steps on cases picked at random
meanwhile.
"""

import argparse
import asyncio
import random
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import quantiles
from uuid import UUID, uuid4

from bench.cpu import Seconds, difference, seconds_by_part
from bench.findings import SQLITE, Finding, ranged
from domain.errors import JisrError
from domain.example.beside import register_beneficiary, register_centre, register_staff
from domain.example.person import EXAMPLE
from domain.example.registered import register_entries
from domain.example.way import Way
from domain.message import (
    Actor,
    Command,
    Origin,
    OriginKind,
    Role,
    Step,
    StreamKind,
    derived_id,
    stream_id,
)
from domain.registry.state import REGISTRY
from domain.staff.state import DIRECTORY
from domain.staff.steps import IssueAccessKey
from ledger.following.erasing import ERASURES
from ledger.ledger import Ledger
from ledger.opening import open_ledger
from ledger.store import Mark
from service.identity.access_keys import digest_of
from service.running.holidays import open_calendar
from service.running.master_key import ensure_master_key, master_keys
from service.running.rebuilding import rebuild_views
from service.settings import Settings
from tests.support.system import Person, System, running_system
from workflows.case.connecting import connect
from workflows.refreshing import WORKFLOWS
from workflows.server.embedded import NAMESPACE

KEY = "jisr_" + "0" * 58
STEPS = 4
"""Of each case: it is opened, and in detention with an expected release."""
GROUP = 200
OK = 200


class Writing:
    """Commands recorded many in a commit, three days ago."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._waiting: list[Command] = []

    def add(self, target: str, step: Step, actor: Actor) -> UUID:
        command = Command(
            id=uuid4(),
            target=target,
            step=step,
            actor=actor,
            origin=Origin(kind=OriginKind.IMPORT),
        )
        self._waiting.append(command)
        if len(self._waiting) >= GROUP:
            self.flush()
        return command.id

    def flush(self) -> None:
        for result in self._ledger.record_all(self._waiting):
            if isinstance(result, JisrError):
                raise result
        self._waiting.clear()


def record(settings: Settings, count: int) -> list[UUID]:
    """So many cases in a new ledger, and a caseworker with `KEY`."""
    then = datetime.now(UTC) - timedelta(days=3)
    ensure_master_key(settings)
    ledger = open_ledger(
        settings.ledger,
        settings.keys,
        master_keys(settings.master_key),
        calendar=open_calendar(None),
        clock=lambda: then,
    )
    writing = Writing(ledger)
    worker = founded(writing)
    cases = [_record_case(writing, worker, then.date()) for _ in range(count)]
    writing.flush()
    level_followers(ledger)
    ledger.close()
    return cases


def founded(writing: Writing) -> Actor:
    """A centre, all that steps name, and a caseworker with `KEY`."""
    boss = Actor(id=uuid4(), role=Role.ADMINISTRATOR)
    for step in (register_centre(), *register_entries()):
        writing.add(REGISTRY, step, boss)
    post = register_staff("caseworker-1", Role.CASEWORKER, EXAMPLE.centre)
    staff_id = derived_id(writing.add(DIRECTORY, post, boss), "staff")
    issue = IssueAccessKey(occurred_on=post.occurred_on, staff_id=staff_id, digest=digest_of(KEY))
    writing.add(DIRECTORY, issue, boss)
    return Actor(id=staff_id, role=Role.CASEWORKER, centre=EXAMPLE.centre)


def level_followers(ledger: Ledger) -> None:
    """As they are where only Temporal was lost."""
    last = ledger.feed.stored(ledger.head())
    assert last is not None  # noqa: S101 - there are cases
    with closing(ledger.feed.tracking()) as tracking:
        for follower in (WORKFLOWS, ERASURES):
            tracking.move(follower, Mark.of(last.id, last), [])


def _record_case(writing: Writing, worker: Actor, today: date) -> UUID:
    person, case = uuid4(), uuid4()
    begins = today - timedelta(days=random.randint(60, 280))  # noqa: S311 - no secret
    registered = register_beneficiary(card=str(person))
    writing.add(stream_id(StreamKind.BENEFICIARY, person), registered, worker)
    way = Way(person, worker.id, begins=begins)
    for step in islice((s for s in way.to_release() if s.occurred_on < today), STEPS):
        writing.add(stream_id(StreamKind.CASE, case), step, worker)
    return case


def steps(worker: Person, cases: list[UUID], seconds: float) -> tuple[list[float], int]:
    """Milliseconds of each step, and how many were not taken."""
    times, failed, until = [], 0, time.monotonic() + seconds
    note = {"occurred_on": str(datetime.now(UTC).date()), "text": "Came by this morning."}
    while time.monotonic() < until:
        began = time.perf_counter()
        path = f"/v1/cases/{random.choice(cases)}/steps/add-note"  # noqa: S311 - as above
        answer = worker.post(path, note)
        times.append((time.perf_counter() - began) * 1000)
        failed += answer.status_code != OK
    return times, failed


async def come_back(system: System) -> int:
    """How many workflows run now."""
    address = (system.data / "temporal.address").read_text()
    client = await connect(address, NAMESPACE)
    return (await client.count_workflows("ExecutionStatus = 'Running'")).count


@dataclass(frozen=True)
class Slice:
    """The steps of some time, and what the parts of the system took of the two."""

    times: list[float]
    """Milliseconds, of each step."""
    failed: int
    spent: Seconds
    back: int
    """Workflows that run at its end."""

    def percentile(self, percent: int) -> float:
        return quantiles(self.times, n=100)[percent - 1]

    def __str__(self) -> str:
        parts = ", ".join(
            f"{part} {spent:.0f} s" for part, spent in self.spent.items() if spent >= 1
        )
        return (
            f"{len(self.times)} steps, {self.failed} not taken: p50 {self.percentile(50):.0f} ms, "
            f"p95 {self.percentile(95):.0f} ms, slowest {max(self.times):.0f} ms; "
            f"{self.back} workflows are back; CPU {parts}"
        )


QUIET_CASES = 20
"""Back in a few seconds: what steps take then is what the others are to be held against."""


def measure(count: int, seconds: float, slices: int, name: str) -> list[Slice]:
    """Record so many cases, begin with an empty Temporal, and take steps in slices of time."""
    with tempfile.TemporaryDirectory(prefix="jisr-bench-") as folder:
        data = Path(folder) / "data"
        data.mkdir(mode=0o700)
        began = time.monotonic()
        cases = record(Settings(data=data), count)
        rebuild_views(Settings(data=data), lambda _done, _of: None)
        print(f"{name}: {count} cases recorded in {time.monotonic() - began:.0f} s", flush=True)
        with running_system(data) as system:
            worker = system.person(KEY)
            if count == QUIET_CASES:
                steps(worker, cases, seconds)
            found = []
            for number in range(1, slices + 1):
                before = seconds_by_part()
                times, failed = steps(worker, cases, seconds)
                spent = difference(before, seconds_by_part())
                found.append(Slice(times, failed, spent, asyncio.run(come_back(system))))
                print(f"{name} {number}: {found[-1]}", flush=True)
            return found


def main(options: argparse.Namespace) -> None:
    seconds = options.seconds / options.slices
    (quiet,) = measure(QUIET_CASES, seconds, 1, "quiet")
    back = measure(options.cases, seconds, options.slices, "coming back")
    what = f"steps while {options.cases:,} workflows come back, ms at p50 and p95"
    p50, p95 = (ranged([each.percentile(percent) for each in back], ".0f") for percent in (50, 95))
    value = f"{p50}; {p95}; at rest {quiet.percentile(50):.0f}; {quiet.percentile(95):.0f}"
    Finding(what, SQLITE, value, "p95 under 150").note()
    failed = sum(each.failed for each in back)
    Finding("of these not taken", SQLITE, str(failed), "0").note()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--slices", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    main(arguments())
