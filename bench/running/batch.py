"""A caseworker's own steps while a batch of many lines runs beside them.

    python -m bench.running.batch [--postgres] [--lines 10000] [--people 4]

Cases are imported straight into the ledger; a coordinator gives all of them to another caseworker in
one batch, and meanwhile people take steps of their own, as fast as somebody reads and types.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import psutil

from bench.findings import POSTGRESQL, SQLITE, Finding
from bench.load.installation import installation
from domain.case.steps import Consent, OpenCase
from domain.case.vocabulary import Route
from domain.example.beside import register_beneficiary, register_centre
from domain.example.person import EXAMPLE, Person
from domain.message import Actor, Command, Origin, OriginKind, Role, Step, StreamKind, stream_id
from ledger.ledger import Ledger
from ledger.opening import open_ledger
from service.api.steps.examples import body_of
from service.running.holidays import open_calendar
from service.running.master_key import master_keys
from service.settings import Settings
from tests.support.system import Person as Somebody
from tests.support.system import System
from workflows.server.embedded import EmbeddedServer

TOGETHER = 200
"""Commands in one commit while cases are imported."""
A_CHUNK = 400
"""Lines of a batch in one request."""
OWN = 40
"""Cases that are in nobody's batch, on which people take steps."""
ALONE_SECONDS = 20.0
"""How long people's steps are measured before the batch."""
READS_AND_TYPES = 0.5
"""Seconds between two steps of one of the people."""
DAY = "2026-02-02"


def imported(ledger: Ledger, caseworker: Actor, count: int) -> list[UUID]:
    """So many cases of the caseworker."""
    cases: list[UUID] = []
    commands: list[Command] = []
    for number in range(count):
        person, case = uuid4(), uuid4()
        who = Person(beneficiary_id=person, caseworker=caseworker.id)
        step = register_beneficiary(who, f"Somebody {number}", f"K{number:07}")
        commands.append(_command(stream_id(StreamKind.BENEFICIARY, person), step, caseworker))
        opening = OpenCase(
            occurred_on=who.day(0),
            beneficiary_id=person,
            route=Route.AFTER_RELEASE,
            centre=EXAMPLE.centre,
            province=EXAMPLE.province,
            caseworker=caseworker.id,
            consent=Consent(messages=True),
        )
        commands.append(_command(stream_id(StreamKind.CASE, case), opening, caseworker))
        cases.append(case)
        if len(commands) >= TOGETHER or number == count - 1:
            for result in ledger.record_all(commands):
                if isinstance(result, Exception):
                    raise result
            commands = []
    return cases


def _command(target: str, step: Step, actor: Actor) -> Command:
    origin = Origin(kind=OriginKind.IMPORT)
    return Command(id=uuid4(), target=target, step=step, actor=actor, origin=origin)


class People:
    """Take steps, each on cases of their own, until they are told to stop."""

    def __init__(
        self, somebody: Somebody, cases: Sequence[UUID], number: int, day: str = DAY
    ) -> None:
        self._somebody, self._day = somebody, day
        self._shares = [cases[each::number] for each in range(number)]

    def measured(self, stop: threading.Event) -> list[float]:
        """How long each step took, in milliseconds."""
        with ThreadPoolExecutor(len(self._shares)) as threads:
            taken = threads.map(lambda share: list(self._steps(share, stop)), self._shares)
            return [each for some in taken for each in some]

    def _steps(self, cases: Sequence[UUID], stop: threading.Event) -> Iterator[float]:
        number = 0
        while not stop.wait(READS_AND_TYPES):
            case, number = cases[number % len(cases)], number + 1
            body = {"occurred_on": self._day, "text": "Came by; the papers are complete."}
            began = time.perf_counter()
            self._somebody.step(f"/v1/cases/{case}/steps/add-note", body)
            yield (time.perf_counter() - began) * 1000


def prepared(coordinator: Somebody, cases: Sequence[UUID], heir: str) -> str:
    """The batch, looked at."""
    lines = [{"case_id": str(case)} for case in cases]
    body = {
        "occurred_on": DAY,
        "takes": "assign-caseworker",
        "answers": [{"field": "caseworker", "value": heir}],
        "count": len(lines),
        "explanation": "Their caseworker leaves.",
    }
    path: str = "/v1/batches/" + coordinator.step("/v1/batches", body)["ids"]["batch"]
    for first in range(0, len(lines), A_CHUNK):
        more = {"occurred_on": DAY, "lines": lines[first : first + A_CHUNK]}
        coordinator.step(f"{path}/steps/add-batch-lines", more)
    return path


