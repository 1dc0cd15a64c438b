"""A log's rows, one after the other, whatever somebody made of them."""

from collections.abc import Iterator, Sequence

from eventsourcing.persistence import Notification
from pydantic_core import from_json

from domain.errors import DatabaseDamaged, Unexpected
from ledger.faults import translated
from ledger.proof.log import LEDGER, READS, RECEIPTS, TOGETHER, UPKEEP, Log
from ledger.verifying.signed import Differs

EVENT = frozenset(
    {"event_id", "occurred_on", "recorded_at", "step", "actor", "origin", "command_id"}
)
"""Some of what every envelope has."""
READING = frozenset({"at", "staff", "role", "query"})
"""What every entry of the log of readings has."""
NOTE = frozenset({"kind", "detail", "noted_at"})
WHOLE = {LEDGER: EVENT, READS: READING, UPKEEP: NOTE, RECEIPTS: frozenset({RECEIPTS})}
_TYPES = (int, str, int, str, bytes)


def batches(log: Log) -> Iterator[Sequence[Notification]]:
    """All rows by position, which has no gap. Raises `Differs` at the first that is no event's."""
    position = 0
    while rows := _after(log, position, TOGETHER):
        for row in rows:
            position += 1
            require_event(row, position, WHOLE[log.name])
        yield rows


def _after(log: Log, position: int, many: int) -> Sequence[Notification]:
    try:
        with translated("ledger"):
            return log.store.select_notifications(position, many, inclusive_of_start=False)
    except (Unexpected, DatabaseDamaged):
        if many == 1:
            raise Differs("its row cannot be read", position + 1) from None
    # One of them cannot be read: those before it are, one by one.
    return _after(log, position, 1)


def require_event(row: Notification, position: int, names: frozenset[str] = EVENT) -> None:
    if row.id != position:
        raise Differs(f"there is no event; the next one is {row.id}", position)
    columns = (row.id, row.originator_id, row.originator_version, row.topic, row.state)
    if tuple(map(type, columns)) != _TYPES:
        raise Differs("a column holds what no event has there", position)
    try:
        told = from_json(row.state)
        about = told["e"] if names is EVENT else told
        is_whole = about.keys() >= names
    except (ValueError, KeyError, TypeError, AttributeError):
        is_whole = False
    if not is_whole:
        raise Differs("what is stored is no event", position)
