"""An upgrade that goes process by process: two releases at work on one installation.

The older is this release, the newer one reads a level more (`next_release`). People go through a
balancer before the APIs of both, and come back under the same key when one turns them away.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx
import psycopg
import pytest

from domain.case.steps import AddNote
from service.api.steps.examples import EXAMPLES
from tests.faults.agreement import assert_everything_is_there_once
from tests.faults.crowd import Crowd, Work
from tests.faults.house import HASTY, House, house_on_files, house_on_postgres
from tests.faults.next_release import PROGRAM
from tests.support.commands import Forked, jisr
from tests.support.system import ROOT, SAID_WHY, SHORT, Person, start
from tests.support.waiting import until
from workflows.server.embedded import free_ports

PARTS = ("api", "worker", "projector")


class Balancer(httpx.BaseTransport):
    """Sends each request to one of several APIs."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = ports
        self._transport = httpx.HTTPTransport(limits=SHORT)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(port=random.choice(self._ports))
        return self._transport.handle_request(request)

    def close(self) -> None:
        self._transport.close()


@dataclass
class Release:
    """The parts of one release, started beside what runs in a house already."""

    house: House
    program: str
    port: int = field(default_factory=lambda: free_ports(1)[0])
    parts: dict[str, subprocess.Popen[str] | Forked] = field(default_factory=dict)

    def log(self, part: str) -> Path:
        return self.house.data / f"{self.program}-{part}.out"

    def waits(self, part: str) -> bool:
        """Whether the part has said so, left behind as it is."""
        return "waits" in self.log(part).read_text()

    def start(self) -> None:
        for part in PARTS:
            log, arguments = self.log(part), [part, "--data", str(self.house.data)]
            arguments += ["--port", str(self.port)] if part == "api" else []
            environment, loads = self.house.system.environment, self.program != HASTY
            self.parts[part] = start(self.program, arguments, environment, log, log, loads=loads)
        until(lambda: self.answers("/readyz") == 200, "the API does not come up")

    def answers(self, path: str) -> int:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}{path}").status_code
        except httpx.TransportError:
            return 0

    def stop(self) -> None:
        for process in self.parts.values():
            process.send_signal(signal.SIGTERM)
        for process in self.parts.values():
            process.wait(30)

    def person(self, person: Person) -> Person:
        """The same one, before this release's API."""
        return through(person, self.port)


def through(person: Person, *ports: int) -> Person:
    """The same one, before the APIs that listen on these ports."""
    headers = {"Authorization": f"Bearer {person.key}", **SAID_WHY}
    client = httpx.Client(
        base_url="http://127.0.0.1", headers=headers, timeout=30, transport=Balancer(ports)
    )
    return Person(person.staff_id, person.key, client)


