"""Cases of other centres that were opened in an emergency: by oneself, from or in one's centre."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from domain.case.emergency.events import OpenedInEmergency
from domain.message import Actor, FieldClass, Message, Role, StreamKind, stream_id
from domain.staff.emergencies.state import Emergency
from projections.views import caseload
from service.access.reader import Reading

TOLD = timedelta(days=7)
"""How long one stands among what is to be seen."""


class OpenedCase(Message):
    """A case that was opened in an emergency."""

    case_id: UUID
    reference: str | None
    staff_id: UUID
    label: str | None
    """Of the post of who opened it."""
    by_centre: str
    of_centre: str
    """Whose the case was then."""
    opened_at: datetime
    until: datetime
    """Up to when they may read it."""
    open: bool
    explanation: Annotated[str | None, FieldClass.PERSONAL]
    """Why; null once the person is erased."""


class OpenedCases(Message):
    emergencies: tuple[OpenedCase, ...]
    """Of the last seven days, the last first."""


def list_emergencies(reading: Reading, actor: Actor) -> OpenedCases:
    """To who opened them, to the coordinators of both centres, to the division and auditors."""
    state, now = reading.directory.staff(), reading.clock()
    told = [
        each
        for each in reversed(state.emergencies)
        if now - each.opened_at < TOLD and _is_told(each, actor)
    ]
    with reading.views.reading() as conn:
        cases = caseload.of(conn, {each.case_id for each in told})
    return OpenedCases(
        emergencies=tuple(
            OpenedCase(
                case_id=each.case_id,
                reference=cases[each.case_id].reference if each.case_id in cases else None,
                staff_id=each.staff_id,
                label=state.staff[each.staff_id].label if each.staff_id in state.staff else None,
                by_centre=each.by_centre,
                of_centre=each.of_centre,
                opened_at=each.opened_at,
                until=each.until,
                open=now < each.until,
                explanation=next(_reasons(reading, each), None),
            )
            for each in told
        )
    )


def _is_told(each: Emergency, actor: Actor) -> bool:
    if actor.centre is None or actor.id == each.staff_id:
        return True
    return actor.role is Role.COORDINATOR and actor.centre in (each.by_centre, each.of_centre)


def _reasons(reading: Reading, each: Emergency) -> Iterator[str | None]:
    """As it stands in the case."""
    for recorded in reversed(reading.ledger.history(stream_id(StreamKind.CASE, each.case_id))):
        event, envelope = recorded.event, recorded.envelope
        if isinstance(event, OpenedInEmergency) and envelope.recorded_at == each.opened_at:
            yield event.explanation
