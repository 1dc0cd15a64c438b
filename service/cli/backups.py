"""Commands that make a backup of an installation, and bring one back."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.options import Data, DryRun, err, out, settings_of

if TYPE_CHECKING:
    from service.running.backup.restoring import Foreseen, Restored
    from service.settings import Settings

Into = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that is empty, or new.")]
From = Annotated[Path, typer.Argument(metavar="FOLDER", help="As `jisr backup` made it.")]
Keys = Annotated[
    Path | None,
    typer.Option(
        "--keys", metavar="FOLDER", help="Where the keys are; in FOLDER/keys if left out."
    ),
]
Earlier = Annotated[
    Path | None,
    typer.Option(
        "--earlier",
        metavar="FOLDER",
        help="An earlier backup on the same disk: papers that it has need no room once more.",
    ),
]
OverNewer = Annotated[
    bool, typer.Option("--over-newer", help="Though what was recorded since is lost by it.")
]
Clock = Annotated[
    bool,
    typer.Option(
        "--clock-is-right", help="This machine's, though nothing was recorded for over a month."
    ),
]
Erased = Annotated[
    list[Path] | None,
    typer.Option(
        "--erased",
        metavar="FILE|FOLDER",
        help="A list of who was erased since, or a later backup. May be repeated.",
    ),
]

backups_app = typer.Typer()


@backups_app.command("backup")
def backup(into: Into, keys: Keys = None, earlier: Earlier = None, data: Data = None) -> None:
    """Copy the ledger, its keys and the papers, as of one moment, while everything runs.

    The master key is not among them: keep a copy of it apart from both.

    Example: jisr backup /backups/2026-11-27 --keys /vault/2026-11-27
    """
    from domain.upkeep.vocabulary import Act, Fact
    from service.cli.acts import tell_anew
    from service.running.backup.making import Places, back_up
    from service.running.backup.manifest import NAME, digest_of

    settings, places = settings_of(data=data), Places.of(into, keys)
    with _progress("copied") as done:
        made = back_up(settings, places, datetime.now(UTC), done, earlier)
    facts = {Fact.POSITION: made.head.position, Fact.SHA256: digest_of(into / NAME)}
    tell_anew(settings, Act.BACKED_UP, facts)
    out.print(
        f"{into} has the ledger up to position {made.head.position}, of {made.day}, and"
        f" {places.keys} its keys."
    )
    out.print(
        f"The master key is in neither: keep a copy of {settings.master_key} apart from both."
    )
    _name_lacking(settings)


@backups_app.command("restore")
def restore(
    folder: From,
    keys: Keys = None,
    erased: Erased = None,
    over_newer: OverNewer = False,  # noqa: FBT002 - typer's way of a flag
    clock_is_right: Clock = False,  # noqa: FBT002 - as above
    dry_run: DryRun = False,  # noqa: FBT002 - as above
    data: Data = None,
) -> None:
    """Check a backup, and bring it back in the place of what is there; Jisr must not run meanwhile.

    Who was erased since it was made is erased again. What was there is moved aside.

    Example: jisr restore /backups/2026-11-27 --keys /vault/2026-11-27 --dry-run
    """
    from service.running.backup import restoring
    from service.running.backup.making import Places

    settings = settings_of(data=data)
    wanted = restoring.Wanted(Places.of(folder, keys), over_newer, clock_is_right, erased or ())
    if dry_run:
        with _progress("checked") as done:
            found = restoring.foresee(settings, wanted, done)
        _say_what_is_there(found)
        return
    with _progress("checked and copied") as done:
        brought = restoring.restore(settings, wanted, datetime.now(UTC), done)
    _say_what_was_done(brought)
    _name_lacking(settings)
    _follow(settings)
    _tell(settings, brought)


def _name_lacking(settings: "Settings") -> None:
    """Papers of which the ledger tells, and that were not there to be copied, or brought back."""
    from service.running.backup.papers import lacking

    if (told := lacking(settings)) is not None:
        err.print(f"Papers: {told}", markup=False)


def _say_what_is_there(found: "Foreseen") -> None:
    records, standing = found.checked.records, found.standing
    out.print(
        f"The backup is whole: the ledger up to position {records.head.position}, of {records.day}."
    )
    if standing.is_newer:
        out.print(f"It would lose {standing.told()}.")
    elif standing.damaged:
        out.print("What is there cannot be read, and would be moved aside.")
    else:
        out.print("Nothing would be lost by it.")
    out.print(f"{len(found.erased)} whose keys are destroyed would be in none of it.")


def _say_what_was_done(brought: "Restored") -> None:
    records = brought.foreseen.checked.records
    out.print(
        f"The ledger is as it was at position {records.head.position}, of {records.day};"
        f" {len(brought.foreseen.erased)} whose keys are destroyed stay so; {brought.papers} papers"
        " were brought back."
    )
    if brought.again.untold:
        err.print("No entry says that they were erased again, because:", brought.again.untold)
    if brought.aside:
        out.print(f"What was there is in {brought.aside}: remove it once nothing is missing.")


def _tell(settings: "Settings", brought: "Restored") -> None:
    """The ledger that is there now, of how it came to be."""
    from domain.upkeep.vocabulary import Act, Fact
    from service.cli.acts import tell_anew
    from service.running.backup.manifest import NAME, digest_of

    checked, standing = brought.foreseen.checked, brought.foreseen.standing
    facts = {
        Fact.POSITION: checked.records.head.position,
        Fact.OF_POSITION: standing.head or None,
        Fact.EVENTS: standing.lost,
        Fact.MADE_AT: checked.records.made_at.isoformat(timespec="seconds"),
        Fact.SHA256: digest_of(checked.places.records / NAME),
    }
    tell_anew(settings, Act.RESTORED, facts)


def _follow(settings: "Settings") -> None:
    """Views and workflows, which are made of the ledger."""
    from rich.progress import Progress

    from service.running.rebuilding import rebuild_views

    with Progress(console=out, auto_refresh=False) as bar:  # no thread: processes are forked
        task = bar.add_task("views", total=None)
        position = rebuild_views(
            settings, lambda done, of: bar.update(task, completed=done, total=of, refresh=True)
        )
    out.print(f"The views are made anew, up to position {position}.")
    if settings.embedded_temporal:
        out.print("`jisr up` begins the workflows anew, what is overdue first.")
    else:
        err.print("Start the worker, which begins the workflows anew, or: jisr rebuild workflows")


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int], None]]:
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    columns = TextColumn(what), BarColumn(), DownloadColumn(binary_units=True)
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda size: bar.advance(task, size)
