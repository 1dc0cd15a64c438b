"""The command `jisr`. Parts are loaded only by the commands that need them."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
import logging
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress

from domain.errors import JisrError
from domain.message import Role
from service.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Jisr: reintegration cases, from detention to follow-up.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
key_app = typer.Typer(no_args_is_help=True, help="Access keys, made at the machine itself.")
app.add_typer(key_app, name="key")
keys_app = typer.Typer(no_args_is_help=True, help="The keys that protect what is personal.")
app.add_typer(keys_app, name="keys")
rebuild_app = typer.Typer(no_args_is_help=True, help="Make again what the ledger can make again.")
app.add_typer(rebuild_app, name="rebuild")
database_app = typer.Typer(no_args_is_help=True, help="PostgreSQL.")
app.add_typer(database_app, name="database")
ledger_app = typer.Typer(no_args_is_help=True, help="The ledger as a whole.")
app.add_typer(ledger_app, name="ledger")
upgrade_app = typer.Typer(no_args_is_help=True, help="From one release to the next.")
app.add_typer(upgrade_app, name="upgrade")
clock_app = typer.Typer(no_args_is_help=True, help="The clock that dates what is recorded.")
app.add_typer(clock_app, name="clock")

out, err = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True)

Data = Annotated[
    Path | None, typer.Option("--data", help="The data folder (or JISR_DATA).", show_default=False)
]
Host = Annotated[str | None, typer.Option(help="Where to listen (or JISR_HOST).")]
Leave = Annotated[bool, typer.Option("--exit", help="End after the report.")]
Mermaid = Annotated[bool, typer.Option("--mermaid", help="As a Mermaid diagram.")]
Markdown = Annotated[bool, typer.Option("--markdown", help="As the page of the docs.")]
As = Annotated[str, typer.Option("--as", help="The label of the administrator who decides it.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what it would do, and do nothing.")]
Port = Annotated[int | None, typer.Option(help="The port; 0 takes any (or JISR_PORT).")]

TemporalUi = Annotated[
    int | None, typer.Option(help="Open Temporal's web pages there, on loopback.")
]


def settings_of(**given: Any) -> Settings:
    """The settings, with what was given on the command line; a bad one ends the command."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        for found in error.errors(include_url=False, include_input=False):
            where = ".".join(str(part) for part in found["loc"]) or "settings"
            err.print(f"{where}: {found['msg']}")
        raise typer.Exit(2) from None


def _logs(process: str) -> None:
    from service.running.logs import configure_logs

    configure_logs(process)


@app.command()
def up(
    data: Data = None, host: Host = None, port: Port = None, temporal_ui_port: TemporalUi = None
) -> None:
    """Run everything on this machine: Temporal, API, worker, projector.

    Example: jisr up --port 8400
    """
    from service.running.processes import port_is_free
    from service.running.up import run_up

    settings = settings_of(data=data, host=host, port=port, temporal_ui_port=temporal_ui_port)
    if settings.port and not port_is_free(settings.host, settings.port):
        err.print(f"Something listens on port {settings.port} already: stop it, or use --port 0.")
        raise typer.Exit(1)
    _logs("up")
    run_up(settings, out.print)


@app.command()
def api(data: Data = None, host: Host = None, port: Port = None) -> None:
    """Serve the API and the console.

    Example: jisr api --host 127.0.0.1 --port 8400
    """
    from service.running.processes import run_api

    _logs("api")
    run_api(settings_of(data=data, host=host, port=port))


@app.command()
def worker(data: Data = None) -> None:
    """Run the cases' workflows.

    Example: JISR_TEMPORAL_ADDRESS=temporal:7233 jisr worker
    """
    from service.running.processes import run_worker

    _logs("worker")
    run_worker(settings_of(data=data))


@app.command()
def projector(data: Data = None) -> None:
    """Keep the views level with the ledger.

    Example: JISR_DATABASE_URL=postgresql://jisr@db/jisr jisr projector
    """
    from service.running.processes import run_projector

    _logs("projector")
    run_projector(settings_of(data=data))


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


@rebuild_app.command("views")
def rebuild_views(data: Data = None) -> None:
    """Make all views again from the ledger, beside the live ones, then swap.

    Example: jisr rebuild views
    """
    from service.running.rebuilding import rebuild_views as rebuild

    with Progress(console=out) as bar:
        task = bar.add_task("events", total=None)
        position = rebuild(
            settings_of(data=data), lambda done, of: bar.update(task, completed=done, total=of)
        )
    out.print(f"The views are made anew, up to position {position}.")


@rebuild_app.command("workflows")
def rebuild_workflows(data: Data = None) -> None:
    """Start the workflow of every open case that has none, after Temporal's data was lost.

    Example: jisr rebuild workflows
    """
    from service.running.rebuilding import rebuild_workflows as rebuild

    swept = rebuild(settings_of(data=data))
    out.print(
        f"{swept.cases} cases: {swept.started} workflows started, {swept.refreshed} refreshed, "
        f"{swept.replaced} begun anew, {swept.failed} failed."
    )
    raise typer.Exit(1 if swept.failed else 0)


@database_app.command("prepare")
def prepare(data: Data = None) -> None:
    """Make or bring level PostgreSQL's schemas, as their owner. Can be repeated.

    Example: JISR_OWNER_URL=postgresql://owner@db/jisr jisr database prepare
    """
    from service.running.rebuilding import prepare_database

    prepare_database(settings_of(data=data))
    out.print("The database is prepared.")


