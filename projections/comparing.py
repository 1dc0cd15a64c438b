"""Whether the views say what the ledger says: all rows made again, and held beside those there are.

The views are read as of one moment, while others go on writing to them, and the rows are made from
the ledger as of the position that they had come to. Nothing is written. Of a row that differs its
columns are named and not their values: they may be personal.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, func, select

from domain.message import StreamKind, kind_of, name_of
from domain.values.calendar import Calendar
from ledger.ledger import Ledger
from projections.changes import Rows
from projections.columns import Cell, Json
from projections.rebuilding.hands import Hands
from projections.rebuilding.making import Made, Making, few_collections
from projections.rebuilding.rebuild import all_made
from projections.store import Views
from projections.view import View
from projections.views.reminders import REMINDERS
from projections.views.table import DERIVED, GATHERED, LISTED, VIEWS, state
from projections.views.timeline import SHOWN, TIMELINE

OWNERS = 500
"""Asked for in one statement."""
NAMED_AT_MOST = 20
"""Of what belongs to nothing in the ledger; the rest is counted."""
SNAPSHOT = {
    "sqlite": "BEGIN",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


@dataclass(frozen=True, slots=True)
class RowDiffers:
    """A row that is not as the ledger has it."""

    view: str
    owner: str
    """Of which thing it is, by its id."""
    missing: bool = False
    """The ledger has it, and the view does not."""
    extra: bool = False
    """The view has it, and the ledger does not."""
    columns: tuple[str, ...] = ()
    """Those that say something else."""


@dataclass(frozen=True, slots=True)
class Covered:
    """How far the views were compared."""

    position: int
    behind: int
    """Events that the ledger has and the views have not shown yet: no difference, but not covered."""
    same_event: bool
    """Whether the ledger has the very event there that the views were made up to."""
    calendar: str
    """By which holidays they were made; by others than those given their rows are not compared."""


Pace = Callable[[int], None]
"""Called with how many cases were compared since the last time; it may wait."""


class Comparison:
    """One look at all views; `differences` is to be gone through once."""

    def __init__(self, ledger: Ledger, connection: Connection, calendar: Calendar) -> None:
        self._ledger = ledger
        self._connection = connection
        self._calendar = calendar
        row = connection.execute(select(state)).one()
        self._position, event, made_by = int(row.position), str(row.event_id), str(row.calendar)
        there = ledger.event_id(self._position) if self._position else None
        self.covered = Covered(
            position=self._position,
            behind=max(ledger.head() - self._position, 0),
            same_event=not self._position or str(there) == event,
            calendar=made_by,
        )
        self._rows = Counter[str]()
        self._asked: dict[StreamKind, set[str]] = {kind: set() for kind in StreamKind}
        self._entries: set[str] = set()

    @property
    def is_comparable(self) -> bool:
        return self.covered.same_event and self.covered.calendar in ("", self._calendar.version)

    def differences(self, pace: Pace, hands: Hands | None = None) -> Iterator[RowDiffers]:
        """All there are; none are looked for where the views are of another ledger or calendar.

        Without `hands` the rows are made again by this process alone.
        """
        if not self.is_comparable:
            return
        making: Making | Hands
        if hands is None:
            making = Making(self._ledger, self._calendar, self._position)
        else:
            making = hands
            hands.begin(self._position, self._calendar)
        with few_collections():
            for made in all_made(self._ledger, making, self._position):
                yield from self._of(made)
                cases = sum(kind_of(each) is StreamKind.CASE for each in made.streams)
                pace(cases)
        yield from self._of_nobody()
        yield from self._gathered()

    def _of(self, made: Made) -> Iterator[RowDiffers]:
        kinds = {kind_of(each) for each in made.streams}
        for kind in kinds:
            streams = [each for each in made.streams if kind_of(each) is kind]
            names = [name_of(each) for each in streams]
            self._asked[kind].update(names)
            for view in _views_of(kind):
                owners = streams if view is TIMELINE.view else names
                yield from self._compare(view, owners, made.rows)
            for listed in LISTED:
                if listed.kind is kind:
                    yield from self._listed(listed.view, made.rows)

    def _listed(self, view: View[Any], rows: Rows) -> Iterator[RowDiffers]:
        owner = view.names.index(view.owner)
        owners = sorted({str(row[owner]) for row in rows.get(view.name, ())})
        self._entries.update(owners)
        yield from self._compare(view, owners, rows)

    def _compare(self, view: View[Any], owners: Sequence[str], rows: Rows) -> Iterator[RowDiffers]:
        """The rows of these owners: those that should be there, and those that are."""
        mine = set(owners)
        owner = view.names.index(view.owner)
        should = {
            key: cells
            for cells in rows.get(view.name, ())
            if str(cells[owner]) in mine
            for key in [_key(view, cells)]
        }
        there = dict[tuple[Cell, ...], tuple[Any, ...]]()
        waiting = iter(owners)
        while some := list(islice(waiting, OWNERS)):
            chosen = select(view.table).where(view.table.c[view.owner].in_(some))
            for found in self._connection.execute(chosen):
                cells = _cells(view, found)
                there[_key(view, cells)] = cells
        self._rows[view.name] += len(there)
        for key in {**should, **there}:
            if key not in there:
                yield RowDiffers(view.name, str(should[key][owner]), missing=True)
            elif key not in should:
                yield RowDiffers(view.name, str(there[key][owner]), extra=True)
            elif columns := _differing(view, should[key], there[key]):
                yield RowDiffers(view.name, str(there[key][owner]), columns=columns)

    def _of_nobody(self) -> Iterator[RowDiffers]:
        """Rows of what the ledger does not know at all."""
        gathered = {each.view for each in GATHERED}
        for view in VIEWS:
            if view in gathered:
                continue
            total = self._connection.execute(select(func.count()).select_from(view.table)).scalar()
            if total == self._rows[view.name]:
                continue
            known = self._known_to(view)
            owners = select(view.table.c[view.owner]).distinct()
            strangers = (
                str(row[0]) for row in self._connection.execute(owners) if str(row[0]) not in known
            )
            for owner, _ in zip(strangers, range(NAMED_AT_MOST), strict=False):
                yield RowDiffers(view.name, owner, extra=True)

    def _known_to(self, view: View[Any]) -> Collection[str]:
        if view is TIMELINE.view:
            return {f"{kind}/{name}" for kind in SHOWN for name in self._asked[kind]}
        if any(view is each.view for each in LISTED):
            return self._entries
        kinds = [kind for kind in StreamKind if view in _views_of(kind)]
        return set().union(*(self._asked[kind] for kind in kinds))

    def _gathered(self) -> Iterator[RowDiffers]:
        """What is gathered from another view's rows is gathered again."""
        for each in GATHERED:
            should = self._read(each.made.format(some=f"WHERE {each.key} IN ({each.shared})"))
            names = ", ".join(each.view.names)
            there = self._read(f"SELECT {names} FROM {each.view.name}")  # noqa: S608 (names of ours)
            for key in {**should, **there}:
                if should.get(key) != there.get(key):
                    yield RowDiffers(
                        each.view.name, key, missing=key not in there, extra=key not in should
                    )

    def _read(self, query: str) -> dict[str, tuple[str, ...]]:
        found = self._connection.exec_driver_sql(query)
        return {str(row[0]): tuple(map(str, row)) for row in found}


