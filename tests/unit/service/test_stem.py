"""The stem, with small parts."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.support.system import ROOT
from tests.support.waiting import PATIENCE, until


@contextmanager
def grown(folder: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    command = [sys.executable, "-m", "tests.unit.service.grown", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            said = json.loads(process.stdout.readline())
            log = folder / "idle.log"
            until(lambda: log.exists() and log.read_text().endswith("\n"))
            yield process, said
        finally:
            process.kill()


def wait_gone(*pids: int) -> None:
    until(lambda: not any(psutil.pid_exists(pid) for pid in pids))


def test_it_says_how_each_part_ended_and_starts_it_again(tmp_path: Path) -> None:
    with grown(tmp_path) as (process, said):
        assert (said["short"], said["broken"]) == (3, 1)
        assert said["refused"] == os.EX_OSERR
        assert said["killed"] == -signal.SIGKILL
        assert psutil.Process(said["idle"]).ppid() == process.pid
    assert "RuntimeError" in (tmp_path / "broken.log").read_text()
    assert (tmp_path / "idle.log").stat().st_mode & 0o077 == 0


def test_a_part_has_nothing_of_the_stem_but_what_is_loaded(tmp_path: Path) -> None:
    with grown(tmp_path):
        has = json.loads((tmp_path / "idle.log").read_text())
    assert has == {
        "open": [0, 1, 2, 3],
        "threads": 1,
        "session": True,
        "collects": True,
        "title": "jisr idle --data there",
        "given": "again",
        "blocked": [],
        "terminates": True,
        "interrupts": True,
    }


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_is_the_supervisors_to_answer(tmp_path: Path, sign: signal.Signals) -> None:
    with grown(tmp_path) as (process, said):
        process.send_signal(sign)
        assert process.wait(PATIENCE) == 0
        wait_gone(said["supervisor"], said["idle"])


def test_killed_it_takes_all_with_it(tmp_path: Path) -> None:
    with grown(tmp_path) as (process, said):
        process.kill()
        wait_gone(said["supervisor"], said["idle"])


def test_it_ends_with_its_supervisor_and_so_does_everything(tmp_path: Path) -> None:
    with grown(tmp_path) as (process, said):
        os.kill(said["supervisor"], signal.SIGKILL)
        assert process.wait(PATIENCE) == 128 + signal.SIGKILL
        wait_gone(said["idle"])