@dataclass
class Watched:
    """How a batch went, as whoever watches its page finds it."""

    seconds: float = 0.0
    reads: list[float] = field(default_factory=list)
    """How long each answer of the batch took, in milliseconds."""
    at: list[tuple[float, int]] = field(default_factory=list)
    """Seconds since the beginning, and lines gone through by then."""

    def a_second(self, tenth: int) -> float:
        """Lines a second in one tenth of the lines, the first or the last."""
        count = self.at[-1][1]
        low, high = count * (tenth - 1) / 10, count * tenth / 10
        inside = [(second, lines) for second, lines in self.at if low <= lines <= high]
        (began, first), (ended, last) = inside[0], inside[-1]
        return (last - first) / (ended - began) if ended > began else float("nan")


def watched(coordinator: Somebody, path: str, gone: str, *status: str) -> Watched:
    """Until it stands there."""
    how, began = Watched(), time.perf_counter()
    while True:
        asked = time.perf_counter()
        found = coordinator.found(path)
        how.reads.append((time.perf_counter() - asked) * 1000)
        how.seconds = time.perf_counter() - began
        how.at.append((how.seconds, found[gone]))
        if found["status"] in status:
            return how
        time.sleep(0.5)


def memory() -> str:
    """What the programs of the installation hold, at this moment."""
    held = (
        (each.name(), each.memory_info().rss >> 20)
        for each in psutil.Process().children(recursive=True)
    )
    return ", ".join(f"{name} {size}" for name, size in held if size)


def p(values: Sequence[float], share: int) -> float:
    return statistics.quantiles(values, n=100)[share - 1]


def told(values: Sequence[float]) -> str:
    return f"p50 {p(values, 50):.0f}, p95 {p(values, 95):.0f} ms of {len(values)}"


def measure(system: System, options: argparse.Namespace) -> None:
    database = POSTGRESQL if options.postgres else SQLITE
    system.administrator.step("/v1/centres", body_of(register_centre()))
    system.register_entries()
    coordinator, leaver, heir = (
        system.hire(role, EXAMPLE.centre)
        for role in (Role.COORDINATOR, Role.CASEWORKER, Role.CASEWORKER)
    )
    os.environ.update(system.environment)  # where its databases are, for these settings
    settings = Settings(data=system.data)
    actor = Actor(id=UUID(leaver.staff_id), role=Role.CASEWORKER, centre=EXAMPLE.centre)
    keys = master_keys(settings.master_key)
    with closing(
        open_ledger(settings.ledger, settings.keys, keys, calendar=open_calendar(None))
    ) as ledger:
        cases = imported(ledger, actor, options.lines + OWN)
    cases, own = cases[OWN:], cases[:OWN]
    people = People(leaver, own, options.people)
    alone = during(people, lambda: time.sleep(ALONE_SECONDS))
    Finding("a caseworker's own step alone", database, told(alone)).note()
    path = prepared(coordinator, cases, heir.staff_id)
    went: dict[str, Watched] = {}

    def looked() -> None:
        went["look"] = watched(coordinator, path, "looked", "ready")

    def ran() -> None:
        body = {"occurred_on": DAY, "looked_at": coordinator.found(path)["digest"]}
        coordinator.step(f"{path}/steps/start-batch", body)
        went["take"] = watched(coordinator, path, "gone", "ended", "paused", "stopped")

    while_looked, while_ran = during(people, looked), during(people, ran)
    found = coordinator.found(path)
    count = f"{options.lines} lines"
    Finding(f"… while {count} are looked at", database, told(while_looked)).note()
    Finding(f"… while {count} are taken", database, told(while_ran), "p95 under 150 ms").note()
    look, take = went["look"], went["take"]
    rates = (
        f"{options.lines / look.seconds:.0f} looked at, {options.lines / take.seconds:.1f} taken"
    )
    Finding("lines a second beside them", database, rates).note()
    ends = f"{take.a_second(1):.1f} in the first tenth, {take.a_second(10):.1f} in the last"
    Finding("… of those taken", database, ends).note()
    Finding("the batch's own answer meanwhile", database, told(take.reads)).note()
    Finding("memory then, MB", database, memory()).note()
    outcome = f"{found['status']}: {found['done']} done, {found['refused']} refused"
    Finding("what the batch came to", database, outcome).note()


def during(people: People, doing: Callable[[], None]) -> list[float]:
    stop = threading.Event()
    with ThreadPoolExecutor(1) as one:
        measuring = one.submit(people.measured, stop)
        try:
            doing()
        finally:
            stop.set()
        return measuring.result()


async def main(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="jisr-bench-") as name:
        folder = Path(name)
        async with EmbeddedServer(folder) as temporal:
            await asyncio.to_thread(_measured, folder, temporal.address, options)


def _measured(folder: Path, temporal: str, options: argparse.Namespace) -> None:
    with installation(folder, postgres=options.postgres, temporal=temporal) as system:
        measure(system, options)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="the ledger on PostgreSQL")
    parser.add_argument("--lines", type=int, default=10_000, help="of the batch")
    parser.add_argument("--people", type=int, default=4, help="who take steps beside it")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main(arguments()))
