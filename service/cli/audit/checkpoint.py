"""`jisr audit checkpoint` and `jisr audit keys`: what somebody outside is given, to hold against the house."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
from pathlib import Path
from typing import Annotated

import typer

from service.cli.options import Data, err, out, settings_of

To = Annotated[Path | None, typer.Option("--out", help="A file to write it to.")]


def checkpoint(to: To = None, data: Data = None) -> None:
    """Seal all that is recorded by now, keep a checkpoint of it, and print it.

    Whoever holds it can show later whether anything before it was altered.

    Example: jisr audit checkpoint --out 2026-11-27.checkpoint
    """
    from service.bootstrap import opened_ledger
    from service.running.sealed import caught_up

    with opened_ledger(settings_of(data=data)) as ledger:
        log = caught_up(ledger)
        kept = log.checkpoint() or log.last_checkpoint()
    if kept is None:
        err.print("Nothing is recorded yet.")
        raise typer.Exit(1)
    if to is None:
        out.file.write(str(kept.note))
        return
    to.write_text(str(kept.note), encoding="utf-8")
    err.print(f"Checkpoint {kept.number}: {kept.size} entries.")


def keys(data: Data = None) -> None:
    """Print the public halves of the keys that sign checkpoints, the oldest first.

    Give them to whoever is to verify, by another way than the checkpoints.

    Example: jisr audit keys
    """
    from service.bootstrap import opened_ledger
    from service.running.sealed import caught_up

    with opened_ledger(settings_of(data=data)) as ledger:
        for key in caught_up(ledger).verifier_keys():
            out.file.write(f"{key}\n")