@ledger_app.command("accept")
def accept(data: Data = None) -> None:
    """Accept that entries are gone, after looking why; recording goes on from what is left.

    Example: jisr ledger accept
    """
    from service.bootstrap import opened_ledger

    with opened_ledger(settings_of(data=data)) as ledger:
        if ledger.lost is None:
            out.print("Nothing is known to be lost.")
            return
        ledger.accept_loss()
        out.print(f"Accepted: the ledger ends at position {ledger.head()}, and goes on from there.")


@clock_app.command("confirm")
def confirm(data: Data = None) -> None:
    """Say that the clock is right, after looking: within the hour, recording goes on.

    Example: jisr clock confirm
    """
    from service.bootstrap import opened_ledger

    with opened_ledger(settings_of(data=data)) as ledger:
        ledger.confirm_clock()
    out.print("Confirmed.")


@clock_app.command("restart")
def restart(data: Data = None) -> None:
    """Leave behind a future that was recorded under a wrong clock; set the clock first.

    Example: jisr clock restart
    """
    from service.bootstrap import opened_ledger

    with opened_ledger(settings_of(data=data)) as ledger:
        ledger.restart_clock()
    out.print("What is recorded from now on is dated by the clock again.")


@upgrade_app.command("finish")
def finish_upgrade(
    data: Data = None,
    by: As = "administrator",
    dry_run: DryRun = False,  # noqa: FBT002 - typer's way of a flag
) -> None:
    """Let the new release write what only it can read, once every process is of it. For good.

    Example: jisr upgrade finish --dry-run
    """
    from service.running.upgrading import finish

    found = finish(settings_of(data=data), by, only_look=dry_run)
    if found.level == found.reads:
        out.print(f"Finished already: the ledger is on level {found.level}.")
    elif dry_run:
        out.print(f"It would raise the ledger from level {found.level} to {found.reads}.")
    else:
        out.print(
            f"The ledger is on level {found.reads} now. A release that does not read it records "
            "nothing any more."
        )


@app.command(hidden=True)
def openapi() -> None:
    """Print the API's OpenAPI document.

    Example: jisr openapi > docs/openapi.json
    """
    import json

    from service.api.app import create_app

    sys.stdout.write(json.dumps(create_app().openapi(), ensure_ascii=False, indent=2) + "\n")


@app.command()
def path(*, mermaid: Mermaid = False, markdown: Markdown = False) -> None:
    """Print the path of a case: its parts and steps, who may take them, what refuses them.

    Example: jisr path --markdown > docs/path.md
    """
    from service.words.path import as_markdown, as_mermaid, as_text

    made = as_markdown if markdown else as_mermaid if mermaid else as_text
    sys.stdout.write(made())


@app.command(hidden=True)
def page(
    name: Annotated[str, typer.Argument(help="`events` or `privacy`.")],
) -> None:
    """Print a page of the documentation that is made from the code.

    Example: jisr page events > docs/events.md
    """
    from service.words.catalogue import events_page, privacy_page

    pages = {"events": events_page, "privacy": privacy_page}
    if name not in pages:
        err.print(f"There is no page {name}: {', '.join(pages)}.")
        raise typer.Exit(2)
    sys.stdout.write(pages[name]())


@key_app.command("create")
def create(
    role: Annotated[Role, typer.Option(help="What the holder may do.")],
    label: Annotated[str, typer.Option(help="A label of the post, not a person's name.")],
    centre: Annotated[str | None, typer.Option(help="For caseworkers and coordinators.")] = None,
    data: Data = None,
) -> None:
    """Register a member of staff, if need be, and print a new access key, once.

    Example: jisr key create --role caseworker --centre taza --label taza-caseworker-1
    """
    from domain.calendar import local_date
    from service.bootstrap import opened_ledger
    from service.running.founding import create_key

    settings = settings_of(data=data)
    with opened_ledger(settings) as ledger:
        today = local_date(datetime.now(UTC))
        out.print(create_key(ledger, today, label, role, centre))


@keys_app.command("rotate")
def rotate_keys(data: Data = None) -> None:
    """Replace the master key by the next one while everything runs, and destroy the old one.

    Example: jisr keys rotate
    """
    from service.running.rotation import rotate

    settings = settings_of(data=data)
    with Progress(console=out) as bar:
        task = bar.add_task("keys", total=None)
        number = rotate(settings, lambda done: bar.update(task, completed=done))
    out.print(
        f"Every key is wrapped by master key {number} now, and the one before it is destroyed. "
        f"Back up {settings.master_key}, and destroy the copies of the old one."
    )


def main() -> None:
    """Run the command, and end the process with its status."""
    status = _run()
    # Temporal's client has threads of its own, and aborts when the interpreter is taken down
    # under one of them. All files are closed by now, so the interpreter need not be.
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # whoever read it may be gone
            stream.flush()
    os._exit(status)


def _run() -> int:
    """The exit status; an error it knows is one line that says what to do."""
    from service.running.supervise import DataFolderInUseError

    try:
        app()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except DataFolderInUseError as error:
        err.print(str(error))
    except JisrError as error:
        from service.problems.problem import text_of
        from service.words.language import Language

        known = text_of(error.code, error.params, Language.ENGLISH)[1]
        err.print(str(error) if str(error) != error.code else known)
    except Exception:
        # The edge of the process; where logs are kept they are kept without the message.
        logging.getLogger("jisr").exception("the command failed")
    return 1
