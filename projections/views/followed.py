"""Whose a case was, entry by entry: by that an entry is told to be a delegate's."""

from uuid import UUID

from sqlalchemy import Connection, select

from domain.case.events import CaseOpened, CaseworkerAssigned
from domain.case.referral.events import ReferralAccepted
from domain.message import StreamKind, stream_id
from projections.views.timeline import timeline

GIVEN = tuple(each.stored for each in (CaseOpened, CaseworkerAssigned, ReferralAccepted))
"""What gives a case to a caseworker."""


def followed_by(conn: Connection, case_id: UUID) -> list[tuple[int, UUID]]:
    """From which position of the ledger on it was which caseworker's, in its order."""
    query = (
        select(timeline.c.position, timeline.c.details)
        .where(
            timeline.c.stream == stream_id(StreamKind.CASE, case_id),
            timeline.c.type.in_(GIVEN),
        )
        .order_by(timeline.c.position)
    )
    rows = ((position, details.get("caseworker")) for position, details in conn.execute(query))
    return [(position, UUID(caseworker)) for position, caseworker in rows if caseworker]
