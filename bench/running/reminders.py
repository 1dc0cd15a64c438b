"""Ten thousand cases whose reminders go out on one morning, and people's own steps beside them.

    python -m bench.running.reminders [--cases 10000] [--seconds 600] [--people 4]

The two hours of a morning are pressed into `--seconds`: each case's reminder has its own moment there,
by the same spread. Cases are recorded straight into the ledger, each at such a moment that what it
missed goes out at its own; their workflows are begun before the first, and sleep. People take steps
meanwhile, as fast as somebody reads and types, on cases that nothing falls due in.
"""

import argparse
import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from statistics import quantiles
from uuid import UUID, uuid4

from bench.cpu import difference, seconds_by_part
from bench.findings import SQLITE, Finding
from bench.running.batch import People, during, told
from bench.running.comeback import KEY, Writing, founded, level_followers
from domain.case.custody.steps import BeginDetention
from domain.case.custody.vocabulary import DetentionKind
from domain.case.events import ReminderRecorded
from domain.case.steps import Consent, OpenCase
from domain.case.vocabulary import Route
from domain.example.beside import register_beneficiary
from domain.example.person import EXAMPLE, Person
from domain.message import Actor, StreamKind, name_of, stream_id
from domain.rules import NEWEST
from domain.values.calendar import DAY, local_date
from ledger.opening import open_ledger
from service.running.holidays import open_calendar
from service.running.master_key import ensure_master_key, master_keys
from service.running.rebuilding import rebuild_views
from service.settings import Settings
from tests.support.system import System, running_system
from workflows.case.connecting import connect
from workflows.case.messages import TASK_QUEUE
from workflows.case.runs import Runs
from workflows.server.embedded import NAMESPACE

OWN = 40
"""Cases in which nothing falls due, on which people take steps."""
ALONE_SECONDS = 30.0
"""How long people's steps are measured before the morning."""
A_CASE, AT_LEAST = 0.045, 75.0
"""Seconds that recording a case, its views and its workflow's begin take; and the rest."""
AT_ONCE = 24
"""Workflows begun side by side."""
AFTER = 30.0
"""Seconds after the morning in which what is late may still come."""
BACKLOG = timedelta(minutes=NEWEST.backlog_minutes)


@dataclass(frozen=True)
class Morning:
    """When what goes out."""

    begins: datetime
    seconds: float

    @property
    def ends(self) -> datetime:
        return self.begins + timedelta(seconds=self.seconds)

    def moment(self, case: UUID) -> datetime:
        """A case's own, in whole seconds: with ten minutes for two hours, twelve times as dense."""
        place = int.from_bytes(sha256(str(case).encode()).digest()[:4], "big") / 2**32
        return self.begins + timedelta(seconds=int(place * self.seconds))


class Clock:
    """Stands where it is put."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


def recorded(
    settings: Settings, morning: Morning, count: int
) -> tuple[dict[UUID, datetime], list[UUID]]:
    """The cases with their moments, and people's own.

    A case whose plan was due yesterday is told of it an hour before its moment.
    """
    ensure_master_key(settings)
    clock, calendar = Clock(), open_calendar(None)
    clock.now = morning.begins - BACKLOG - timedelta(minutes=1)
    ledger = open_ledger(
        settings.ledger,
        settings.keys,
        master_keys(settings.master_key),
        calendar=calendar,
        clock=clock,
    )
    with closing(ledger):
        writing = Writing(ledger)
        worker = founded(writing)
        yesterday = calendar.on_or_before(local_date(clock.now) - DAY)
        opened = yesterday - NEWEST.plan_days * DAY
        own = [_case(writing, worker, uuid4(), local_date(clock.now)) for _ in range(OWN)]
        writing.flush()
        moments = {case: morning.moment(case) for case in (uuid4() for _ in range(count))}
        for moment, cases in groupby(
            sorted(moments, key=moments.__getitem__), key=moments.__getitem__
        ):
            clock.now = moment - BACKLOG
            for case in cases:
                _case(writing, worker, case, opened)
            writing.flush()
        level_followers(ledger)
    return moments, own


def _case(writing: Writing, worker: Actor, case: UUID, opened: date) -> UUID:
    """In detention for years still, so that nothing falls due but the plan."""
    person = uuid4()
    who = Person(beneficiary_id=person, caseworker=worker.id, begins=opened)
    target = stream_id(StreamKind.CASE, case)
    writing.add(
        stream_id(StreamKind.BENEFICIARY, person),
        register_beneficiary(who, card=str(person)),
        worker,
    )
    opening = OpenCase(
        occurred_on=opened,
        beneficiary_id=person,
        route=Route.DETENTION,
        centre=EXAMPLE.centre,
        province=EXAMPLE.province,
        caseworker=worker.id,
        consent=Consent(messages=True),
    )
    writing.add(target, opening, worker)
    held = BeginDetention(
        occurred_on=opened,
        kind=DetentionKind.SENTENCE,
        prison=EXAMPLE.prison,
        expected_end=opened + 4 * 365 * DAY,
    )
    writing.add(target, held, worker)
    return case


async def begun(system: System, cases: Sequence[UUID]) -> None:
    """Every case's workflow runs, and waits."""
    client = await connect((system.data / "temporal.address").read_text(), NAMESPACE)
    runs, turns = Runs(client, TASK_QUEUE), asyncio.Semaphore(AT_ONCE)

    async def begin(case: UUID) -> None:
        async with turns:
            await runs.begin(str(case), 1)

    await asyncio.gather(*map(begin, cases))


