"""Commands that prove what became of reminders, and say which will go out."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
import json as as_json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from service.cli.keys import ledger_today
from service.cli.options import Data, Json, err, out, settings_of

if TYPE_CHECKING:
    from domain.reminding.lives import Life
    from domain.reminding.proving import Proof
    from domain.staff.state import StaffState
    from domain.values.calendar import Calendar
    from service.notify.outbox.message import MessageRow
    from service.notify.outbox.store import Outbox
    from service.running.reminders import Foreseen, Proved

CentreCode = Annotated[str | None, typer.Option("--centre", help="Of one centre, by its code.")]
Each = Annotated[bool, typer.Option("--each", help="Every reminder on a line of its own.")]

reminders_app = typer.Typer(
    no_args_is_help=True, help="Prove what became of reminders, and foresee which will go out."
)


@reminders_app.command("prove")
def prove(
    case: Annotated[
        str | None, typer.Option(help="One case, by its id or reference; left out, every case.")
    ] = None,
    centre: CentreCode = None,
    json: Json = False,  # noqa: FBT002 - typer's way of a flag
    data: Data = None,
) -> None:
    """Show that each planned reminder was recorded once when its time came, or why it was not.

    Of one case its whole life is told: planned, moved and by which step, recorded, to the supervisors,
    done, missed or cancelled. Of all cases what is a fault is. Ends with 1 where there is a fault.

    Example: jisr reminders prove --case FES-24-0173
    """
    from service.running import reminders

    now, calendar = datetime.now(UTC), _calendar(data)
    with ledger_today(data) as (ledger, _), _outbox(data) as outbox:
        reminders.require_centre(ledger, centre)
        if case is None:
            found: Iterable[Proved] = reminders.all_proved(ledger, calendar, now, centre)
        else:
            name = reminders.case_named(ledger, case)
            found = [reminders.proved(ledger, name, calendar, now)]
        verdicts: Counter[str] = Counter()
        cases = faults = 0
        told = []
        for each in found:
            cases += 1
            verdicts.update(str(proof.verdict) for proof in each.found.proofs)
            faults += sum(proof.is_fault for proof in each.found.proofs)
            if json:
                told.append(_as_json(each))
            else:
                for line in _whole(each, outbox) if case else _faults(each):
                    out.print(line, markup=False, soft_wrap=True)
    counted = dict(sorted(verdicts.items()))
    if json:
        said = {"calendar": calendar.version, "verdicts": counted, "faults": faults, "cases": told}
        out.print(as_json.dumps(said), markup=False, soft_wrap=True)
    else:
        every = ", ".join(f"{number} {verdict}" for verdict, number in counted.items())
        err.print(f"{cases} cases: {every or 'no reminder'}; {faults} faults.", markup=False)
    raise typer.Exit(1 if faults else 0)


@reminders_app.command("forecast")
def forecast(
    days: Annotated[int, typer.Option(min=1, max=1830, help="So many days from now.")] = 90,
    centre: CentreCode = None,
    each: Each = False,  # noqa: FBT002 - typer's way of a flag
    json: Json = False,  # noqa: FBT002 - typer's way of a flag
    data: Data = None,
) -> None:
    """Say which reminders will go out, on which day and to whom, if nothing changes.

    By the cases, the holidays and the staff as they are now, who stands in for whom on that day among them.

    Example: jisr reminders forecast --days 90 --centre fes
    """
    from domain.staff.state import DIRECTORY
    from service.running import reminders

    with ledger_today(data) as (ledger, _):
        reminders.require_centre(ledger, centre)
        found = reminders.forecast(ledger, _calendar(data), datetime.now(UTC), days, centre)
        staff: StaffState = ledger.state(DIRECTORY)  # type: ignore[assignment]  # what it is there
    labels = _labels(staff)
    if json:
        rows = [_row(one, labels) for one in found]
        out.print(as_json.dumps(rows), markup=False, soft_wrap=True)
    elif each:
        for one in found:
            out.print(_line(one, labels), markup=False, soft_wrap=True)
    else:
        for line in _by_day(found, labels):
            out.print(line, markup=False, soft_wrap=True)
    cases = len({one.case_id for one in found})
    err.print(f"{len(found)} reminders of {cases} cases in {days} days.", markup=False)


def _calendar(data: Data) -> "Calendar":
    from service.running.holidays import open_calendar

    return open_calendar(settings_of(data=data).calendar_file)


def _labels(staff: "StaffState") -> dict[UUID, str]:
    return {name: each.label or str(name) for name, each in staff.staff.items()}


def _to(one: "Foreseen", labels: dict[UUID, str]) -> list[str]:
    return [labels.get(each, str(each)) for each in one.to] or ["nobody"]


def _by_day(found: Iterable["Foreseen"], labels: dict[UUID, str]) -> Iterator[str]:
    """A line for each day and whom it goes to."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for one in found:
        for who in _to(one, labels):
            counted[(str(one.on), one.centre or "-", who)] += 1
    for (day, centre, who), number in sorted(counted.items()):
        yield f"{day}  {centre}  {who}  {number}"


