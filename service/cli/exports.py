"""Commands that write histories for other programs: process mining, and the provenance of a case."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.options import Data, out, settings_of

if TYPE_CHECKING:
    from ledger.ledger import Ledger
    from service.queries.known_on import Known

export_app = typer.Typer(
    no_args_is_help=True,
    help="Write histories for other programs: under keyed names, without anything of a person's own.",
)

File = Annotated[Path, typer.Argument(help="The file to write.", dir_okay=False)]
KnownOn = Annotated[
    str | None,
    typer.Option(
        help="As known on this position, or at the end of this day (2026-03-31); left out, as known now.",
        metavar="POSITION|DAY",
    ),
]
Centre = Annotated[str | None, typer.Option(help="Of cases opened in this centre, by its code.")]
Since = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Of cases opened on this day or later."),
]
Until = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Of cases opened on this day or before."),
]


def _add_log(name: str, said: str) -> None:
    """The command that writes all histories in one of the two forms; `said`: its help."""

    @export_app.command(name, help=said)
    def write_log(
        file: File,
        known_on: KnownOn = None,
        centre: Centre = None,
        since: Since = None,
        until: Until = None,
        season: Annotated[
            str | None, typer.Option(help="Of cases that an agreement of this season pays for.")
        ] = None,
        data: Data = None,
    ) -> None:
        from service.queries import exchange
        from service.running.reminders import require_centre

        written = {"xes": exchange.written_as_xes, "ocel": exchange.written_as_ocel}[name]
        with _ledger(data) as ledger:
            require_centre(ledger, centre)
            days = since and since.date(), until and until.date()
            filters = exchange.Filters(_known(known_on), centre, *days, season)
            _write(file, ledger, name, *written(ledger, filters))


_add_log(
    "xes",
    "Write the histories of cases as an event log in XES (IEEE 1849): a trace a case.\n\n"
    "Example: jisr export xes cases.xes --centre fes --since 2024-01-01",
)
_add_log(
    "ocel",
    "Write all steps, and what they are about, as an object-centric event log (OCEL 2.0, JSON).\n\n"
    "Example: jisr export ocel steps.json --known-on 2026-03-31",
)


@export_app.command("prov")
def export_prov(
    case: Annotated[str, typer.Argument(help="The case, by its id or reference.")],
    file: File,
    known_on: KnownOn = None,
    data: Data = None,
) -> None:
    """Write where each entry of a case comes from, as PROV-JSON (W3C).

    Example: jisr export prov FES-24-0173 case.json
    """
    from uuid import UUID

    from service.queries.exchange import provenance_of
    from service.queries.known_on import position_of
    from service.running.reminders import case_named

    with _ledger(data) as ledger:
        case_id = UUID(case_named(ledger, case))
        position = position_of(ledger, _known(known_on))
        told = [provenance_of(ledger, case_id, position)]
        _write(file, ledger, "prov", position, told, of=f"case/{case_id}")


@export_app.command("report")
def export_report(
    dimension: Annotated[
        str, typer.Argument(help="What deliveries are counted by: season, province, centre, sex…")
    ],
    file: File,
    known_on: KnownOn = None,
    season: Annotated[str | None, typer.Option(help="Of this season.")] = None,
    centre: Centre = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Delivered on this day or later.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Delivered on this day or before.")
    ] = None,
    data: Data = None,
) -> None:
    """Write the numbers as known on a position, as JSON: the same later, but for who was erased since.

    Example: jisr export report season numbers.json --known-on 18245 --season 2024
    """
    from projections.views.reports import Dimension, Filters
    from service.queries.known_on import position_of
    from service.queries.reports import report_as_known
    from service.running.faults import OperatorError
    from service.running.reminders import require_centre

    if dimension not in set(Dimension):
        raise OperatorError(f"there is no count by {dimension}: {', '.join(Dimension)}")
    with _ledger(data) as ledger:
        require_centre(ledger, centre)
        position = position_of(ledger, _known(known_on))
        days = since and since.date(), until and until.date()
        filters = Filters(*days, season=season, centre=centre)
        told = report_as_known(ledger, filters, Dimension(dimension), position)
        _write(file, ledger, "report", position, [told.model_dump_json(indent=1), "\n"])


@contextmanager
def _ledger(data: Data) -> "Iterator[Ledger]":
    from service.bootstrap import opened_ledger

    with opened_ledger(settings_of(data=data)) as ledger:
        yield ledger


def _known(said: str | None) -> "Known | None":
    """Raises `OperatorError` for what is neither a position nor a day."""
    from domain.errors import Unfit
    from service.api.parameter_kinds import known_on
    from service.running.faults import OperatorError

    try:
        known: Known | None = None if said is None else known_on(said)
    except Unfit:
        raise OperatorError(f"{said} is no position and no day: 18245, or 2026-03-31") from None
    return known


def _write(
    file: Path,
    ledger: "Ledger",
    kind: str,
    position: int,
    pieces: "Iterable[str]",
    of: str | None = None,
) -> None:
    """And say in the ledger that it left the house."""
    from domain.upkeep.vocabulary import Act, Fact
    from service.cli.acts import tell
    from service.running.exporting import write_whole

    size, sha256 = write_whole(file, pieces)
    out.print(
        f"{file}: {size} bytes, as known on position {position}, SHA-256 {sha256}.", markup=False
    )
    facts = {Fact.KIND: kind, Fact.OF: of, Fact.POSITION: position, Fact.SHA256: sha256}
    tell(ledger, Act.EXPORTED, facts)
