"""All commands in one."""

from functools import partial
from importlib.metadata import version
from typing import Annotated, Never

import typer

from service.cli import (
    backups,
    exports,
    keeping,
    keys,
    notify,
    pages,
    parts,
    passwords,
    reminders,
    rules,
    witness,
)
from service.cli.audit import audit_app
from service.cli.ending import end_with
from service.cli.options import out
from service.cli.privacy import privacy_app

NAME = "jisr"

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(parts.app)
app.add_typer(pages.app)
app.add_typer(backups.backups_app)
app.add_typer(keys.key_app, name="key")
app.add_typer(keys.keys_app, name="keys")
app.add_typer(passwords.password_app, name="password")
app.add_typer(keeping.rebuild_app, name="rebuild")
app.add_typer(rules.rules_app, name="rules")
app.add_typer(notify.notify_app, name="notify")
app.add_typer(exports.export_app, name="export")
app.add_typer(witness.witness_app, name="witness")
app.add_typer(reminders.reminders_app, name="reminders")
app.add_typer(keeping.database_app, name="database")
app.add_typer(keeping.ledger_app, name="ledger")
app.add_typer(keeping.upgrade_app, name="upgrade")
app.add_typer(audit_app, name="audit")
app.add_typer(privacy_app, name="privacy")
app.add_typer(keeping.clock_app, name="clock")


def _say_version(asked: bool) -> None:  # noqa: FBT001 - typer's way of a flag
    if asked:
        out.print(NAME, version(NAME))
        raise typer.Exit


@app.callback()
def about(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_say_version, is_eager=True, help="Say which release this is."
        ),
    ] = False,
) -> None:
    """Jisr follows reintegration cases, from detention to the years after."""


def run() -> Never:
    """Run the command that was asked for."""
    end_with(partial(app, prog_name=NAME))
