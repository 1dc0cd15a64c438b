"""Commands about passwords, for when nobody can sign in."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
from typing import Annotated

import typer
from pydantic import ValidationError

from service.cli.keys import ledger_today
from service.cli.options import Data, err, out

password_app = typer.Typer(
    no_args_is_help=True, help="Invite people to set a password, at the machine itself."
)
Label = Annotated[str, typer.Argument(help="The label of the post, as it was registered.")]


@password_app.command("invite")
def invite(
    label: Label,
    name: Annotated[
        str | None,
        typer.Option(help="What they sign in under; by default as before, or as the label."),
    ] = None,
    data: Data = None,
) -> None:
    """Print a one-time code by which somebody sets a password, a second factor and all.

    It is good for seven days, in the place of any before it, and announced as a key is. What they
    sign in with now goes on until it is used.

    Example: jisr password invite administrator
    """
    from service.running.inviting import invite_password

    try:
        with ledger_today(data) as (ledger, today):
            made = invite_password(ledger, today, label, name)
    except ValidationError:
        raise typer.BadParameter(
            "a name has three to forty letters, digits, dots or hyphens: give one by --name"
        ) from None
    out.print(f"{made.name}  {made.code}", markup=False)
    err.print(
        f"Name and code, good until the end of {made.until}, once, at /console/invitation of the"
        " console. They are shown here only."
    )


@password_app.command("end")
def end(label: Label, data: Data = None) -> None:
    """End all that somebody signs in with at once: keys, password, invitation, sessions.

    Example: jisr password end taza-caseworker-1
    """
    from service.running.inviting import end_credentials

    with ledger_today(data) as (ledger, today):
        end_credentials(ledger, today, label)
    out.print("Ended: they sign in no more, until they are given a key or invited anew.")
