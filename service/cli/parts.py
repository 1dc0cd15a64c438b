"""Commands that run an installation or a part of it, look at one, or show one."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
import signal
from functools import partial
from typing import TYPE_CHECKING, Never

import typer

from service.cli.ending import end_with
from service.cli.options import Data, Host, Leave, Port, TemporalUi, err, out, settings_of
from service.settings import Settings

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

app = typer.Typer()


@app.command()
def up(
    data: Data = None, host: Host = None, port: Port = None, temporal_ui_port: TemporalUi = None
) -> None:
    """Run everything on this machine: Temporal, API, worker, projector.

    Example: jisr up --port 8400
    """
    from service.running.taken import data_folder, port_is_free

    settings = settings_of(data=data, host=host, port=port, temporal_ui_port=temporal_ui_port)
    if settings.port and not port_is_free(settings.host, settings.port):
        err.print(f"Something listens on port {settings.port} already: stop it, or use --port 0.")
        raise typer.Exit(1)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the terminal was closed
    with data_folder(settings.data):
        raise typer.Exit(_grown(settings))


def _grown(settings: Settings) -> int:
    """Have the stem run it all; the status it ends with."""
    from service.running.loading import load
    from service.running.stem import Stem

    def supervisor(stem: "Connection") -> Never:
        from service.running.up import supervise

        _logs("up")
        end_with(partial(supervise, settings, out.print, stem))

    load(settings)
    parts = {part.__name__: partial(end_with, part) for part in (api, worker, projector)}
    return Stem(parts, str(settings.data.absolute())).run(supervisor)


@app.command()
def api(data: Data = None, host: Host = None, port: Port = None) -> None:
    """Serve the API and the console.

    Example: jisr api --host 127.0.0.1 --port 8400
    """
    settings = settings_of(data=data, host=host, port=port)
    from service.running.parts.api import run_api

    _logs("api")
    run_api(settings)


@app.command()
def worker(data: Data = None) -> None:
    """Run the cases' workflows.

    Example: JISR_TEMPORAL_ADDRESS=temporal:7233 jisr worker
    """
    settings = settings_of(data=data)
    from service.running.parts.worker import run_worker

    _logs("worker")
    run_worker(settings)


@app.command()
def projector(data: Data = None) -> None:
    """Keep the views level with the ledger.

    Example: JISR_DATABASE_URL=postgresql://jisr@db/jisr jisr projector
    """
    settings = settings_of(data=data)
    from service.running.parts.projector import run_projector

    _logs("projector")
    run_projector(settings)


@app.command()
def doctor(data: Data = None) -> None:
    """Look at every part, and say what is wrong and what to do. Ends with 1 if anything is.

    Example: jisr doctor --data /srv/jisr
    """
    from service.running.doctor import examine

    well = True
    for finding in examine(settings_of(data=data)):
        mark = "[green]well[/green]" if finding.well else "[red]NOT WELL[/red]"
        out.print(f"{mark}  {finding.part}: {finding.found}")
        if not finding.well and finding.advice:
            out.print(f"      → {finding.advice}")
        well = well and finding.well
    raise typer.Exit(0 if well else 1)


@app.command()
def demo(
    data: Data = None,
    port: Port = None,
    leave: Leave = False,  # noqa: FBT002 - typer's way of a flag
) -> None:
    """Take the July 2024 ceremonies, with made-up people, through the API, and report.

    Example: jisr demo --exit
    """
    from service.demo.run import run

    raise typer.Exit(run(data, port, leave=leave, out=out))


def _logs(process: str) -> None:
    from service.running.logs import configure_logs

    configure_logs(process)
