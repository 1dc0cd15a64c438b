"""What the replay came to, beside what the communiques print."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from rich.console import Console
from rich.table import Table

from service.demo.acts import Names
from service.demo.client import Client
from service.demo.said import as_typed
from service.demo.stories import SEEN

THIS_COMMUNIQUE = 1
MISPRINT = "printed 2014-07-29: a misprint, the season and the other three leave only 2024"
ELSEWHERE = {
    2: "Khemisset: its beneficiaries are not among those replayed",
    3: "the southern regions: a reporter's claim, of no case in particular",
    4: "Agadir: another season's agreement and handover",
    5: "Fez and the country: running totals of years before the ledger begins",
}
"""Why a figure of another communique has nothing beside it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure."""

    id: str
    article: int
    measure: str
    value: str
    precision: str
    scope: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """A printed figure and what the system answers for it."""

    figure: Figure
    found: str
    holds: bool
    remark: str = ""


@cache
def published() -> tuple[Figure, ...]:
    """Every figure of the five communiques, as printed."""
    text = files("service.demo").joinpath("published.json").read_text("utf-8")
    return tuple(
        Figure(**{**entry, "value": str(entry["value"])}) for entry in json.loads(text)["figures"]
    )


@dataclass(frozen=True, slots=True)
class Report:
    """What the API's views say of the season."""

    total: Mapping[str, Any]
    ceremonies: Sequence[Mapping[str, Any]]
    provinces: Sequence[Mapping[str, Any]]
    sexes: Sequence[Mapping[str, Any]]
    trades: Sequence[Mapping[str, Any]]
    visits: Mapping[str, Any]
    sessions: Sequence[Mapping[str, Any]]
    """The latest first."""
    lines: Mapping[str, int]
    """How often each decision was taken in the first session of all."""


async def ask(auditor: Client, position: int) -> Report:
    """The season's report, once the views have everything that was recorded."""
    until = {"season": "2024", "at_least": position}
    provinces = await auditor.get("/v1/reports/province", **until)
    sexes = await auditor.get("/v1/reports/sex", **until)
    trades = await auditor.get("/v1/reports/trade", **until)
    ceremonies = await auditor.get("/v1/ceremonies", at_least=position)
    sessions = await auditor.get("/v1/sessions", at_least=position)
    first = await auditor.get(f"/v1/sessions/{sessions['sessions'][-1]['session_id']}")
    return Report(
        total=provinces["total"],
        ceremonies=ceremonies["ceremonies"],
        provinces=provinces["rows"],
        sexes=sexes["rows"],
        trades=trades["rows"],
        visits=provinces["visits"],
        sessions=sessions["sessions"],
        lines=Counter(str(line["decision"]) for line in first["lines"]),
    )


def compare(report: Report) -> tuple[Compared, ...]:
    """The figures of the communique that was replayed, each with what was found."""
    return tuple(
        _compare(figure, report) for figure in published() if figure.article == THIS_COMMUNIQUE
    )


def _compare(figure: Figure, report: Report) -> Compared:
    match figure.measure:
        case "beneficiaries":
            found = str(report.total["people"])
            return Compared(figure, found, found == figure.value, "split assumed")
        case "cost_mad":
            found = str(report.total["total"])
            holds = Decimal(found) == Decimal(figure.value)
            return Compared(figure, found, holds, "start-up cash assumed inside")
        case _:
            held = {
                row["city"]: row["held_on"] for row in report.ceremonies if row["status"] == "held"
            }
            found = held.get(as_typed(figure.scope["city"]), "not held")
            remark = MISPRINT if figure.scope["city"] == "Tahannaout" else ""
            return Compared(
                figure, found, date.fromisoformat(figure.value).isoformat() == found, remark
            )


def show(report: Report, compared: Sequence[Compared], out: Console) -> None:
    """Print the report beside the figures."""
    out.print(_figures(compared))
    out.print(_provinces(report))
    women = next((row["people"] for row in report.sexes if row["key"] == "female"), 0)
    visits = report.visits
    out.print(
        f"Women {women} of {report.total['people']} · {len(report.trades)} trades · "
        f"visits: {visits['done']} done, {visits['due']} due, {visits['overdue']} overdue, "
        f"{visits['scheduled']} to come"
    )
    first = report.sessions[-1]
    decided = ", ".join(f"{number} × {name}" for name, number in report.lines.items())
    out.print(
        f"Sessions {len(report.sessions)} · the first, of {first['committee']} on "
        f"{first['meets_on']} (minutes {first['minutes']}): {first['listed']} projects on its "
        f"list, {decided}"
    )
    out.print(_others())


def show_stories(report: Report, names: Names, url: str, out: Console) -> None:
    """Print what else is told, and where it is seen at the console."""
    out.print("Stories of made-up people, and the page where each is seen:")
    listed = ("the list of a session", f"/sessions/{report.sessions[-1]['session_id']}")
    told = [(each.story, each.address(names)) for each in SEEN]
    for story, address in (listed, *told):
        out.print(f"  {story:<46}{url}{address}", soft_wrap=True)


def _figures(compared: Sequence[Compared]) -> Table:
    table = Table(title="The communique of July 2024, beside cases made to fit it")
    for heading in ("figure", "printed", "found", "", "remark"):
        table.add_column(heading, justify="right" if heading in {"printed", "found"} else "left")
    for one in compared:
        holds = "[green]holds[/green]" if one.holds else "[red]differs[/red]"
        name = one.figure.scope.get("city") or one.figure.measure.replace("_mad", " (MAD)")
        table.add_row(str(name), one.figure.value, one.found, holds, one.remark)
    return table


def _others() -> Table:
    table = Table(title="Printed elsewhere, and why nothing stands beside it")
    for heading in ("figures", "measures", "why"):
        table.add_column(heading, justify="right" if heading == "figures" else "left")
    for article, why in ELSEWHERE.items():
        figures = [figure for figure in published() if figure.article == article]
        measures = sorted({figure.measure.replace("_", " ") for figure in figures})
        table.add_row(str(len(figures)), ", ".join(measures), why)
    return table


def _provinces(report: Report) -> Table:
    table = Table(title="By province, in MAD (people and agreements assumed)")
    table.add_column("province")
    for heading in ("people", "goods", "cash", "cost", "cost a head"):
        table.add_column(heading, justify="right")
    for row in (*report.provinces, {**report.total, "key": "in all"}):
        sums = (row["people"], row["goods"], row["cash"], row["total"], row["cost_a_head"])
        table.add_row(str(row["key"]), *(str(value) for value in sums))
    return table
