"""How readings are found again: a small index beside the log, written in the same commit.

The log is the truth, and the index says nothing that it does not say: `differing` names what
somebody took out of the index, or put in.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from ledger.reads.looked import Looked, Reading, read
from ledger.store import Store, Transaction

STRETCH = 1000
REFUSED, ALONE, EMERGENCY, OUTSIDE = 1, 2, 4, 8
"""What sort of reading it was, as bits of a number."""

Connected = Callable[[], AbstractContextManager[Any]]


class Wanted(NamedTuple):
    """Which readings; what is left out does not limit."""

    subjects: frozenset[UUID] | None = None
    """Cases and persons."""
    staff: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    """Up to and not including."""
    shape: int = 0
    """Bits that all must be set."""
    before: int | None = None
    """Those with a smaller position: the last come first."""
    limit: int = 50


class Pair(NamedTuple):
    """How often one reader read of one subject, asked for alone."""

    staff: UUID
    subject: UUID
    times: int
    """In how many minutes."""
    last: datetime
    position: int
    """Of the last."""


class Stretch(NamedTuple):
    """How often one reader read within an hour, or a day, counted from 1970."""

    staff: UUID
    begins: datetime
    times: int
    """Readings."""
    last: datetime
    position: int
    """Of the last."""


def shape_of(looked: Looked) -> int:
    return (
        (REFUSED if looked.refused else 0)
        | (ALONE if looked.alone else 0)
        | (EMERGENCY if looked.emergency else 0)
        | (OUTSIDE if looked.outside_hours else 0)
    )


def milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


class Index:
    """Of one database; `mark` is how it writes a parameter, `room` what stands before a table."""

    def __init__(self, connected: Connected, mark: str, room: str) -> None:
        self._connected = connected
        self._mark = mark
        self._readings, self._seen = f"{room}readings", f"{room}seen"

    def _sql(self, text: str) -> str:
        return text.replace("?", self._mark)

    def insert(self, readings: Iterable[Reading], transaction: Transaction) -> None:
        """With the entries themselves."""
        rows, seen = _rows_of(readings)
        cursor = transaction.connection.cursor()
        cursor.executemany(self._sql(f"INSERT INTO {self._readings} VALUES (?, ?, ?, ?)"), rows)
        if seen:
            cursor.executemany(self._sql(f"INSERT INTO {self._seen} VALUES (?, ?)"), seen)

    def remake(self, positions: Sequence[int], store: Store, transaction: Transaction) -> None:
        """Have it say of these entries what the log says; of those there are not, nothing."""
        found = [each for place in positions for each in store.select_notifications(place, 1)]
        cursor = transaction.connection.cursor()
        marks = ", ".join("?" * len(positions))
        for table in (self._readings, self._seen):
            delete = f"DELETE FROM {table} WHERE position IN ({marks})"
            cursor.execute(self._sql(delete), tuple(positions))
        wanted = frozenset(positions)
        self.insert((each for each in read(found) if each.position in wanted), transaction)

    def positions(self, wanted: Wanted) -> list[int]:
        """The last first."""
        where, params = self._where(wanted)
        if wanted.subjects is None:
            source = f"{self._readings} AS r"
        else:
            marks = ", ".join("?" * len(wanted.subjects))
            source = (
                f"(SELECT DISTINCT position FROM {self._seen} WHERE subject IN ({marks})) AS s"
                f" JOIN {self._readings} AS r ON r.position = s.position"
            )
            params = [*(each.bytes for each in sorted(wanted.subjects)), *params]
        select = f"SELECT r.position FROM {source} WHERE {where} ORDER BY r.position DESC LIMIT ?"
        return [position for (position,) in self._rows(select, (*params, wanted.limit))]

    def pairs(self, wanted: Wanted) -> list[Pair]:
        """Who read of whom alone, the last first."""
        where, params = self._where(wanted._replace(shape=wanted.shape | ALONE))
        select = (
            "SELECT r.staff, s.subject, count(DISTINCT r.at / 60000), max(r.at), max(r.position)"
            f" FROM {self._readings} AS r JOIN {self._seen} AS s ON s.position = r.position"
            f" WHERE {where} GROUP BY r.staff, s.subject ORDER BY max(r.position) DESC LIMIT ?"
        )
        return [
            Pair(UUID(bytes=bytes(staff)), UUID(bytes=bytes(subject)), times, _instant(at), last)
            for staff, subject, times, at, last in self._rows(select, (*params, wanted.limit))
        ]

    def stretches(self, wanted: Wanted, hours: int, at_least: int) -> list[Stretch]:
        """Who read that often within a stretch of so many hours, the last first."""
        where, params = self._where(wanted)
        span = hours * 3_600_000
        select = (
            f"SELECT r.staff, r.at / {span}, count(*), max(r.at), max(r.position)"
            f" FROM {self._readings} AS r WHERE {where} GROUP BY r.staff, r.at / {span}"
            " HAVING count(*) >= ? ORDER BY max(r.position) DESC LIMIT ?"
        )
        return [
            Stretch(UUID(bytes=bytes(staff)), _instant(part * span), times, _instant(at), last)
            for staff, part, times, at, last in self._rows(
                select, (*params, at_least, wanted.limit)
            )
        ]

    def subjects(self, wanted: Wanted) -> set[UUID]:
        """Cases and persons that were read of."""
        where, params = self._where(wanted)
        select = (
            f"SELECT DISTINCT s.subject FROM {self._readings} AS r JOIN {self._seen} AS s"
            f" ON s.position = r.position WHERE {where} LIMIT ?"
        )
        found = self._rows(select, (*params, wanted.limit))
        return {UUID(bytes=bytes(subject)) for (subject,) in found}

    def _where(self, wanted: Wanted) -> tuple[str, list[Any]]:
        parts: list[str] = ["1 = 1"]
        params: list[Any] = []
        if wanted.staff is not None:
            parts.append("r.staff = ?")
            params.append(wanted.staff.bytes)
        if wanted.since is not None:
            parts.append("r.at >= ?")
            params.append(milliseconds(wanted.since))
        if wanted.until is not None:
            parts.append("r.at < ?")
            params.append(milliseconds(wanted.until))
        if wanted.shape:
            parts.append("(r.shape & ?) = ?")
            params += [wanted.shape, wanted.shape]
        if wanted.before is not None:
            parts.append("r.position < ?")
            params.append(wanted.before)
        return " AND ".join(parts), params

    def _rows(self, select: str, params: Sequence[Any]) -> list[Any]:
        with self._connected() as connection:
            found: list[Any] = connection.execute(self._sql(select), tuple(params)).fetchall()
        return found

    def differing(self, store: Store, after: int = 0) -> Iterator[int]:
        """Positions after one at which the index says something else than the log, or nothing.

        Others may go on reading meanwhile, and be written down.
        """
        head = store.max_notification_id() or 0
        while after < head:
            found = read(store.select_notifications(after + 1, STRETCH, stop=head))
            last = found[-1].position if len(found) == STRETCH else head
            rows, seen = _rows_of(found)
            expected = {(row[0], row) for row in rows} | {(row[1], row) for row in seen}
            yield from sorted({place for place, _ in expected ^ self._indexed(after, last)})
            after = last
        beyond = self._beyond(head)
        yield from sorted(beyond - set(range(head, (store.max_notification_id() or 0) + 1)))

    def _beyond(self, head: int) -> set[int]:
        each = f"SELECT position FROM {{}} WHERE position > {head:d}"
        rows = self._rows(f"{each.format(self._readings)} UNION {each.format(self._seen)}", ())
        return {position for (position,) in rows}

    def _indexed(self, after: int, last: int) -> set[tuple[int, tuple[Any, ...]]]:
        where = "WHERE position > ? AND position <= ?"
        readings = self._rows(
            f"SELECT position, at, staff, shape FROM {self._readings} {where}",
            (after, last),
        )
        seen = self._rows(
            f"SELECT subject, position FROM {self._seen} {where}",
            (after, last),
        )
        found = {(place, (place, at, bytes(staff), shape)) for place, at, staff, shape in readings}
        return found | {(place, (bytes(subject), place)) for subject, place in seen}


def _rows_of(readings: Iterable[Reading]) -> tuple[list[Any], list[Any]]:
    """Of both tables."""
    rows, seen = [], []
    for position, looked in readings:
        rows.append((position, milliseconds(looked.at), looked.staff.bytes, shape_of(looked)))
        subjects = sorted({*looked.cases, *looked.persons})
        seen += [(each.bytes, position) for each in subjects]
    return rows, seen


def _instant(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)
