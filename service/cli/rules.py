"""Commands about versions of the rules that the Foundation sets as data."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from service.cli.keys import ledger_today
from service.cli.options import Data, err, out

rules_app = typer.Typer(
    no_args_is_help=True, help="Set versions of the rules, and look what they would change."
)


@rules_app.command("add")
def add(
    file: Annotated[Path, typer.Argument(help="The version, as TOML.", exists=True)],
    data: Data = None,
) -> None:
    """Set a version of the rules: its name, what it is made from, what it changes, since when.

    The file says version, base, since, explanation, and under [changes] each rule that differs.

    Example: jisr rules add v2.toml
    """
    import tomllib

    from service.running.rules_set import add as record
    from service.running.rules_set import step_in

    try:
        with ledger_today(data) as (ledger, today):
            step = step_in(file, today)
            position = record(ledger, step)
    except (ValidationError, tomllib.TOMLDecodeError) as wrong:
        raise typer.BadParameter(f"{file}: {wrong}") from None
    out.print(f"{step.version}, entry {position}: new cases take it from {step.since}.")


@rules_app.command("diff")
def diff(
    before: Annotated[str, typer.Argument(help="A version, such as v1.")],
    after: Annotated[str, typer.Argument(help="Another one.")],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List the running cases that it would change.")
    ] = False,
    data: Data = None,
) -> None:
    """Say what differs, and what would change for the running cases that go by the first.

    Example: jisr rules diff v1 v2 --dry-run
    """
    from service.running import rules_set
    from service.running.holidays import open_calendar

    with ledger_today(data) as (ledger, today):
        old, new = (rules_set.version(ledger, each) for each in (before, after))
        for name, was, becomes in rules_set.told_apart(old, new):
            out.print(f"{name}: {was} -> {becomes}", markup=False, soft_wrap=True)
        if not dry_run:
            return
        cases = moved = late = 0
        for each in rules_set.foreseen(ledger, old, new, open_calendar(), today):
            cases, moved, late = cases + 1, moved + len(each.moved), late + each.late
            days = [f"{key} {was} -> {due}" for key, was, due in each.moved]
            days += [f"{key} no more" for key in each.gone] + [f"{key} new" for key in each.come]
            out.print(f"{each.reference}: {'; '.join(days)}", markup=False, soft_wrap=True)
    err.print(f"{cases} cases change: {moved} reviews move, {late} become late.")
