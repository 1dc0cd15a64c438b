"""Commands that keep what is stored in order: views, workflows, schemas, the ledger, its clock."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
import typer

from domain.upkeep.vocabulary import Act, Fact
from service.cli.acts import tell, tell_anew, tell_where_begun
from service.cli.options import As, Data, DryRun, out, settings_of

rebuild_app = typer.Typer(
    no_args_is_help=True, help="Make views or workflows again, which the ledger can."
)
database_app = typer.Typer(no_args_is_help=True, help="Prepare a PostgreSQL database.")
ledger_app = typer.Typer(no_args_is_help=True, help="Look after the ledger as a whole.")
upgrade_app = typer.Typer(no_args_is_help=True, help="Go from one release to the next.")
clock_app = typer.Typer(
    no_args_is_help=True, help="Say what is right of the clock that dates what is recorded."
)
OF_A_SWEEP = (Fact.CASES, Fact.STARTED, Fact.REFRESHED, Fact.REPLACED, Fact.FAILED)


@rebuild_app.command("views")
def rebuild_views(data: Data = None) -> None:
    """Make all views again from the ledger, beside the live ones, then swap.

    Example: jisr rebuild views
    """
    from rich.progress import Progress

    from service.running.rebuilding import rebuild_views as rebuild

    settings = settings_of(data=data)
    with Progress(console=out, auto_refresh=False) as bar:  # no thread: processes are forked
        task = bar.add_task("events", total=None)
        position = rebuild(
            settings,
            lambda done, of: bar.update(task, completed=done, total=of, refresh=True),
        )
    out.print(f"The views are made anew, up to position {position}.")
    tell_anew(settings, Act.VIEWS_REBUILT, {Fact.POSITION: position})


@rebuild_app.command("workflows")
def rebuild_workflows(data: Data = None) -> None:
    """Start the workflow of every open case that has none, after Temporal's data was lost.

    Example: jisr rebuild workflows
    """
    from service.running.rebuilding import rebuild_workflows as rebuild

    settings = settings_of(data=data)
    swept = rebuild(settings)
    out.print(
        f"{swept.cases} cases: {swept.started} workflows started, {swept.refreshed} refreshed, "
        f"{swept.replaced} begun anew, {swept.failed} failed."
    )
    told = {fact: getattr(swept, fact) for fact in OF_A_SWEEP}
    tell_anew(settings, Act.WORKFLOWS_REBUILT, told)
    raise typer.Exit(1 if swept.failed else 0)


@database_app.command("prepare")
def prepare(data: Data = None) -> None:
    """Make or bring level PostgreSQL's schemas, as their owner. Can be repeated.

    Example: JISR_OWNER_URL=postgresql://owner@db/jisr jisr database prepare
    """
    from service.running.rebuilding import prepare_database

    settings = settings_of(data=data)
    prepare_database(settings)
    out.print("The database is prepared.")
    tell_where_begun(settings, Act.DATABASE_PREPARED)


@ledger_app.command("accept")
def accept(data: Data = None) -> None:
    """Accept that entries are gone, after looking why; recording goes on from what is left.

    Where only what was sealed of them is gone, it is made anew, if they are those that were sealed.

    Example: jisr ledger accept
    """
    from service.bootstrap import opened_ledger
    from service.running.sealed import made_anew

    settings = settings_of(data=data)
    with opened_ledger(settings) as ledger:
        if ledger.upkeep.lost is None:
            if made := made_anew(settings, ledger):
                out.print(
                    f"The tree is made anew over {made} entries: they are those that were sealed."
                )
                tell(ledger, Act.LOSS_ACCEPTED, {Fact.KIND: "proof", Fact.EVENTS: made})
            else:
                out.print("Nothing is known to be lost.")
            return
        ledger.upkeep.accept_loss()
        head = ledger.head()
        out.print(f"Accepted: the ledger ends at position {head}, and goes on from there.")
        tell(ledger, Act.LOSS_ACCEPTED, {Fact.POSITION: head})


@clock_app.command("confirm")
def confirm(data: Data = None) -> None:
    """Say that the clock is right, after looking: within the hour, recording goes on.

    Example: jisr clock confirm
    """
    from service.bootstrap import opened_ledger

    with opened_ledger(settings_of(data=data)) as ledger:
        ledger.upkeep.confirm_clock()
        out.print("Confirmed.")
        tell(ledger, Act.CLOCK_CONFIRMED, {})


@clock_app.command("restart")
def restart(data: Data = None) -> None:
    """Leave behind a future that was recorded under a wrong clock; set the clock first.

    Example: jisr clock restart
    """
    from service.bootstrap import opened_ledger

    with opened_ledger(settings_of(data=data)) as ledger:
        ledger.upkeep.restart_clock()
        out.print("What is recorded from now on is dated by the clock again.")
        tell(ledger, Act.CLOCK_RESTARTED, {})


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

    settings = settings_of(data=data)
    found = finish(settings, by, only_look=dry_run)
    if found.level == found.reads:
        out.print(f"Finished already: the ledger is on level {found.level}.")
    elif dry_run:
        out.print(f"It would raise the ledger from level {found.level} to {found.reads}.")
    else:
        out.print(
            f"The ledger is on level {found.reads} now. A release that does not read it records "
            "nothing any more."
        )
        tell_anew(settings, Act.UPGRADE_FINISHED, {Fact.LEVEL: found.reads})
