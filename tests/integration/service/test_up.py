"""`jisr up`: started, stopped, killed, started twice, and without Temporal."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import httpx
import psutil
import pytest

from domain.message import Role
from ledger.ground.watch import Kind
from service.api.steps.examples import EXAMPLES
from service.bootstrap import opened_ledger
from service.settings import Settings
from tests.faults.crowd import insist
from tests.faults.parts import kill_part, pid_of
from tests.integration.service.story import somebody
from tests.support.halting import halted
from tests.support.system import ROOT, Person, System
from tests.support.waiting import PATIENCE, until
from tests.support.written import entries

NOTE = EXAMPLES["add-note"]
ODD = "-a #1?%20 \"';&:memory:\\[red] ملف\nb"
"""A folder's name: a path like any other, whatever its characters mean elsewhere."""


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    yield from closed_after(System(tmp_path / ODD))


@pytest.fixture
def forked(tmp_path: Path) -> Iterator[System]:
    """As `system`, for what has to do with how it runs and not with how it is started."""
    yield from closed_after(System(tmp_path / ODD, loads=False))


def closed_after(system: System) -> Iterator[System]:
    try:
        yield system
    finally:
        system.close()


def a_case(system: System) -> tuple[Person, str]:
    """A caseworker and the address of a case of theirs, which the views show."""
    system.administrator.step("/v1/centres", EXAMPLES["register-centre"])
    caseworker = system.hire(Role.CASEWORKER, "taza")
    person = caseworker.step("/v1/beneficiaries", EXAMPLES["register-beneficiary"])
    body = EXAMPLES["open-case"] | {
        "beneficiary_id": person["ids"]["beneficiary"],
        "caseworker": caseworker.staff_id,
    }
    opened = insist(caseworker, "/v1/cases", body, uuid4().hex).json()
    caseworker.found("/v1/cases", at_least=opened["position"])
    return caseworker, f"/v1/cases/{opened['ids']['case']}"


def family(system: System) -> list[psutil.Process]:
    assert system.process is not None
    return psutil.Process(system.process.pid).children(recursive=True)


def the_temporal_server(system: System) -> psutil.Process:
    (server,) = (child for child in family(system) if "start-dev" in child.cmdline())
    return server


def test_started_killed_and_started_again_nothing_is_lost(system: System) -> None:
    system.start()
    key_file = system.data / "administrator.key"
    assert str(key_file) in (system.data / "up.out").read_text()
    for secret in (key_file, system.data / "master.key"):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    caseworker, case = a_case(system)
    key = uuid4().hex
    noted = insist(caseworker, f"{case}/steps/add-note", NOTE, key)
    children = family(system)
    assert_it_is_its_owners_alone_and_lies_in_its_folder(system)
    assert_its_logs_are_json(system)
    assert_started_again_without_loading(system)

    second = System(system.data)
    with pytest.raises(AssertionError, match="already runs"):
        second.start()
    assert second.process is not None
    assert second.process.wait() == 1
    second.close()

    system.stop(signal.SIGKILL)
    assert_ended(children)

    system.start()
    assert "administrator's key" not in (system.data / "up.out").read_text()
    assert insist(caseworker, f"{case}/steps/add-note", NOTE, key).content == noted.content
    insist(caseworker, f"{case}/steps/add-note", NOTE, uuid4().hex)
    assert caseworker.found(case)["version"] == 3

    children = family(system)
    assert system.stop() == 0
    assert_ended(children)
    assert '"level": "error"' not in (system.data / "up.err").read_text()


def assert_ended(processes: list[psutil.Process]) -> None:
    """They need not be ended; the machine may take a moment to take note of it."""
    assert psutil.wait_procs(processes, timeout=PATIENCE)[1] == []


def assert_it_is_its_owners_alone_and_lies_in_its_folder(system: System) -> None:
    open_ones = [each for each in system.data.rglob("*") if is_open(each)]
    tests = {system.data / name for name in ("up.out", "up.err")}
    assert [each for each in open_ones if not each.is_symlink() and each not in tests] == []
    assert {"ledger.db", "keys.db", "temporal.db"} < {each.name for each in system.data.iterdir()}
    assert [each.name for each in system.data.parent.iterdir()] == [ODD]


def is_open(path: Path) -> bool:
    """Whether anybody else may do anything with it; with what is gone nobody may."""
    with suppress(FileNotFoundError):
        return bool(path.lstat().st_mode & 0o077)
    return False


