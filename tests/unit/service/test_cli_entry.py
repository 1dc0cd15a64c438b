"""The command as a shell meets it: its name, its help, its completion, how it ends."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import typer

from service.cli.entry import app
from tests.support.system import ROOT

HEAVY = [
    *("temporalio", "fastapi", "starlette", "sqlalchemy", "eventsourcing", "psycopg", "babel"),
    *("cryptography", "jinja2", "structlog", "httpx", "uvicorn", "pydantic_settings"),
    *("domain.commands", "ledger.opening", "projections", "workflows"),
]
"""What takes time to load, and what help and completion have no use for."""


def jisr(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "service", *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )


def commands(at: typer.core.TyperGroup, *path: str) -> Iterator[tuple[str, Any]]:
    for name, command in at.commands.items():
        yield " ".join((*path, name)), command
        if isinstance(command, typer.core.TyperGroup):
            yield from commands(command, *path, name)


ALL = dict(commands(typer.main.get_command(app)))  # type: ignore[arg-type]  # it is a group


@pytest.mark.parametrize("name", ALL)
def test_the_help_of_each_command_begins_with_a_sentence(name: str) -> None:
    first = (ALL[name].help or "").strip().splitlines()[0]
    assert re.fullmatch(r"[A-Z].{15,}\.", first), first
    assert len(first.split()) > 3


def test_it_has_its_own_name_however_it_is_called() -> None:
    shown = jisr("up", "--help")
    assert shown.returncode == 0
    assert "Usage: jisr up [OPTIONS]" in shown.stdout
    wrong = jisr("up", "--no-such-option")
    assert wrong.returncode == 2
    assert "jisr up" in wrong.stderr
    assert "service" not in wrong.stderr


def test_it_says_which_release_it_is() -> None:
    said = jisr("--version")
    assert (said.returncode, said.stdout) == (0, f"jisr {version('jisr')}\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete_it(shell: str) -> None:
    script = jisr(_JISR_COMPLETE=f"source_{shell}")
    assert script.returncode == 0, script.stderr
    assert "_JISR_COMPLETE" in script.stdout


def test_what_is_completed_is_there() -> None:
    words = {"_JISR_COMPLETE": "complete_bash", "COMP_WORDS": "jisr re", "COMP_CWORD": "1"}
    assert jisr(**words).stdout.split() == ["restore", "rebuild", "reminders"]
    words |= {"COMP_WORDS": "jisr rebuild ", "COMP_CWORD": "2"}
    assert jisr(**words).stdout.split() == ["views", "workflows"]


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--help"], {}),
        (["up", "--help"], {}),
        (["key", "create", "--help"], {}),
        ([], {"_JISR_COMPLETE": "complete_bash", "COMP_WORDS": "jisr ", "COMP_CWORD": "1"}),
    ],
)
def test_help_and_completion_load_nothing_that_takes_time(
    arguments: list[str], environment: dict[str, str]
) -> None:
    program = f"""
import json, os, sys
ends = os._exit
os._exit = lambda status: (os.write(3, json.dumps(sorted(sys.modules)).encode()), ends(status))
sys.argv = ["jisr", *{arguments}]
from service.cli import main
main()
"""
    done = subprocess.run(
        ["bash", "-c", 'exec "$0" -c "$1" 3>&1 >/dev/null', sys.executable, program],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert not loaded.intersection(HEAVY)


@pytest.fixture
def silent() -> Iterator[dict[str, str]]:
    """Where Temporal should be is somebody who takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        yield {"JISR_TEMPORAL_ADDRESS": f"127.0.0.1:{nobody.getsockname()[1]}"}


def test_ctrl_c_is_silent(silent: dict[str, str]) -> None:
    # What a shell started behind `&` passes Ctrl-C over, and so does all that it starts.
    heard = ["env", "--default-signal=INT"]
    command = [*heard, sys.executable, "-m", "service", "doctor", "--data", "/proc/nowhere"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **silent},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        # Once it has come to its own code: before, it is the interpreter that is interrupted.
        maps = Path(f"/proc/{process.pid}/maps")
        while "pydantic_core" not in maps.read_text("utf-8", "replace"):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        said, complained = process.communicate(timeout=200)
    assert (process.returncode, said, complained) == (130, "", "")


@pytest.mark.parametrize("arguments", ["path", "--help", "openapi", "doctor --data /proc/nowhere"])
def test_a_reader_who_leaves_is_no_fault(arguments: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "service", *arguments.split()],
        cwd=ROOT,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=200,
    )
    os.close(writer)
    assert done.stderr == ""
    assert done.returncode == 1