def jisr_newer(house: House, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of the newer release."""
    return subprocess.run(
        [sys.executable, "-m", PROGRAM, *arguments, "--data", str(house.data)],
        cwd=ROOT,
        env={**os.environ, **house.system.environment, "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )


@contextmanager
def beside(house: House, program: str) -> Iterator[Release]:
    release = Release(house, program)
    try:
        release.start()
        yield release
    finally:
        release.stop()


@contextmanager
def balanced(house: House, *ports: int) -> Iterator[None]:
    """Everybody goes to all of these APIs in turn."""
    names = ("caseworker", "coordinator", "division", "auditor")
    before = {name: getattr(house, name) for name in names}
    for name, person in before.items():
        setattr(house, name, through(person, *ports))
    try:
        yield
    finally:
        for name, person in before.items():
            getattr(house, name).http.close()
            setattr(house, name, person)


@pytest.fixture(params=["files", "postgres"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    with ExitStack() as stack:
        on = house_on_files if request.param == "files" else house_on_postgres
        yield stack.enter_context(on(tmp_path / "data"))


def ways(crowd: Crowd, people: int) -> Work:
    agreement = crowd.sign()
    return Work([lambda: crowd.follow(agreement)] * people)


def forget_who_is_at_work(house: House) -> None:
    """As if the older ones had been out of sight, and came back later."""
    if house.postgres is None:
        shutil.rmtree(house.data / "processes")
    else:
        with psycopg.connect(house.settings.ledger) as database:
            database.execute("DELETE FROM ledger.processes WHERE reads = 1")


@pytest.mark.rare  # two whole installations; the levels themselves have tests of their own
@pytest.mark.timeout(400)
def test_two_releases_work_side_by_side_until_the_upgrade_is_finished(installation: House) -> None:
    house, system = installation, installation.system
    crowd = Crowd(house)
    if house.postgres is None:  # the newer comes after the older, which is the same on both
        with beside(house, PROGRAM) as newer, balanced(house, system.port, newer.port):
            with ways(crowd, 3):
                pass
            before_it_is_finished(house, crowd, newer)
    system.stop()
    system.program, system.loads = PROGRAM, True
    system.start()
    with beside(house, HASTY) as older:
        with balanced(house, system.port, older.port):
            finished_while_people_work(house, crowd)
        assert_everything_is_there_once(crowd)
        after_it_was_finished(house, crowd, older)


def before_it_is_finished(house: House, crowd: Crowd, newer: Release) -> None:
    case = crowd.open()
    by = newer.person(house.caseworker)
    refused = by.post(f"{case}/steps/pause-case", EXAMPLES["pause-case"])
    assert (refused.status_code, refused.json()["code"]) == (409, "upgrade_unfinished")
    found = by.found(case)
    closed = {each["step"]: each["code"] for each in found["closed_steps"]}
    assert closed["pause-case"] == "upgrade_unfinished"
    crowd.send(by, f"{case}/steps/add-note", AddNote.model_validate(EXAMPLES["add-note"]))
    older = through(house.caseworker, house.system.port)
    assert "NoteAdded" in str(older.found(f"{case}/history"))
    by.http.close()
    older.http.close()


def finished_unseen(house: House) -> bool:
    """Whether it was finished before one of the older ones left word again, as each does."""
    forget_who_is_at_work(house)
    finished = jisr_newer(house, "upgrade", "finish")
    assert finished.returncode == 0 or "still read less" in finished.stderr, finished.stderr
    return "on level 2 now" in finished.stdout


def finished_while_people_work(house: House, crowd: Crowd) -> None:
    looked = jisr_newer(house, "upgrade", "finish", "--dry-run")
    assert looked.returncode == 1
    for part in PARTS:
        assert f"{part} (process" in looked.stderr
    done = len(crowd.acknowledged)
    with ways(crowd, 4):
        crowd.wait_for(done + 20)
        until(partial(finished_unseen, house), "it does not finish")
    (raised,) = (
        note
        for note in house.auditor.found("/v1/upkeep")["notes"]
        if note["kind"] == "level_raised"
    )
    me = house.administrator.found("/v1/me")
    assert raised["detail"] == {"level": 2, "by": me["staff_id"]}
    again = jisr_newer(house, "upgrade", "finish")
    assert "Finished already" in again.stdout


def after_it_was_finished(house: House, crowd: Crowd, older: Release) -> None:
    case = crowd.open()
    by, there = house.caseworker, older.person(house.caseworker)
    refused = there.post(f"{case}/steps/add-note", EXAMPLES["add-note"])
    assert (refused.status_code, refused.json()["code"]) == (503, "newer_release_needed")
    assert (older.answers("/readyz"), older.answers("/healthz")) == (503, 200)
    assert httpx.get(f"{house.system.url}/readyz").status_code == 200
    assert there.found(case)["open_steps"] == []
    by.step(f"{case}/steps/add-note", EXAMPLES["add-note"])
    paused = by.step(f"{case}/steps/pause-case", EXAMPLES["pause-case"])
    listed = by.found("/v1/cases", at_least=paused["position"])["cases"]
    assert there.found("/v1/cases", at_least=paused["position"])["cases"] == listed
    unread = there.get(case)
    assert (unread.status_code, unread.json()["code"]) == (503, "newer_release_needed")
    assert by.found(case)["paused"]
    for part in ("worker", "projector"):
        until(partial(older.waits, part), f"the {part} goes on")
        assert older.parts[part].poll() is None
    looked = jisr("doctor", "--data", str(house.data), program=HASTY, **house.system.environment)
    assert looked.returncode == 2
    assert "BROKEN  upgrade: the ledger is on level 2, and this release reads 1" in looked.stdout
    there.http.close()
