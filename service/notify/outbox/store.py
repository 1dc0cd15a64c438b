"""All that is asked of the outbox.

A message is put in once, whoever finds it again; each attempt is noted before it is made, so that
a process that is killed meanwhile leaves word of it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Row, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ColumnElement

from projections.store import translated
from service.keeping import open_engine
from service.notify.channels import Channel, Outcome
from service.notify.outbox.message import Audience, MessageRow, State
from service.notify.outbox.tables import OUTBOX, messages

columns = messages.c
INSTANTS = ("made_at", "due_at", "tried_at", "settled_at")
IDS = ("message_id", "to", "case_id", "digest")
TOGETHER = 500
"""So many are put in or named in one statement."""


class Outbox:
    """The messages of an installation. Safe to use from many threads and processes.

    Every method raises `Unavailable` while the database is away.
    """

    def __init__(self, url: str) -> None:
        self._engine: Engine = open_engine(url, OUTBOX)
        dialect = postgresql if self._engine.dialect.name == "postgresql" else sqlite
        self._insert = dialect.insert

    def close(self) -> None:
        self._engine.dispose()

    def put(self, made: Iterable[MessageRow]) -> None:
        """Keep those that are not here yet; of those that are, nothing changes."""
        rows = [_stored(each) for each in made]
        for start in range(0, len(rows), TOGETHER):
            statement = self._insert(messages).on_conflict_do_nothing()
            with translated("outbox"), self._engine.connect() as connection:
                connection.execute(statement, rows[start : start + TOGETHER])

    def is_empty(self) -> bool:
        return self._one(select(messages).limit(1)) is None

    def get(self, message_id: UUID) -> MessageRow | None:
        return self._one(select(messages).where(columns.message_id == str(message_id)))

    def to_go(self, now: datetime, limit: int) -> list[MessageRow]:
        """Those whose time has come, the longest waiting first."""
        due = select(messages).where(
            columns.state == State.WAITING, columns.due_at <= _seconds(now)
        )
        return self._all(due.order_by(columns.due_at, columns.message_id).limit(limit))

    def interrupted(self, tried_before: datetime) -> list[MessageRow]:
        """Those of which an attempt began before then and was never heard of again."""
        begun = select(messages).where(
            columns.state == State.TRYING, columns.tried_at < _seconds(tried_before)
        )
        return self._all(begun)

    def next_due(self) -> datetime | None:
        """When the next one goes, if any waits."""
        query = select(func.min(columns.due_at)).where(columns.state == State.WAITING)
        with translated("outbox"), self._engine.connect() as connection:
            return _instant(connection.scalar(query))

    def trying(self, message_id: UUID, now: datetime) -> bool:
        """Note that it is handed over now; False where somebody else did, or it no longer waits."""
        return self._changed(
            message_id,
            (State.WAITING,),
            state=State.TRYING,
            attempts=columns.attempts + 1,
            tried_at=_seconds(now),
        )

    def settle(self, message_id: UUID, outcome: Outcome, now: datetime) -> None:
        """What the attempt came to, for good."""
        state = State.SENT if outcome.accepted else State.FAILED
        changed = {"state": state, "settled_at": _seconds(now), "code": outcome.code}
        self._changed(message_id, (State.TRYING, State.WAITING), **changed)

    def put_off(self, message_id: UUID, until: datetime, code: str | None = None) -> None:
        """It waits until then: the attempt was in vain, or it is no hour for it."""
        changed: dict[str, Any] = {"state": State.WAITING, "due_at": _seconds(until)}
        if code is not None:
            changed["code"] = code
        self._changed(message_id, (State.TRYING, State.WAITING), **changed)

    def cancel(self, message_id: UUID, now: datetime) -> None:
        """There is nothing left to tell."""
        changed = {"state": State.CANCELLED, "settled_at": _seconds(now)}
        self._changed(message_id, (State.WAITING,), **changed)

    def send_again(self, message_id: UUID, now: datetime) -> bool:
        """It waits once more, at once; False unless it had failed."""
        changed = {"state": State.WAITING, "due_at": _seconds(now), "settled_at": None}
        return self._changed(message_id, (State.FAILED,), **changed, attempts=0)

    def of_case(self, case_id: UUID) -> list[MessageRow]:
        """All that followed from a case, by the version of the case."""
        query = select(messages).where(columns.case_id == str(case_id))
        return self._all(query.order_by(columns.version, columns.channel, columns.to))

    def told_by(self, digests: Collection[UUID]) -> list[MessageRow]:
        """What these digests tell of, oldest first."""
        query = select(messages).where(columns.digest.in_([str(each) for each in digests]))
        return self._all(query.order_by(columns.made_at, columns.message_id))

    def inbox(
        self, staff: Collection[UUID], before: tuple[datetime, UUID] | None, limit: int
    ) -> list[MessageRow]:
        """What was sent to any of them, the newest first; after `before`, where that is given."""
        query = select(messages).where(
            columns.to.in_([str(each) for each in staff]), columns.channel == Channel.INBOX
        )
        return self._all(_newest(query, before).limit(limit))

    def listed(
        self,
        centre: str | None,
        state: State | None,
        before: tuple[datetime, UUID] | None,
        limit: int,
    ) -> list[MessageRow]:
        """What leaves the house, of a centre or of all, the newest first."""
        query = select(messages).where(columns.channel != Channel.INBOX, *_of(centre))
        if state is not None:
            query = query.where(columns.state == state)
        return self._all(_newest(query, before).limit(limit))

    def counts(self, centre: str | None) -> Mapping[State, int]:
        """How many leave the house, by how far they have come."""
        query = (
            select(columns.state, func.count())
            .where(columns.channel != Channel.INBOX, *_of(centre))
            .group_by(columns.state)
        )
        with translated("outbox"), self._engine.connect() as connection:
            return {State(state): many for state, many in connection.execute(query)}

    def failing(self) -> Mapping[tuple[Channel, str], int]:
        """How many failed, or wait after an attempt in vain, by channel and what was said."""
        in_vain = (columns.state == State.FAILED) | (
            (columns.state == State.WAITING) & (columns.attempts > 0)
        )
        query = (
            select(columns.channel, func.coalesce(columns.code, ""), func.count())
            .where(in_vain)
            .group_by(columns.channel, columns.code)
        )
        with translated("outbox"), self._engine.connect() as connection:
            return {(Channel(by), code): many for by, code, many in connection.execute(query)}

    def _changed(self, message_id: UUID, among: tuple[State, ...], **values: Any) -> bool:
        statement = (
            update(messages)
            .where(columns.message_id == str(message_id), columns.state.in_(among))
            .values(**values)
        )
        with translated("outbox"), self._engine.connect() as connection:
            return connection.execute(statement).rowcount > 0

    def _one(self, query: Any) -> MessageRow | None:
        return next(iter(self._all(query)), None)

    def _all(self, query: Any) -> list[MessageRow]:
        with translated("outbox"), self._engine.connect() as connection:
            return [_read(row) for row in connection.execute(query)]


def _of(centre: str | None) -> tuple[ColumnElement[bool], ...]:
    return () if centre is None else (columns.centre == centre,)


def _newest(query: Any, before: tuple[datetime, UUID] | None) -> Any:
    if before is not None:
        made_at, message = _seconds(before[0]), str(before[1])
        earlier = columns.made_at < made_at
        same = (columns.made_at == made_at) & (columns.message_id < message)
        query = query.where(earlier | same)
    return query.order_by(columns.made_at.desc(), columns.message_id.desc())


def _stored(message: MessageRow) -> dict[str, Any]:
    row = asdict(message)
    row |= {name: _seconds(row[name]) for name in INSTANTS}
    return row | {name: None if row[name] is None else str(row[name]) for name in IDS}


def _read(row: Row[Any]) -> MessageRow:
    found = dict(row._mapping)  # noqa: SLF001 (its public name)
    found |= {name: _instant(found[name]) for name in INSTANTS}
    found |= {name: None if found[name] is None else UUID(found[name]) for name in IDS}
    found |= {
        "audience": Audience(found["audience"]),
        "channel": Channel(found["channel"]),
        "state": State(found["state"]),
    }
    return MessageRow(**found)


def _seconds(instant: datetime | None) -> int | None:
    return None if instant is None else int(instant.timestamp())


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