def reminders(settings: Settings) -> Iterator[tuple[UUID, datetime]]:
    """All that went out: of which case, and when it was recorded."""
    ledger = open_ledger(
        settings.ledger,
        settings.keys,
        master_keys(settings.master_key),
        calendar=open_calendar(None),
    )
    with closing(ledger):
        after = 0
        while events := ledger.events(after, 1000):
            after = events[-1].envelope.position
            for each in events:
                if isinstance(each.event, ReminderRecorded):
                    yield UUID(name_of(each.envelope.stream)), each.envelope.recorded_at


def until(moment: datetime) -> None:
    time.sleep(max(0.0, (moment - datetime.now(UTC)).total_seconds()))


def measure(data: Path, options: argparse.Namespace) -> None:
    settings, count = Settings(data=data), options.cases
    lead = AT_LEAST + A_CASE * count + ALONE_SECONDS
    morning = Morning(datetime.now(UTC) + timedelta(seconds=lead), options.seconds)
    moments, own = recorded(settings, morning, count)
    rebuild_views(settings, lambda _done, _of: None)
    with running_system(data) as system:
        asyncio.run(begun(system, [*own, *moments]))
        left = (morning.begins - datetime.now(UTC)).total_seconds()
        print(f"{count} cases wait; {left:.0f} s are left until the morning", flush=True)
        today = str(local_date(datetime.now(UTC)))
        people = People(system.person(KEY), own, options.people, today)
        alone = during(people, lambda: time.sleep(min(ALONE_SECONDS, max(left - 5, 5))))
        until(morning.begins)
        before = seconds_by_part()
        beside = during(people, lambda: until(morning.ends))
        spent = difference(before, seconds_by_part())
        until(morning.ends + timedelta(seconds=AFTER))
        parts = ", ".join(f"{part} {took:.0f}" for part, took in spent.items() if took >= 1)
    found = list(reminders(settings))
    note(moments, morning, found)
    Finding("a caseworker's own step before them, ms", SQLITE, told(alone)).note()
    Finding("… beside them, ms", SQLITE, told(beside), "p95 under 150 ms").note()
    Finding("CPU seconds of that morning", SQLITE, parts).note()


def note(
    moments: dict[UUID, datetime], morning: Morning, found: Sequence[tuple[UUID, datetime]]
) -> None:
    """Whether each went out once, in the morning, and how long after its moment."""
    times = Counter(case for case, _ in found)
    lost = sum(case not in times for case in moments)
    twice = sum(more > 1 for more in times.values())
    strangers = len(times.keys() - moments.keys())
    what = f"{len(moments):,} reminders in {morning.seconds:.0f} s: lost, twice, of others"
    Finding(what, SQLITE, f"{lost}; {twice}; {strangers}", "0; 0; 0").note()
    late = [(at - moments[case]).total_seconds() for case, at in found if case in moments]
    early = sum(each < 0 for each in late)
    after = sum(at > morning.ends for _, at in found)
    Finding(
        "of these before their moment, after the morning", SQLITE, f"{early}; {after}", "0; 0"
    ).note()
    p50, p95 = (quantiles(late, n=100)[share - 1] for share in (50, 95))
    value = f"p50 {p50:.1f}, p95 {p95:.1f}, most {max(late):.1f}"
    Finding("seconds from its moment to its recording", SQLITE, value).note()


def main(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="jisr-bench-") as folder:
        data = Path(folder) / "data"
        data.mkdir(mode=0o700)
        measure(data, options)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=600, help="of the morning")
    parser.add_argument("--people", type=int, default=4, help="who take steps beside it")
    return parser.parse_args()


if __name__ == "__main__":
    main(arguments())