def assert_its_logs_are_json(system: System) -> None:
    logs = [*system.data.glob("*.log"), system.data / "up.err"]
    assert {"api.log", "worker.log", "projector.log"} < {each.name for each in logs}
    assert all(entries(log) for log in logs if log.stat().st_size)


def assert_started_again_without_loading(system: System) -> None:
    kill_part(system.data, "api")
    wait_until_ready(system)
    assert system.process is not None
    stem, again = (psutil.Process(pid) for pid in (system.process.pid, pid_of(system.data, "api")))
    assert again.ppid() == stem.pid
    assert again.cpu_times().user < stem.cpu_times().user / 2


def test_without_temporal_a_step_is_answered_503_and_passes_once_it_is_back(
    forked: System,
) -> None:
    forked.environment["JISR_STEP_SECONDS"] = "2"
    forked.start()
    caseworker, case = a_case(forked)
    key = uuid4().hex
    with halted(the_temporal_server(forked).pid):
        away = caseworker.post(f"{case}/steps/add-note", NOTE, key=key)
        ready = httpx.get(f"{forked.url}/readyz", headers={"Accept-Language": "en"})
        assert (ready.status_code, ready.json()["code"]) == (503, "process_engine_away")
        assert httpx.get(f"{forked.url}/healthz").status_code == 200
    assert (away.status_code, away.json()["code"]) == (503, "unavailable")
    assert int(away.headers["retry-after"]) > 0
    insist(caseworker, f"{case}/steps/add-note", NOTE, key)
    assert caseworker.found(case)["version"] == 2
    assert '"level": "error"' not in (forked.data / "api.log").read_text()


def test_it_outlives_whoever_read_what_it_says_and_the_terminal(tmp_path: Path) -> None:
    """As `jisr up | true`, and then the terminal is closed."""
    system = System(tmp_path / "data")
    command = [sys.executable, "-m", "service", "up", "--data", str(system.data)]
    reader, writer = os.pipe()
    os.close(reader)
    with subprocess.Popen(
        [*command, "--port", str(system.port)], cwd=ROOT, stdout=writer, stderr=writer
    ) as process:
        os.close(writer)
        system.process = process  # type: ignore[assignment]  # of bytes, which nobody reads
        wait_until_ready(system)
        process.send_signal(signal.SIGHUP)
        _, case = a_case(system)
        assert case
        assert process.poll() is None
        assert system.stop() == 0
    system.close()


def wait_until_ready(system: System) -> None:
    def is_ready() -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"{system.url}/readyz").status_code == 200
        return False

    until(is_ready, system.logs)


def test_a_part_that_keeps_ending_is_named_and_takes_nothing_else_with_it(forked: System) -> None:
    forked.start()
    caseworker, case = a_case(forked)
    log = str(forked.data / "worker.log")

    def said() -> str:
        return (forked.data / "up.out").read_text()

    def is_named() -> bool:
        kill_part(forked.data, "worker")
        return "worker keeps ending" in said()

    until(is_named, forked.logs)
    until(lambda: log in said(), "where to look is not said")  # a line may come in parts
    assert caseworker.found(case)["version"] == 1
    caseworker.step("/v1/beneficiaries", somebody())
    assert forked.process is not None
    assert forked.process.poll() is None


def test_left_behind_by_an_upgrade_it_answers_records_nothing_and_starts_nothing_again_and_again(
    forked: System,
) -> None:
    forked.start()
    caseworker, case = a_case(forked)
    with opened_ledger(Settings(data=forked.data)) as ledger:
        ledger._store.note(Kind.LEVEL_RAISED, json.dumps({"level": 99}))
    for restarted in (False, True):
        if restarted:
            forked.stop()
            forked.start()
        parts = {process.pid for process in family(forked)}
        refused = caseworker.post(f"{case}/steps/add-note", NOTE)
        assert (refused.status_code, refused.json()["code"]) == (503, "newer_release_needed")
        assert caseworker.found(case)["open_steps"] == []
        assert caseworker.found("/v1/cases")["cases"]
        time.sleep(4)
        assert {process.pid for process in family(forked)} == parts
    told, up = "ledger is on level 99, and this release reads", forked.data / "up.out"
    until(lambda: told in up.read_text(), "why it waits is not said")
    assert caseworker.found(case)["version"] == 1
