"""`jisr demo`: start the demo's installation, replay, report, and serve until Ctrl-C."""

import asyncio
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from domain.message import Role
from service.demo.client import Client, DemoError
from service.demo.installation import PORT, DemoFailedError, Installation, installation
from service.demo.path import steps_of, way_of
from service.demo.plan import HANDOVERS, shares
from service.demo.replay import Replayed, replay
from service.demo.report import ask, compare, show, show_stories
from service.demo.stories import SCRIPTS
from service.demo.underway import STOPS, share_of, steps_until
from service.running.folder import make

People = Mapping[Role, Client]
"""Somebody of each role."""

DATA = Path(".jisr-demo")
PATIENCE = 60.0
"""Seconds a request may take."""


def run(data: Path | None, port: int | None, *, leave: bool, out: Console) -> int:
    """Run the demo; the exit status: 0 when every figure of the communique holds.

    `leave`: end after the report instead of serving until Ctrl-C.
    """
    folder = (data or DATA).absolute()
    make(folder)
    try:
        return asyncio.run(_run(folder, port, leave=leave, out=out))
    except* (DemoFailedError, DemoError) as errors:
        for error in errors.exceptions:
            out.print(f"[red]{error}[/red]")
        status = 1
    except* KeyboardInterrupt:
        status = 130
    return status


async def _run(data: Path, port: int | None, *, leave: bool, out: Console) -> int:
    out.print(f"Jisr's demo, with made-up people, in {data}")
    async with installation(data, port) as running:
        if port is None and not running.url.endswith(f":{PORT}"):
            out.print(f"Port {PORT} is taken: it serves on {running.url} instead.")
        holds, people = await _replay_and_report(running, out)
        if not leave:
            await _serve(running, people, out)
    return 0 if holds else 1


async def _replay_and_report(running: Installation, out: Console) -> tuple[bool, People]:
    limits = httpx.Limits(max_connections=32)
    async with httpx.AsyncClient(
        base_url=running.url, timeout=PATIENCE, limits=limits, trust_env=False
    ) as http:
        administrator = Client(http, running.administrator_key)
        replayed = await _with_bars(administrator, out)
        tally = administrator.tally
        if tally.new:
            out.print(f"{tally.new} steps taken, {tally.repeated} were there already.")
        else:
            out.print(f"All {tally.repeated} steps were there already: nothing was changed.")
        report = await ask(replayed.people[Role.AUDITOR], tally.position)
    compared = compare(report)
    show(report, compared, out)
    show_stories(report, replayed.names, running.url, out)
    return all(one.holds for one in compared), replayed.people


async def _with_bars(administrator: Client, out: Console) -> Replayed:
    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    every = shares()
    steps = sum(len(steps_of(way_of(share))) - 1 for share in every)
    steps += sum(len([*steps_until(stop, way_of(share_of(stop)))]) - 1 for stop in STOPS)
    with Progress(*columns, console=out) as progress:
        bars: dict[str, TaskID] = {
            name: progress.add_task(name, total=total)
            for name, total in (
                ("offices", len(HANDOVERS)),
                ("people", len(every)),
                ("steps", steps),
                ("stories", len(SCRIPTS)),
                ("ceremonies", len(HANDOVERS)),
            )
        }
        return await replay(administrator, lambda name, by: progress.advance(bars[name], by))


async def _serve(running: Installation, people: People, out: Console) -> None:
    out.print(f"Console: {running.url}  ·  API documentation: {running.url}/docs")
    out.print("Keys to sign in with:")
    for role, client in people.items():
        out.print(f"  {role:<14}{client.key}", soft_wrap=True)
    out.print("Ctrl-C stops the demo.")
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    ended = asyncio.create_task(running.process.wait())
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
    with suppress(asyncio.CancelledError):
        stopped.cancel()
    out.print("Stopping.")
