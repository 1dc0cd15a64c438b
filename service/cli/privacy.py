"""Commands about what is kept of people, and how long."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
import json as as_json
from collections import Counter
from typing import Annotated

import typer

from service.cli.keys import ledger_today
from service.cli.options import Data, Json, err, out

privacy_app = typer.Typer(no_args_is_help=True, help="Say what is kept of people, and how long.")


@privacy_app.command("retention")
def retention(
    year: Annotated[
        int | None, typer.Option(min=2000, max=2100, help="By its end; this year if left out.")
    ] = None,
    centre: Annotated[str | None, typer.Option(help="Of one centre, by its code.")] = None,
    json: Json = False,  # noqa: FBT002 - typer's way of a flag
    data: Data = None,
) -> None:
    """List who, and which complaints, are to be erased by the end of a year, by the rules.

    Nobody is named: a person is a case's reference, and the id of their registration; a complaint its
    number.

    Example: jisr privacy retention --year 2026
    """
    from service.running import reminders
    from service.running.retention import to_erase

    with ledger_today(data) as (ledger, today):
        reminders.require_centre(ledger, centre)
        ends = year or today.year
        found = to_erase(ledger, ends, centre)
    if json:
        rows = [
            {
                "beneficiary_id": each.person,
                "complaint_id": each.complaint,
                "reference": each.reference or None,
                "centre": each.centre,
                "kept": each.kept.kept,
                "since": str(each.kept.since),
                "until": str(each.kept.until),
            }
            for each in found
        ]
        out.print(as_json.dumps({"year": ends, "rows": rows}), markup=False)
        return
    for each in found:
        which = each.reference or each.person or each.complaint
        line = f"{each.kept.until}  {each.centre or '-'}  {which}  {each.kept.kept}"
        out.print(f"{line}  since {each.kept.since}", markup=False)
    by_kind = Counter(str(each.kept.kept) for each in found)
    every = ", ".join(f"{number} {kept}" for kept, number in sorted(by_kind.items()))
    err.print(f"{len(found)} to be erased by the end of {ends}: {every or 'nobody'}.")
