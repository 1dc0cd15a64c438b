"""Reviews of which the person is told by a message: a row for each, with the days within which it goes.

Of who cannot be written to there is none: the centre calls them (`calls.py`).
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated
from uuid import UUID

from sqlalchemy import Connection, select

from domain.message import FieldClass, Message, StreamKind
from domain.reaching.calls import is_announced, written_from
from domain.reaching.telling import Means, how_to_tell
from projections.deriving import Derived, Folds, outstanding
from projections.view import View, unvalidated


class AnnouncementRow(Message):
    """A review that somebody is told of. It never leaves the house as it stands here."""

    case_id: UUID
    key: Annotated[str, FieldClass.JUDICIAL]
    due_on: Annotated[date, FieldClass.JUDICIAL]
    begins: Annotated[date, FieldClass.JUDICIAL]
    """The first day on which they are told."""
    ends: Annotated[date, FieldClass.JUDICIAL]
    """The last on which that makes sense."""
    beneficiary_id: UUID
    centre: str


announcements = View(
    "announcements",
    AnnouncementRow,
    key=["case_id", "key"],
    owner="case_id",
    indexes=[["begins", "ends"]],
)
columns = announcements.c
_row = unvalidated(AnnouncementRow)


def to_go(conn: Connection, today: date) -> list[AnnouncementRow]:
    """All of which somebody is to be told by today."""
    query = select(announcements.table).where(columns.begins <= today, columns.ends >= today)
    return [announcements.read(row) for row in conn.execute(query)]


def _rows(name: str, folds: Folds) -> Iterable[AnnouncementRow]:
    fold = folds.case(name)
    state = fold.state
    if state.centre is None or state.beneficiary_id is None:
        return
    person = folds.beneficiary(state.beneficiary_id).state
    for due in outstanding(fold, folds):
        begins = written_from(due, state)
        if not is_announced(due, state.rules) or due.due_on < begins:
            continue
        if how_to_tell(state, person, begins).means is Means.MESSAGE:
            yield _row(
                case_id=UUID(name),
                key=due.key,
                due_on=due.due_on,
                begins=begins,
                ends=due.due_on,
                beneficiary_id=state.beneficiary_id,
                centre=state.centre,
            )


ANNOUNCEMENTS = Derived(announcements, StreamKind.CASE, _rows)
