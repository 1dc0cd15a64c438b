"""Commands that run an installation or a part of it, look at one, or show one."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
import signal
from functools import partial
from typing import TYPE_CHECKING, Never

import typer

from service.cli.ending import end_with
from service.cli.options import Data, Host, Json, Leave, Port, TemporalUi, out, settings_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection

    from service.settings import Settings

app = typer.Typer()


@app.command()
def up(
    data: Data = None, host: Host = None, port: Port = None, temporal_ui_port: TemporalUi = None
) -> None:
    """Run everything on this machine: Temporal, API, worker, projector.

    Example: jisr up --port 8400
    """
    from service.running.folder import held
    from service.running.ports import require_free
    from workflows.server.loopback import HOST

    settings = settings_of(data=data, host=host, port=port, temporal_ui_port=temporal_ui_port)
    require_free(settings.host, settings.port)
    require_free(HOST, settings.temporal_ui_port or 0, "--temporal-ui-port")
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the terminal was closed
    with held(settings.data):
        raise typer.Exit(_grown(settings))


def _grown(settings: "Settings") -> int:
    """Have the stem run it all; the status it ends with."""
    from service.running.loading import load
    from service.running.stem import Stem

    def supervisor(stem: "Connection", outs: "Mapping[str, int]") -> Never:
        from service.running.up import supervise

        _logs("up", streams=False)
        end_with(partial(supervise, settings, partial(out.print, markup=False), stem, outs))

    load(settings)
    parts = {part.__name__: partial(end_with, part) for part in (api, worker, projector)}
    return Stem(parts, str(settings.data)).run(supervisor)


@app.command()
def api(data: Data = None, host: Host = None, port: Port = None) -> None:
    """Serve the API and the console.

    Example: jisr api --host 127.0.0.1 --port 8400
    """
    _logs("api")
    settings = settings_of(data=data, host=host, port=port)
    from service.running.parts.api import run_api

    run_api(settings)


@app.command()
def worker(data: Data = None) -> None:
    """Run the cases' workflows.

    Example: JISR_TEMPORAL_ADDRESS=temporal:7233 jisr worker
    """
    _logs("worker")
    settings = settings_of(data=data)
    from service.running.parts.worker import run_worker

    run_worker(settings)


@app.command()
def projector(data: Data = None) -> None:
    """Keep the views level with the ledger.

    Example: JISR_DATABASE_URL=postgresql://jisr@db/jisr jisr projector
    """
    _logs("projector")
    settings = settings_of(data=data)
    from service.running.parts.projector import run_projector

    run_projector(settings)


@app.command()
def doctor(
    data: Data = None,
    json: Json = False,  # noqa: FBT002 - typer's way of a flag
) -> None:
    """Look at every part, change nothing, and say what is wrong and what to do about it.

    Ends with 0 when all is well, with 1 when there is a warning, and with 2 when something is broken.

    Example: jisr doctor --data /srv/jisr
    """
    from service.running.doctor.examine import examine_given
    from service.running.doctor.finding import STATUS, worst_of
    from service.running.doctor.report import as_json, as_text

    findings = examine_given({} if data is None else {"data": data})
    out.print((as_json if json else as_text)(findings), markup=False, highlight=False)
    raise typer.Exit(STATUS[worst_of(findings)])


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


def _logs(process: str, *, streams: bool = True) -> None:
    from service.running.logs import configure_logs

    configure_logs(process, streams=streams)
