"""Lists that somebody comes back to: which list, and the codes it was asked by. No name, and no free text.

What one is called is made of its codes, in the language of whoever reads. A shared one is there for the
centre it was shared in, as long as its author is of it.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, delete, insert, or_, select

from projections.store import translated
from service.identity.sign_ins.tables import saved_lists

MOST = 20
"""So many of one person's are kept; the oldest goes."""


@dataclass(frozen=True, slots=True)
class SavedList:
    id: str
    author: UUID
    shared: bool
    asked: Mapping[str, str]
    """What its address says, by name."""


class SavedLists:
    """Those of an installation. Safe to use from many threads and processes.

    Every method raises `Unavailable` while the database is away.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(
        self, author: UUID, name: str, asked: Mapping[str, str], now: datetime, shared_in: str = ""
    ) -> None:
        """Keep a list; the same one is kept once, and is shared as it was said last.

        `name`: of the page. `shared_in`: the centre whose staff have it too; empty for nobody.
        """
        said = json.dumps(asked, sort_keys=True)
        row = {
            "id": _id(author, name, said),
            "staff_id": str(author),
            "list": name,
            "asked": said,
            "shared_in": shared_in,
            "saved_at": int(now.timestamp()),
        }
        own = saved_lists.c.staff_id == str(author)
        latest = select(saved_lists.c.id).where(own).order_by(saved_lists.c.saved_at.desc())
        with translated("sign_ins"), self._engine.connect() as connection:
            connection.execute(delete(saved_lists).where(saved_lists.c.id == row["id"]))
            connection.execute(insert(saved_lists).values(row))
            kept = connection.execute(latest.limit(MOST)).scalars().all()
            connection.execute(delete(saved_lists).where(own, saved_lists.c.id.not_in(kept)))

    def of(
        self, reader: UUID, name: str, centre: str | None, colleagues: Collection[UUID]
    ) -> list[SavedList]:
        """Of one page: the reader's own, then those that colleagues of their centre share."""
        found = (
            select(saved_lists)
            .where(saved_lists.c.list == name, _for(reader, centre, colleagues))
            .order_by(saved_lists.c.saved_at.desc(), saved_lists.c.id)
        )
        with translated("sign_ins"), self._engine.connect() as connection:
            rows = connection.execute(found).all()
        lists = [
            SavedList(row.id, UUID(row.staff_id), bool(row.shared_in), json.loads(row.asked))
            for row in rows
        ]
        return sorted(lists, key=lambda each: each.author != reader)

    def forget(self, author: UUID, saved: str) -> None:
        """One of somebody's own; nothing where it is not theirs."""
        one = (saved_lists.c.id == saved) & (saved_lists.c.staff_id == str(author))
        with translated("sign_ins"), self._engine.connect() as connection:
            connection.execute(delete(saved_lists).where(one))


def _for(reader: UUID, centre: str | None, colleagues: Collection[UUID]) -> ColumnElement[bool]:
    own = saved_lists.c.staff_id == str(reader)
    if centre is None:
        return own
    theirs = saved_lists.c.staff_id.in_([str(each) for each in colleagues])
    return or_(own, (saved_lists.c.shared_in == centre) & theirs)


def _id(author: UUID, name: str, said: str) -> str:
    return hashlib.sha256(f"{author}/{name}/{said}".encode()).hexdigest()[:32]
