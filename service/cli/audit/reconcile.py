"""`jisr audit reconcile`: do ledger, workflows and views tell the same of all cases?"""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
import asyncio
import json as as_json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.options import Data, Json, err, out, settings_of

if TYPE_CHECKING:
    from projections.comparing import RowDiffers
    from service.running.auditing.found import Reconciled
    from service.settings import Settings
    from workflows.reconciling import WorkflowDiffers

DIFFERS, NOT_WHOLE = 1, 2
BY_ONE = 100.0
"""Up to so many cases a second one process makes all rows again; for more there is one a core."""
Rate = Annotated[
    float,
    typer.Option(min=0.1, max=10_000, help="Cases looked at in a second, at most."),
]

Resume = Annotated[
    bool,
    typer.Option(
        "--resume", help="Go on from where a run that was ended stopped, and keep how far it is."
    ),
]


def reconcile(
    rate: Rate = 200.0,
    resume: Resume = False,  # noqa: FBT002 - typer's way of a flag
    json: Json = False,  # noqa: FBT002 - typer's way of a flag
    data: Data = None,
) -> None:
    """Hold ledger, workflows and views side by side for all cases, and name each difference.

    All rows of the views are made again from the ledger and compared; each running workflow is asked how
    far it is. Nothing is mended; that it was looked, and what came of it, is an entry. Ends with 0 when all tell the same, with 1 when something differs, and
    with 2 when something could not be looked at, such as workflows while Temporal is away.

    A worker does it each night at a lower rate (JISR_RECONCILE_HOUR, JISR_RECONCILE_RATE).

    Example: jisr audit reconcile --rate 50
    """
    found, names = _looked(settings_of(data=data), rate, silent=json, resume=resume)
    if json:
        said = {**asdict(found), "agree": found.agree}
        out.print(as_json.dumps(said, default=str), markup=False, soft_wrap=True)
    else:
        for line in _told(found, names):
            out.print(line, markup=False, soft_wrap=True)
    if not found.agree:
        raise typer.Exit(DIFFERS)
    raise typer.Exit(0 if found.is_whole else NOT_WHOLE)


def _looked(
    settings: "Settings", rate: float, *, silent: bool, resume: bool
) -> "tuple[Reconciled, dict[str, str]]":
    """What differs, and the references of the cases that do."""
    from rich.progress import Progress

    from service.bootstrap import opened_ledger, opened_views
    from service.cli.acts import done
    from service.running.auditing.notebook import Notebook
    from service.running.auditing.reconciling import reconcile, references, sides_of
    from service.running.auditing.recorded import record
    from service.running.hands import cores, forked
    from service.running.loading import load_stores

    load_stores(settings)
    many = cores() if rate > BY_ONE else 1
    with (
        forked(
            many, lambda: opened_ledger(settings), f"jisr audit --data {settings.data}"
        ) as hands,
        opened_ledger(settings) as ledger,
        opened_views(settings) as views,
        Progress(console=err, disable=silent or not err.is_terminal) as bar,
    ):
        tasks = {name: bar.add_task(name, total=None) for name in ("views", "workflows")}

        async def all_cases() -> "Reconciled":
            return await reconcile(
                await sides_of(settings, ledger, views, hands),
                rate,
                lambda what, done, of: bar.update(tasks[what], completed=done, total=of),
                Notebook(settings.data) if resume else None,
            )

        found = asyncio.run(all_cases())
        with done():
            record(ledger, found)
        return found, references(ledger, found)


def _told(found: "Reconciled", names: dict[str, str]) -> Iterator[str]:
    for each in found.workflows:
        yield f"workflow of {names.get(each.case_id, each.case_id)}: {_workflow(each)}"
    for row in found.rows:
        whose = row.owner.rpartition("/")[2]
        yield f"view {row.view} of {names.get(whose, row.owner)}: {_row(row)}"
    yield from found.not_looked_at
    covered = found.covered
    if covered is not None:
        behind = f", {covered.behind} entries behind the ledger" if covered.behind else ""
        yield f"Views compared up to position {covered.position}{behind}."
    yield f"{found.cases} cases, {found.runs} looked at in Temporal: {found.differ} differences."


def _workflow(each: "WorkflowDiffers") -> str:
    sides = f" (ledger {each.ledger}, workflow {each.workflow})" if each.ledger else ""
    return f"{each.differs}{sides or (f' ({each.workflow})' if each.workflow else '')}"


def _row(row: "RowDiffers") -> str:
    if row.missing or row.extra:
        return "a row is missing" if row.missing else "a row that the ledger does not call for"
    return f"differs in {', '.join(row.columns)}"
