"""The tests' own PostgreSQL keeps its promises; what is built on it may rely on them."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.support.postgres import OWNER, SERVICE, PostgresDatabase, PrivatePostgres

STARTED_BY_A_CHILD = """
import time
from tests.support.postgres import PrivatePostgres
server = PrivatePostgres()
print(server.folder, server.port, flush=True)
time.sleep(600)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[PrivatePostgres]:
    with PrivatePostgres(durable=True) as server:
        yield server


def processes_in(folder: Path) -> list[psutil.Process]:
    """Everything that runs in a server's folder, or under its guard."""
    return [
        process
        for process in psutil.process_iter(["cwd"])
        if (process.info["cwd"] or "").startswith(str(folder))
    ]


def memory_segment(server: PrivatePostgres) -> str:
    state = (server.folder / "data" / "postmaster.pid").read_text().splitlines()
    return state[6].split()[1]


def memory_segments() -> set[str]:
    return {line.split()[1] for line in Path("/proc/sysvipc/shm").read_text().splitlines()}


def wait_until_gone(folder: Path) -> None:
    give_up = time.monotonic() + 60
    while (folder.exists() or processes_in(folder)) and time.monotonic() < give_up:
        time.sleep(0.05)


@pytest.mark.parametrize("major", [16, 18])
def test_what_was_committed_is_there_after_a_kill(major: int) -> None:
    with PrivatePostgres(durable=True, major=major) as server:
        database = server.create_database("kept")
        with psycopg.connect(database.owner_url) as connection:
            connection.execute("CREATE TABLE t (n int)")
            connection.execute("INSERT INTO t VALUES (41), (1)")

        server.kill()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(database.owner_url)

        server.restart()
        with psycopg.connect(database.owner_url) as connection:
            assert connection.execute("SELECT sum(n) FROM t").fetchone() == (42,)
            version = connection.info.server_version
    assert version // 10000 == major


def test_a_kill_ends_statements_that_are_running(server: PrivatePostgres) -> None:
    with psycopg.connect(server.url("postgres", "postgres")) as connection:
        busy = threading.Thread(target=server.kill)
        busy.start()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT pg_sleep(60)")
        busy.join()
    assert processes_in(server.folder) == []
    server.restart()


def test_a_restart_keeps_the_port_and_outlives_the_thread_that_asked(
    server: PrivatePostgres,
) -> None:
    port = server.port
    asking = threading.Thread(target=server.restart)
    asking.start()
    asking.join()
    assert server.port == port
    with psycopg.connect(server.url("postgres", SERVICE, password="p@ss/word")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_durable_is_as_in_production(server: PrivatePostgres, postgres: PrivatePostgres) -> None:
    for each, expected in ((server, "on"), (postgres, "off")):
        with psycopg.connect(each.url("postgres", OWNER)) as connection:
            assert connection.execute("SHOW fsync").fetchone() == (expected,)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE SCHEMA mine",
        "CREATE TABLE public.mine (n int)",
        "CREATE TEMPORARY TABLE mine (n int)",
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
    ],
)
def test_the_service_role_creates_nothing(
    postgres_database: PostgresDatabase, statement: str
) -> None:
    with (
        psycopg.connect(postgres_database.service_url, autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)


def test_the_owner_makes_schemas_but_is_no_superuser(postgres_database: PostgresDatabase) -> None:
    with psycopg.connect(postgres_database.owner_url) as connection:
        connection.execute("CREATE SCHEMA mine")
        assert connection.execute("SHOW is_superuser").fetchone() == ("off",)


@pytest.mark.parametrize("before", ["running", "killed"])
def test_nothing_is_left_after_a_stop(before: str) -> None:
    server = PrivatePostgres()
    segment = memory_segment(server)
    assert segment in memory_segments()
    if before == "killed":
        server.kill()
    server.stop()
    server.stop()
    assert not server.folder.exists()
    assert processes_in(server.folder) == []
    assert segment not in memory_segments()


def test_nothing_is_left_after_the_tests_are_killed() -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", STARTED_BY_A_CHILD],
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout
        folder = Path(child.stdout.readline().split()[0])
        assert processes_in(folder)
        os.kill(child.pid, signal.SIGKILL)
    wait_until_gone(folder)
    assert processes_in(folder) == []
    assert not folder.exists()
