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
from tests.faults.parts import pid_of
from tests.support.system import ROOT, STARTUP, Person, System

NOTE = EXAMPLES["add-note"]
ODD = "-a #1?%20 \"';&:memory:\\[red] ملف\nb"
"""A folder's name: a path like any other, whatever its characters mean elsewhere."""


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    system = System(tmp_path / ODD, environment={"JISR_STEP_SECONDS": "2"})
    yield system
    system.close()


def a_case(system: System) -> tuple[Person, str]:
    """A caseworker and the address of a case of theirs."""
    system.administrator.step("/v1/centres", EXAMPLES["register-centre"])
    caseworker = system.hire(Role.CASEWORKER, "taza")
    person = caseworker.step("/v1/beneficiaries", EXAMPLES["register-beneficiary"])
    body = EXAMPLES["open-case"] | {
        "beneficiary_id": person["ids"]["beneficiary"],
        "caseworker": caseworker.staff_id,
    }
    return caseworker, f"/v1/cases/{caseworker.step('/v1/cases', body)['ids']['case']}"


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
    noted = caseworker.post(f"{case}/steps/add-note", NOTE, key=key)
    children = family(system)
    assert_it_is_its_owners_alone_and_lies_in_its_folder(system)
    assert_its_logs_are_json(system)
    assert_started_again_without_loading(system)

    second = System(system.data, port=system.port + 1)
    with pytest.raises(AssertionError, match="already runs"):
        second.start()
    assert second.process is not None
    assert second.process.wait() == 1

    system.stop(signal.SIGKILL)
    _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []

    system.start()
    assert "administrator's key" not in (system.data / "up.out").read_text()
    assert caseworker.post(f"{case}/steps/add-note", NOTE, key=key).content == noted.content
    assert caseworker.post(f"{case}/steps/add-note", NOTE).status_code == 200
    assert caseworker.found(case)["version"] == 3

    children = family(system)
    assert system.stop() == 0
    assert psutil.wait_procs(children, timeout=1)[1] == []
    assert '"level": "error"' not in (system.data / "up.err").read_text()


def assert_it_is_its_owners_alone_and_lies_in_its_folder(system: System) -> None:
    open_ones = [each for each in system.data.rglob("*") if each.lstat().st_mode & 0o077]
    tests = {system.data / name for name in ("up.out", "up.err")}
    assert [each for each in open_ones if not each.is_symlink() and each not in tests] == []
    assert {"ledger.db", "keys.db", "temporal.db"} < {each.name for each in system.data.iterdir()}
    assert [each.name for each in system.data.parent.iterdir()] == [ODD]


def assert_its_logs_are_json(system: System) -> None:
    logs = [*system.data.glob("*.log"), system.data / "up.err"]
    assert {"api.log", "worker.log", "projector.log"} < {each.name for each in logs}
    for log in logs:
        assert all(isinstance(json.loads(line), dict) for line in log.read_bytes().splitlines())


def assert_started_again_without_loading(system: System) -> None:
    def api() -> psutil.Process:
        return psutil.Process(pid_of(system.data, "api"))

    api().kill()
    wait_until_ready(system)
    assert system.process is not None
    stem, again = psutil.Process(system.process.pid), api()
    assert again.ppid() == stem.pid
    assert again.cpu_times().user < stem.cpu_times().user / 2


def test_without_temporal_a_step_is_answered_503_and_passes_once_it_is_back(
    system: System,
) -> None:
    system.start()
    caseworker, case = a_case(system)
    key, server = uuid4().hex, the_temporal_server(system)
    os.kill(server.pid, signal.SIGSTOP)
    try:
        away = caseworker.post(f"{case}/steps/add-note", NOTE, key=key)
        ready = httpx.get(f"{system.url}/readyz", headers={"Accept-Language": "en"}, timeout=10)
        assert (ready.status_code, ready.json()["code"]) == (503, "process_engine_away")
        assert httpx.get(f"{system.url}/healthz").status_code == 200
    finally:
        os.kill(server.pid, signal.SIGCONT)
    assert (away.status_code, away.json()["code"]) == (503, "unavailable")
    assert int(away.headers["retry-after"]) > 0
    deadline = time.monotonic() + 20
    while (again := caseworker.post(f"{case}/steps/add-note", NOTE, key=key)).status_code != 200:
        assert again.status_code == 503
        assert time.monotonic() < deadline
    assert caseworker.found(case)["version"] == 2
    assert '"level": "error"' not in (system.data / "api.log").read_text()


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
    deadline = time.monotonic() + STARTUP
    while True:
        with suppress(httpx.TransportError):
            if httpx.get(f"{system.url}/readyz").status_code == 200:
                return
        assert time.monotonic() < deadline, system.logs()
        time.sleep(0.1)


def test_a_part_that_keeps_ending_is_named_and_takes_nothing_else_with_it(system: System) -> None:
    system.start()
    caseworker, case = a_case(system)
    said = system.data / "up.out"
    deadline = time.monotonic() + STARTUP
    while "worker keeps ending" not in said.read_text():
        assert time.monotonic() < deadline, system.logs()
        with suppress(ProcessLookupError):
            os.kill(pid_of(system.data, "worker"), signal.SIGKILL)
        time.sleep(0.1)
    assert str(system.data / "worker.log") in said.read_text()
    assert caseworker.found(case)["version"] == 1
    caseworker.step("/v1/beneficiaries", EXAMPLES["register-beneficiary"])
    assert system.process is not None
    assert system.process.poll() is None


def test_left_behind_by_an_upgrade_it_answers_records_nothing_and_starts_nothing_again_and_again(
    system: System,
) -> None:
    system.start()
    caseworker, case = a_case(system)
    with opened_ledger(Settings(data=system.data)) as ledger:
        ledger._store.note(Kind.LEVEL_RAISED, json.dumps({"level": 99}))
    for restarted in (False, True):
        if restarted:
            system.stop()
            system.start()
        parts = {process.pid for process in family(system)}
        refused = caseworker.post(f"{case}/steps/add-note", NOTE)
        assert (refused.status_code, refused.json()["code"]) == (503, "newer_release_needed")
        assert caseworker.found(case)["open_steps"] == []
        assert caseworker.found("/v1/cases")["cases"]
        time.sleep(4)
        assert {process.pid for process in family(system)} == parts
    assert "ledger is on level 99, and this release reads" in (system.data / "up.out").read_text()
    assert caseworker.found(case)["version"] == 1