def _line(one: "Foreseen", labels: dict[UUID, str]) -> str:
    level = f" level {one.level}" if one.level else ""
    to = ", ".join(_to(one, labels))
    return f"{_minute(one.at)}  {one.centre or '-'}  {one.reference}  {one.review}{level}  {to}"


def _row(one: "Foreseen", labels: dict[UUID, str]) -> dict[str, Any]:
    return {
        "at": one.at.isoformat(),
        "on": str(one.on),
        "centre": one.centre,
        "case_id": one.case_id,
        "reference": one.reference,
        "review": one.review,
        "level": one.level,
        "to": _to(one, labels),
    }


@contextmanager
def _outbox(data: Data) -> "Iterator[Outbox | None]":
    """None where it cannot be read: what is in the ledger is proved all the same."""
    from domain.errors import JisrError
    from service.bootstrap import opened_outbox

    with ExitStack() as stack:
        try:
            outbox = stack.enter_context(opened_outbox(settings_of(data=data)))
        except JisrError as error:
            err.print(
                f"The outbox cannot be read: {error}. What left Jisr is not told.", markup=False
            )
            outbox = None
        yield outbox


def _faults(proved: "Proved") -> Iterator[str]:
    for proof in proved.found.proofs:
        if proof.is_fault:
            yield f"{proved.reference}: {_judged(proof)}"


def _whole(proved: "Proved", outbox: "Outbox | None") -> Iterator[str]:
    from service.queries.reminder_lives import by_entry

    if not proved.found.is_readable:
        yield "Nothing can be read of them: the person is erased, or their key is lost."
    sent = by_entry(outbox.of_case(UUID(proved.case_id)) if outbox else ())
    for life in proved.found.lives:
        yield _headline(life, proved)
        yield from (f"  {line}" for line in _turns(life))
        for proof in life.proofs:
            yield f"  {_judged(proof)}"
            rows = (row for each in proof.reminded for row in sent.get(each.by.version, ()))
            yield from (f"    {_sent(row)}" for row in rows)


def _sent(row: "MessageRow") -> str:
    at = row.settled_at or row.tried_at
    code = f", {row.code}" if row.code else ""
    return f"{row.channel} {row.message_id}: {row.state}{f' {_minute(at)}' if at else ''}{code}"


def _headline(life: "Life", proved: "Proved") -> str:
    due, without = life.due, proved.found.before_holidays.get(life.review)
    days = f", due {due.due_on}, until {due.window_end}" if due else ""
    holiday = f", put off from {without} by a holiday" if without else ""
    return f"{life.review}: {life.status or 'nothing called for it'}{days}{holiday}"


def _turns(life: "Life") -> Iterator[str]:
    for each in life.turns:
        days = f" from {each.was} to {each.due.due_on}" if each.was else ""
        days = days or (f" for {each.due.due_on}" if each.end is None else "")
        on = f" on {each.end.on}" if each.end and each.end.on else ""
        late = f", {each.end.days_late} days late" if each.end and each.end.days_late else ""
        by = f"by {each.by.step}, entry {each.by.version}"
        yield f"{_minute(each.by.recorded_at)} {each.turn}{days}{on}{late}, {by}"


def _judged(proof: "Proof") -> str:
    at = f", goes out {_minute(proof.fires_at)}" if proof.fires_at else ""
    said = [f"recorded {_minute(each.at)}, entry {each.by.version}" for each in proof.reminded]
    recorded = f", {'; '.join(said)}" if said else ""
    return f"reminder of {proof.due_on}, level {proof.level}: {proof.verdict}{at}{recorded}"


def _as_json(proved: "Proved") -> dict[str, Any]:
    return {
        "case_id": proved.case_id,
        "reference": proved.reference,
        "reminders": [
            {
                "review": each.review,
                "level": each.level,
                "due_on": str(each.due_on),
                "goes_out_at": each.fires_at.isoformat() if each.fires_at else None,
                "verdict": str(each.verdict),
                "recorded_at": [one.at.isoformat() for one in each.reminded],
            }
            for each in proved.found.proofs
        ],
    }


def _minute(at: datetime) -> str:
    """In Morocco."""
    from domain.values.calendar import CASABLANCA

    return f"{at.astimezone(CASABLANCA):%Y-%m-%d %H:%M}"