@contextmanager
def comparison(ledger: Ledger, views: Views, calendar: Calendar) -> Iterator[Comparison]:
    """A look at the views as of now. Raises `Unavailable` while they are away or being made."""
    with views.reading() as connection:
        connection.exec_driver_sql(SNAPSHOT[connection.dialect.name])
        try:
            yield Comparison(ledger, connection, calendar)
        finally:
            connection.exec_driver_sql("ROLLBACK")


def _views_of(kind: StreamKind) -> list[View[Any]]:
    """Those with rows that belong to a thing of this kind."""
    views = [each.view for each in DERIVED[kind]]
    if kind in SHOWN:
        views.append(TIMELINE.view)
    if kind is StreamKind.CASE:
        views.append(REMINDERS.view)
    return views


def _key(view: View[Any], cells: Sequence[Any]) -> tuple[Any, ...]:
    names = [column.name for column in view.table.primary_key]
    return tuple(cells[view.names.index(name)] for name in names)


def _cells(view: View[Any], found: Any) -> tuple[Any, ...]:
    """As they were written."""
    return tuple(column.written(value) for column, value in zip(view.columns, found, strict=True))


def _differing(view: View[Any], should: Sequence[Any], there: Sequence[Any]) -> tuple[str, ...]:
    both = zip(view.columns, should, there, strict=True)
    return tuple(
        column.name
        for column, one, other in both
        if one != other and not (column.kind.sql is Json and _same(one, other))
    )


def _same(one: Cell, other: Cell) -> bool:
    """Whether two JSON texts say the same."""
    return one is not None and other is not None and from_json(str(one)) == from_json(str(other))
