"""Commands about versions of the rules that the Foundation sets as data."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError

from service.cli.keys import ledger_today
from service.cli.options import Data, err, out, settings_of

if TYPE_CHECKING:
    from service.running.rules_foreseen import Foreseen

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
    """Say what differs, and with `--dry-run` what would change for the running cases of the first.

    A line for each case: what is due first now and then, then each review that moves, goes or comes, with
    its day. The announced holidays count. It ends with 0 once all is said, and with 1 where it could not be.

    Example: jisr rules diff v1 v2 --dry-run
    """
    from service.running import rules_foreseen, rules_set
    from service.running.holidays import open_calendar

    calendar = open_calendar(settings_of(data=data).calendar_file)
    with ledger_today(data) as (ledger, _):
        old, new = (rules_set.version(ledger, each) for each in (before, after))
        for name, was, becomes in rules_set.told_apart(old, new):
            out.print(f"{name}: {was} -> {becomes}", markup=False, soft_wrap=True)
        if not dry_run:
            return
        seen = cases = moved = at_once = 0
        for each in rules_foreseen.foreseen(ledger, old, new, calendar, datetime.now(UTC)):
            seen += 1
            if each.changes:
                cases, moved, at_once = cases + 1, moved + len(each.moved), at_once + each.at_once
                out.print(_line(each), markup=False, soft_wrap=True)
    err.print(
        f"{seen} running cases go by {before}; {cases} change: {moved} reviews move, {at_once} are due"
        " at once, none becomes late."
    )


def _line(each: "Foreseen") -> str:
    first, then = ("nothing" if due is None else f"{due[0]} {due[1]}" for due in each.next)
    days = [f"next {first} -> {then}"]
    days += [f"{key} {was} -> {due}" for key, was, due in each.moved]
    days += [f"{key} {due} no more" for key, due in each.gone]
    days += [f"{key} {due} new" for key, due in each.come]
    return f"{each.reference}: {'; '.join(days)}"
