"""A process's logs are lines of JSON, whatever writes them, and none is without an end."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.support.system import ROOT
from workflows.server.log_lines import LONGEST

BEFORE = """
import logging, sys, threading, traceback, warnings
import structlog
from service.running.logs import configure_logs
configure_logs("api")
"""


def logged(program: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-c", BEFORE + program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.stdout == ""
    assert all(len(line) < 2 * LONGEST for line in done.stderr.splitlines())
    return [json.loads(line) for line in done.stderr.splitlines()]


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("structlog.get_logger().info('said', on=['x'])", "said"),
        ("logging.getLogger('uvicorn.error').info('said %s', 1)", "said 1"),
        ("warnings.warn('said')", "said"),
        ("print('said')", "said"),
        ("print('said', file=sys.stderr)", "said"),
        ("from service.cli.options import err; err.print('said')", "said"),
    ],
)
def test_whoever_writes(program: str, says: str) -> None:
    (line,) = logged(program)
    assert says in line["event"]
    assert line["process"] == "api"


@pytest.mark.parametrize(
    "program",
    [
        "raise ValueError('sec' 'ret')",
        "threading.Thread(target=lambda: int('sec' 'ret')).start()",
        "class A:\n  def __del__(self): raise ValueError('sec' 'ret')\na = A()\ndel a",
        "logging.getLogger('x').exception('told', exc_info=ValueError('sec' 'ret'))",
    ],
)
def test_a_fault_is_logged_without_its_message(program: str) -> None:
    (line,) = logged(program)
    assert line["error"] == "ValueError"
    assert "secret" not in json.dumps(line)


def test_a_traceback_that_a_library_prints_is_lines_of_json() -> None:
    lines = logged("try: 1/0\nexcept ZeroDivisionError: traceback.print_exc()")
    assert lines[0]["event"].startswith("Traceback")


@pytest.mark.parametrize("how", ["structlog.get_logger().info", "logging.error", "print"])
def test_a_line_without_measure_is_cut(how: str) -> None:
    (line,) = logged(f"{how}('x' * 1_000_000)")
    assert int(line["characters"]) >= 1_000_000


def test_a_full_disk_stops_nobody() -> None:
    program = "import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 2)"
    done = "structlog.get_logger().info('lost'); logging.error('lost'); print('lost'); os._exit(7)"
    ended = subprocess.run(
        [sys.executable, "-c", f"{BEFORE}{program}\n{done}"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=200,
    )
    assert ended.returncode == 7
