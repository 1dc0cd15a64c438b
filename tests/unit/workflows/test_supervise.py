"""The supervisor, with small real processes."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import psutil
import pytest

from service.running.folder import DataFolderInUseError, held
from service.running.supervise import Child, Patience, Probe, Supervisor
from tests.support.waiting import PATIENCE, eventually, until
from workflows.server.children import start_child

ROOT = Path(__file__).parents[3]
QUICK = Patience(
    startup=PATIENCE, grace=1, first_pause=0.01, longest_pause=0.05, deaths=4, within=30
)
SLEEP = ["sleep", "600"]


def child(
    name: str, command: Sequence[str], ready: Probe | None = None, after: Sequence[str] = ()
) -> Child:
    return Child(name, partial(start_child, command), ready=ready, after=after)


def shell(script: str) -> list[str]:
    return ["sh", "-c", script]


@asynccontextmanager
async def running(supervisor: Supervisor) -> AsyncIterator[Supervisor]:
    run = asyncio.create_task(supervisor.run())
    try:
        async with asyncio.timeout(PATIENCE):
            await supervisor.ready()
        yield supervisor
    finally:
        supervisor.stop()
        await run


async def test_a_child_that_dies_is_started_again() -> None:
    async with running(Supervisor([child("sleeper", SLEEP)], QUICK)) as supervisor:
        first = supervisor.pid("sleeper")
        assert first
        os.kill(first, signal.SIGKILL)
        await eventually(lambda: supervisor.pid("sleeper") not in {None, first})


async def test_who_could_be_used_for_a_while_is_started_at_once_however_often_it_ended() -> None:
    patience = Patience(startup=5, grace=1, first_pause=0.05, longest_pause=60, settled=0.1)
    async with running(Supervisor([child("sleeper", SLEEP)], patience)) as supervisor:
        before = None
        for _ in range(12):
            await eventually(lambda: supervisor.pid("sleeper") not in {None, before}, patience=20)  # noqa: B023 (asked at once)
            before = supervisor.pid("sleeper")
            assert before
            await asyncio.sleep(0.3)
            os.kill(before, signal.SIGKILL)


async def test_who_ends_as_soon_as_it_is_started_is_started_later_each_time(
    tmp_path: Path,
) -> None:
    counter = tmp_path / "counter"
    patience = Patience(startup=5, grace=1, first_pause=0.1, longest_pause=60, settled=5)
    supervisor = Supervisor([child("hopeless", shell(f"echo x >> {counter}"))], patience)
    run = asyncio.create_task(supervisor.run())
    await eventually(counter.exists)
    await asyncio.sleep(2)
    assert len(counter.read_text().split()) < 6
    supervisor.stop()
    await run


async def test_a_child_starts_after_those_it_needs_are_ready(tmp_path: Path) -> None:
    opened = tmp_path / "opened"

    async def is_opened() -> bool:
        return opened.exists()

    children = [
        child("second", shell(f"test -f {opened} && sleep 600"), after=["first"]),
        child("first", shell(f"sleep 0.3; touch {opened}; sleep 600"), ready=is_opened),
    ]
    async with running(Supervisor(children, QUICK)) as supervisor:
        pid = supervisor.pid("second")
        await asyncio.sleep(0.1)
        assert supervisor.pid("second") == pid


async def test_children_stop_in_reverse_order_each_given_time_to_end(tmp_path: Path) -> None:
    def noting(name: str) -> list[str]:
        wait = "while :; do sleep 0.02; done"
        return shell(f"trap 'echo {name} >> {tmp_path}/order; exit' TERM; touch {name}; {wait}")

    def trapped(name: str) -> Child:
        async def ready() -> bool:
            return (tmp_path / name).exists()

        script = f"cd {tmp_path}; " + noting(name)[2]
        return child(name, shell(script), ready=ready)

    patient = replace(QUICK, grace=PATIENCE)
    async with running(Supervisor([trapped("one"), trapped("two"), trapped("three")], patient)):
        pass
    assert (tmp_path / "order").read_text().split() == ["three", "two", "one"]


async def test_a_child_deaf_to_the_first_signal_is_killed(tmp_path: Path) -> None:
    deaf = tmp_path / "deaf"

    async def ready() -> bool:
        return deaf.exists()

    script = shell(f"trap '' TERM; touch {deaf}; while :; do sleep 0.05; done")
    async with running(Supervisor([child("deaf", script, ready=ready)], QUICK)) as supervisor:
        pid = supervisor.pid("deaf")
        assert pid
    assert not psutil.pid_exists(pid)


async def test_a_child_that_keeps_ending_is_named_once_and_takes_nothing_else_with_it() -> None:
    said: list[str] = []
    children = [child("sleeper", SLEEP), child("hopeless", ["false"])]
    supervisor = Supervisor(children, QUICK, said.append)
    run = asyncio.create_task(supervisor.run())
    await eventually(lambda: said != [])
    pid = supervisor.pid("sleeper")
    await asyncio.sleep(0.3)
    assert said == ["hopeless keeps ending (status 1)"]
    assert supervisor.pid("sleeper") == pid is not None
    supervisor.stop()
    await run


async def test_a_child_that_ends_a_few_times_and_then_does_not_is_kept(tmp_path: Path) -> None:
    counter = tmp_path / "counter"
    script = f"echo x >> {counter}; test $(wc -l < {counter}) -gt 6 && sleep 600"
    said: list[str] = []
    supervisor = Supervisor([child("late", shell(script))], QUICK, said.append)
    run = asyncio.create_task(supervisor.run())
    await eventually(lambda: counter.exists() and len(counter.read_text().split()) == 7)
    assert said
    await eventually(lambda: supervisor.pid("late") is not None)
    supervisor.stop()
    await run


async def test_a_child_that_never_becomes_ready_is_started_again_and_named() -> None:
    async def never() -> bool:
        return False

    said: list[str] = []
    patience = Patience(startup=0.05, grace=1, first_pause=0.01, longest_pause=0.05, deaths=3)
    children = [child("sleeper", SLEEP), child("silent", SLEEP, ready=never)]
    supervisor = Supervisor(children, patience, said.append)
    run = asyncio.create_task(supervisor.run())
    await eventually(lambda: said != [])
    assert said[0].startswith("silent keeps ending")
    assert supervisor.pid("sleeper")
    supervisor.stop()
    await run


def test_a_second_process_on_one_data_folder_is_told_so(tmp_path: Path) -> None:
    with (
        held(tmp_path),
        pytest.raises(DataFolderInUseError, match=rf"already runs on .*{os.getpid()}"),
        held(tmp_path),
    ):
        pass


PROGRAM = """
import asyncio, sys
from functools import partial
from pathlib import Path
from service.running.supervise import Child, Supervisor
from service.running.folder import held
from workflows.server.children import start_child
folder = Path(sys.argv[1])
with held(folder):
    sleep = partial(start_child, ["sleep", "600"])
    supervisor = Supervisor([Child("one", sleep), Child("two", sleep)])
    async def main():
        run = asyncio.create_task(supervisor.run())
        await supervisor.ready()
        print(supervisor.pid("one"), supervisor.pid("two"), flush=True)
        await run
    asyncio.run(main())
"""


def start_program(folder: Path) -> tuple[subprocess.Popen[str], list[int]]:
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, [int(pid) for pid in process.stdout.readline().split()]


def wait_gone(pids: list[int]) -> None:
    until(lambda: not any(psutil.pid_exists(pid) for pid in pids), "an orphan stays")


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_all_children_and_the_status_is_zero(
    tmp_path: Path, sign: signal.Signals
) -> None:
    process, pids = start_program(tmp_path)
    process.send_signal(sign)
    with process:
        assert process.wait(PATIENCE) == 0
    wait_gone(pids)


def test_a_killed_supervisor_leaves_no_child_and_nothing_in_the_way_of_the_next(
    tmp_path: Path,
) -> None:
    process, pids = start_program(tmp_path)
    assert len(pids) == 2
    with process:
        process.kill()
    wait_gone(pids)
    process, pids = start_program(tmp_path)
    assert len(pids) == 2
    with process:
        process.terminate()
