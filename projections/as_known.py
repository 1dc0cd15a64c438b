"""Views as they were at a position of the ledger: a few of them, in memory, and gone afterwards.

Whatever was recorded since counts for nothing, but an erasure: what it took away cannot be read any
more. So a number asked as known on a position comes out the same later, but for whoever was erased
since.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, StaticPool, create_engine

from domain.message import Message, StreamKind, name_of, stream_id
from domain.values.calendar import Calendar, local_date
from ledger.ledger import Ledger
from projections.deriving import Derived
from projections.folds import folded
from projections.rebuilding.pieces import Piece, Range, lots
from projections.streams import Streams
from projections.view import View
from projections.views.report_rows import DELIVERIES
from projections.views.studies import STUDIES

READ, LOT, CAPACITY = 1000, 4000, 2000
"""Events read at a time, and folded together; folds kept."""

KEPT = ("sex", "age", "since_release")
"""What a delivery is counted by that stands in `StatisticsKept` once its person is erased."""


@dataclass(slots=True)
class AsKnown:
    """The views, and what is said of them."""

    connection: Connection
    position: int
    day: date
    """On which the entry at that position was recorded (Africa/Casablanca): today, as it was."""
    erased_since: set[UUID] = field(default_factory=set)
    """Persons whose cases these are, and who were erased since."""


@contextmanager
def as_known(
    ledger: Ledger,
    position: int,
    views: Sequence[Derived],
    calendar: Calendar,
    centre: str | None = None,
) -> Iterator[AsKnown]:
    """The rows of these views of cases as of a position, by the holidays known then.

    Of a centre's, or of all.

    Raises `Unavailable`, and `Unexpected` at an event that cannot be folded.
    """
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with engine.begin() as connection:
            for each in views:
                each.view.table.create(connection)
            found = AsKnown(connection, position, _day(ledger, position))
            _load(ledger, found, views, calendar, centre)
            yield found
    finally:
        engine.dispose()


def _day(ledger: Ledger, position: int) -> date:
    events = ledger.events(position - 1, 1) if position else []
    return local_date(events[0].envelope.recorded_at if events else ledger.now())


def _load(
    ledger: Ledger,
    found: AsKnown,
    views: Sequence[Derived],
    calendar: Calendar,
    centre: str | None,
) -> None:
    """Lot by lot, so that a large ledger takes no more memory than a small one."""
    streams = Streams(ledger, calendar, CAPACITY)
    streams.restart(found.position)
    now = Streams(ledger, calendar, CAPACITY)
    now.restart(max(ledger.head(), found.position))
    cases = Range(StreamKind.CASE, f"{StreamKind.CASE}/", f"{StreamKind.CASE}0")
    for lot in lots(ledger, cases, found.position, READ, LOT):
        names = [_folded(piece, streams) for piece in lot]
        people = {name: streams.case(name).state.beneficiary_id for name in names}
        of_people = [stream_id(StreamKind.BENEFICIARY, one) for one in people.values() if one]
        streams.load(of_people)
        now.load(of_people)
        gone = [name for name, one in people.items() if one and _erased_since(one, streams, now)]
        for each in views:
            rows = [row for name in names if name not in gone for row in each.rows(name, streams)]
            rows += [row for name in gone for row in _of_erased(each, name, streams, now)]
            if rows:
                cells = list(each.view.cells(rows))
                found.connection.exec_driver_sql(_insert(each.view), cells)
        for name in gone:
            case = streams.case(name).state
            if case.beneficiary_id and centre in (None, case.centre):
                found.erased_since.add(streams.one_of(case.beneficiary_id))
        streams.shrink()
        now.shrink()


def _folded(piece: Piece, streams: Streams) -> str:
    """The case whose events these are: all of them, since a case is read whole."""
    streams.keep(piece.stream, folded(StreamKind.CASE, piece.events))
    return name_of(piece.stream)


def _erased_since(person: UUID, streams: Streams, now: Streams) -> bool:
    return now.beneficiary(person).state.erased and not streams.beneficiary(person).state.erased


def _of_erased(view: Derived, name: str, streams: Streams, now: Streams) -> Iterable[Any]:
    """The rows of who was erased since, with what was kept of them instead of what is gone."""
    rows: list[Any] = list(view.rows(name, streams))
    if view is DELIVERIES:
        kept: list[Any] = list(view.rows(name, now))
        by_position = {each.position: each for each in kept}
        return [_counted_by(row, by_position.get(row.position)) for row in rows]
    if view is STUDIES:
        centre = {"centre": streams.case(name).state.centre}
        return [each.model_copy(update=centre) for each in view.rows(name, now)]
    return rows


def _counted_by(row: Message, kept: Message | None) -> Message:
    told = {each: getattr(kept, each) for each in KEPT} if kept else {}
    return row.model_copy(update=told | {"erased": True})


def _insert(view: View[Any]) -> str:
    cells = ",".join("?" * len(view.names))
    return f"INSERT INTO {view.name} ({','.join(view.names)}) VALUES ({cells})"  # noqa: S608 (names of ours)
