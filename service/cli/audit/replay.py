"""`jisr audit replay`: a history in a terminal, entry by entry, each with what it changed."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
import sys
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from service.cli.options import Data, Json, out, settings_of

if TYPE_CHECKING:
    from service.queries.history import Moment

T = TypeVar("T")
Version = Annotated[int | None, typer.Option("--version", min=1, help="As of this version of it.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="What had happened by that day, whenever entered."),
]
Known = Annotated[
    str | None,
    typer.Option(
        "--known",
        metavar="DAY|INSTANT",
        help="What had been entered by the end of that day in Morocco, or by that instant.",
    ),
]
Position = Annotated[
    int | None, typer.Option("--position", min=1, help="What the whole ledger had up to there.")
]
FromVersion = Annotated[
    int | None,
    typer.Option("--from-version", min=0, help="Compare with that version; from 0: with nothing."),
]
FromAsOf = Annotated[
    str | None, typer.Option("--from-as-of", metavar="DAY", help="Compare with that day.")
]
FromKnown = Annotated[
    str | None,
    typer.Option("--from-known", metavar="DAY|INSTANT", help="Compare with what was known then."),
]
FromPosition = Annotated[
    int | None, typer.Option("--from-position", min=0, help="Compare with that position.")
]
Whole = Annotated[
    bool, typer.Option("--whole", help="With the entries of a case's person and projects.")
]
ByDay = Annotated[
    bool, typer.Option("--by-day", help="In the order of the days, and not as entered.")
]
NoPager = Annotated[bool, typer.Option("--no-pager", help="All at once, also in a terminal.")]


def replay(
    thing: Annotated[
        str,
        typer.Argument(
            metavar="CASE",
            help="A case's reference or id; or agreement/<id>, project/<id>, …; or staff, registry, upkeep.",
        ),
    ],
    *,
    version: Version = None,
    as_of: AsOf = None,
    known: Known = None,
    position: Position = None,
    from_version: FromVersion = None,
    from_as_of: FromAsOf = None,
    from_known: FromKnown = None,
    from_position: FromPosition = None,
    whole: Whole = False,
    by_day: ByDay = False,
    no_pager: NoPager = False,
    json: Json = False,
    data: Data = None,
) -> None:
    """Tell a history again: each entry, who made it and when, by which rules, and what it changed.

    Read from the ledger alone, as an auditor may read it, at any version, day or position. With --from-…
    it says first what differs between two moments. Whose history was read stands in the log of readings.

    Example: jisr audit replay FES-24-0173 --as-of 2024-07-18 --known 2024-08-01
    """
    from service.bootstrap import opened_ledger, opened_reads
    from service.queries.history import Moment
    from service.running.auditing import replaying

    moment = _moment(version, as_of, known, position)
    since = _moment(from_version, from_as_of, from_known, from_position)
    asked = replaying.Asked(moment, None if since == Moment() else since)
    settings = settings_of(data=data)
    with opened_ledger(settings) as ledger:
        looking = replaying.AtTheMachine(ledger, settings.temporal_pages)
        stream = replaying.stream_named(ledger, thing)
        streams = list(replaying.with_what_is_theirs(ledger, stream)) if whole else [stream]
        with opened_reads(settings, ledger) as reads:
            replaying.note(reads, ledger, streams)
        told = [replaying.replayed(looking, each, asked) for each in streams]
        posts, title = replaying.posts(ledger), replaying.titled(ledger, stream)
    if json:
        for each in told:
            out.print(each.model_dump_json(), markup=False, soft_wrap=True)
        return
    from service.cli.audit import telling

    page = telling.page(telling.Told(title, told, posts, moment, by_day=by_day))
    telling.show(page, paged=not no_pager and sys.stdout.isatty())


def _moment(
    version: int | None, as_of: str | None, known: str | None, position: int | None
) -> "Moment":
    from service.queries.history import Moment
    from service.running.auditing.replaying import known_by

    day = _read(date.fromisoformat, as_of, "a day is written as 2024-07-18")
    instant: datetime | None = _read(
        known_by, known, "it is a day as 2024-07-18, or an instant as 2024-07-18T12:00:00Z"
    )
    return Moment(version=version, occurred_by=day, known_by=instant, position=position)


def _read(read: Callable[[str], T], said: str | None, rule: str) -> T | None:
    try:
        return None if said is None else read(said)
    except ValueError:
        raise typer.BadParameter(f"{said}: {rule}") from None
