"""All commands in one."""

import typer

from service.cli import keeping, keys, pages, parts
from service.cli.ending import end_with

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Jisr: reintegration cases, from detention to follow-up.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(parts.app)
app.add_typer(pages.app)
app.add_typer(keys.key_app, name="key")
app.add_typer(keys.keys_app, name="keys")
app.add_typer(keeping.rebuild_app, name="rebuild")
app.add_typer(keeping.database_app, name="database")
app.add_typer(keeping.ledger_app, name="ledger")
app.add_typer(keeping.upgrade_app, name="upgrade")
app.add_typer(keeping.clock_app, name="clock")


def main() -> None:
    """Run the command that was asked for."""
    end_with(app)
