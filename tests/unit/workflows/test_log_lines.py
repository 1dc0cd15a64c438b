"""Whatever a process writes comes into its log as lines of JSON that end."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from workflows.server.log_lines import LONGEST, TEXT, Lines, as_json, log_from


def logged(tmp_path: Path, said: bytes) -> list[dict[str, Any]]:
    out, into = os.pipe()
    if os.fork() == 0:
        for start in range(0, len(said), 1000):
            os.write(into, said[start : start + 1000])
        os._exit(0)
    os.close(into)
    log_from(out, "temporal", tmp_path / "temporal.log")
    os.wait()
    return [json.loads(line) for line in (tmp_path / "temporal.log").read_bytes().splitlines()]


def test_json_stays_as_it_is(tmp_path: Path) -> None:
    assert logged(tmp_path, b'{"level":"error","msg":"x"}\n') == [{"level": "error", "msg": "x"}]
    assert stat.S_IMODE((tmp_path / "temporal.log").stat().st_mode) == 0o600


def test_all_else_becomes_an_event_of_who_said_it(tmp_path: Path) -> None:
    said = "panic: \x1b[31mملف\n\n\tgoroutine 1\nunended".encode()
    lines = logged(tmp_path, said)
    assert [line["event"] for line in lines] == ["panic: \x1b[31mملف", "\tgoroutine 1", "unended"]
    assert {line["process"] for line in lines} == {"temporal"}


def test_a_line_without_measure_is_cut_and_says_how_long_it_was(tmp_path: Path) -> None:
    long = b'{"msg":"' + b"x" * 976_000 + b'"}'
    (line, after) = logged(tmp_path, long + b"\n{}\n")
    assert after == {}
    assert len(line["event"]) == TEXT
    assert line["characters"] == str(len(long))
    assert max(map(len, (tmp_path / "temporal.log").read_bytes().splitlines())) <= LONGEST


@pytest.mark.parametrize("line", [b"[1]", b"{", b'"text"', b"\xff\xfe", b"{'a': 1}", b"nil"])
def test_what_is_no_object_is_made_one(line: bytes) -> None:
    assert json.loads(as_json("api", line))["process"] == "api"


def test_pieces_are_put_together() -> None:
    lines = Lines()
    cut = [line for piece in (b"a", b"b\n\nc", b"\nd") for line in lines.add(piece)]
    assert [*cut, *lines.end()] == [(b"ab", 2), (b"c", 1), (b"d", 1)]
