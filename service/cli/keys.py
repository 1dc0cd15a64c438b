"""Commands that make access keys, and replace the key that all others are wrapped by."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
from datetime import UTC, datetime
from typing import Annotated

import typer

from domain.message import Role
from service.cli.options import Data, out, settings_of

key_app = typer.Typer(no_args_is_help=True, help="Make access keys, at the machine itself.")
keys_app = typer.Typer(
    no_args_is_help=True, help="Look after the keys that protect what is personal."
)


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
    from domain.values.calendar import local_date
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
    from rich.progress import Progress

    from service.running.rotation import rotate

    settings = settings_of(data=data)
    with Progress(console=out) as bar:
        task = bar.add_task("keys", total=None)
        number = rotate(settings, lambda done: bar.update(task, completed=done))
    out.print(
        f"Every key is wrapped by master key {number} now, and the one before it is destroyed. "
        f"Back up {settings.master_key}, and destroy the copies of the old one."
    )
