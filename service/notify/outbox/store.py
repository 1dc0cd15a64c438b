"""All that is asked of the outbox.

A message is put in once, whoever finds it again; each attempt is noted before it is made, so that
a process that is killed meanwhile leaves word of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Row, Select, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.errors import Refused
from projections.store import translated
from service.keeping import open_engine
from service.notify.channels import MessageChannel, Outcome
from service.notify.outbox.message import Audience, MessageRow, State
from service.notify.outbox.tables import OUTBOX, begun, messages

columns = messages.c
INSTANTS = ("made_at", "due_at", "tried_at", "settled_at")
IDS = ("message_id", "to", "case_id", "digest")
TOGETHER = 500
"""So many are put in or named in one statement."""


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    state: State | None = None
    centre: str | None = None
    """The case's, or of whom it is for."""


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

    def is_begun(self) -> bool:
        """Whether it was filled before; not when it was made just now, or after it was lost."""
        with translated("outbox"), self._engine.connect() as connection:
            return connection.execute(select(begun.c.at)).first() is not None

    def begin(self, now: datetime) -> None:
        """It is filled from now on."""
        first = self._insert(begun).values(at=_seconds(now)).on_conflict_do_nothing()
        with translated("outbox"), self._engine.connect() as connection:
            connection.execute(first)

    def get(self, message_id: UUID) -> MessageRow | None:
        return self._one(select(messages).where(columns.message_id == str(message_id)))

    def to_go(self, now: datetime, limit: int) -> list[MessageRow]:
        """Those whose time has come, the longest waiting first."""
        due = select(messages).where(
            columns.state == State.WAITING, columns.due_at <= _seconds(now)
        )
        return self._all(due.order_by(columns.due_at, columns.message_id).limit(limit))

    def interrupted(self, tried_before: datetime, tried_after: datetime) -> list[MessageRow]:
        """Those of which an attempt began before the one or after the other, and was not heard of again."""
        early = columns.tried_at < _seconds(tried_before)
        late = columns.tried_at > _seconds(tried_after)
        return self._all(select(messages).where(columns.state == State.TRYING, early | late))

    def bring_back(self, due_after: datetime, now: datetime) -> int:
        """Have go at once what waits until later than that; how many those are."""
        far = (columns.state == State.WAITING) & (columns.due_at > _seconds(due_after))
        statement = update(messages).where(far).values(due_at=_seconds(now))
        with translated("outbox"), self._engine.connect() as connection:
            return connection.execute(statement).rowcount

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
        """There is nothing left to tell; of what goes with a digest, that it does not."""
        changed = {"state": State.CANCELLED, "settled_at": _seconds(now)}
        self._changed(message_id, (State.WAITING, State.GATHERED), **changed)

    def stand_again(self, message_ids: Sequence[UUID], now: datetime) -> None:
        """Those of them that had nothing left to tell wait once more, at once."""
        changed = {"state": State.WAITING, "due_at": _seconds(now), "settled_at": None}
        for start in range(0, len(message_ids), TOGETHER):
            named = [str(each) for each in message_ids[start : start + TOGETHER]]
            statement = update(messages).where(
                columns.message_id.in_(named), columns.state == State.CANCELLED
            )
            with translated("outbox"), self._engine.connect() as connection:
                connection.execute(statement.values(**changed))

    def send_again(self, message_id: UUID, now: datetime) -> bool:
        """It waits once more, at once; False unless it had failed."""
        changed = {"state": State.WAITING, "due_at": _seconds(now), "settled_at": None}
        return self._changed(message_id, (State.FAILED,), **changed, attempts=0)

    def send_all_again(self, now: datetime) -> int:
        """All that failed wait once more; how many those are."""
        changed = {"state": State.WAITING, "due_at": _seconds(now), "settled_at": None}
        statement = update(messages).where(columns.state == State.FAILED)
        with translated("outbox"), self._engine.connect() as connection:
            return connection.execute(statement.values(**changed, attempts=0)).rowcount

    def of_case(self, case_id: UUID) -> list[MessageRow]:
        """All that followed from a case, by its version. What went with a digest is as far as that."""
        query = select(messages).where(columns.case_id == str(case_id))
        found = self._all(query.order_by(columns.version, columns.channel, columns.to))
        digests = {each.digest for each in found if each.digest is not None}
        named = select(messages).where(columns.message_id.in_([str(each) for each in digests]))
        by_id = {each.message_id: each for each in self._all(named)}
        return [_as_far_as(by_id.get(each.digest), each) if each.digest else each for each in found]

    def told_by(self, digest: UUID) -> list[MessageRow]:
        """What a digest tells of, in the order in which it was recorded."""
        query = select(messages).where(columns.digest == str(digest))
        return self._all(query.order_by(columns.position))

    def page(
        self, filters: Filters, after: str | None, limit: int
    ) -> tuple[list[MessageRow], str | None]:
        """What leaves the house, the newest first, and the cursor that leads on, if more do.

        Raises `Refused("cursor_invalid")`.
        """
        query = _newest(_filtered(select(messages), filters), after)
        found = self._all(query.limit(limit + 1))
        rows = found[:limit]
        more = len(found) > limit
        return rows, f"{_seconds(rows[-1].made_at)}~{rows[-1].message_id}" if more else None

    def counts(self, filters: Filters) -> Mapping[State, int]:
        """How many leave the house, by how far they have come."""
        query = _filtered(select(columns.state, func.count()), filters).group_by(columns.state)
        with translated("outbox"), self._engine.connect() as connection:
            return {State(state): many for state, many in connection.execute(query)}

    def failing(self) -> Mapping[tuple[MessageChannel, str], int]:
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
            return {
                (MessageChannel(by), code): many for by, code, many in connection.execute(query)
            }

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


def _filtered(query: Select[Any], filters: Filters) -> Select[Any]:
    """What goes by itself: the parts of a digest go with it."""
    query = query.where(columns.digest.is_(None))
    if filters.centre is not None:
        query = query.where(columns.centre == filters.centre)
    if filters.state is not None:
        query = query.where(columns.state == filters.state)
    return query


def _as_far_as(digest: MessageRow | None, part: MessageRow) -> MessageRow:
    if digest is None or part.state is not State.GATHERED:
        return part
    return replace(
        part,
        state=digest.state,
        attempts=digest.attempts,
        tried_at=digest.tried_at,
        settled_at=digest.settled_at,
        code=digest.code,
    )


def _newest(query: Select[Any], after: str | None) -> Select[Any]:
    if after is not None:
        try:
            at, _, name = after.partition("~")
            made_at, message = int(at), str(UUID(name))
        except ValueError:
            raise Refused("cursor_invalid") from None
        same = (columns.made_at == made_at) & (columns.message_id < message)
        query = query.where((columns.made_at < made_at) | same)
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
        "channel": MessageChannel(found["channel"]),
        "state": State(found["state"]),
    }
    return MessageRow(**found)


def _seconds(instant: datetime | None) -> int | None:
    return None if instant is None else int(instant.timestamp())


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
