"""The histories of what several centres share, each with the lines a reader may see; and the house's.

An agreement's totals are told whole, and so is how they came to be: only the events that are
another centre's lines are left out. A ceremony is what its lines make it, so a centre that
does not hold it is told what its own lines make of it.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

from domain.agreement.events import FundsCommitted
from domain.message import Event, Recorded, StreamKind, stream_id
from domain.registry.state import REGISTRY
from domain.staff.state import DIRECTORY
from projections.views import caseload
from service.access.reader import Reading
from service.access.scope import SeenAgreement, SeenCeremony
from service.queries.history import History, Stretch, counted_at, history, shown


def get_agreement_history(reading: Reading, agreement: SeenAgreement, stretch: Stretch) -> History:
    stream = stream_id(StreamKind.AGREEMENT, agreement.id)
    counted = counted_at(reading, stream, stretch.moment)
    cases = _cases_of_projects(counted)
    told = _told(reading, counted, agreement.lines_of, lambda event: _case_paid(event, cases))
    return shown(reading, stream, counted, told, stretch)


def get_ceremony_history(reading: Reading, ceremony: SeenCeremony, stretch: Stretch) -> History:
    stream = stream_id(StreamKind.CEREMONY, ceremony.id)
    counted = counted_at(reading, stream, stretch.moment)
    told = _told(reading, counted, ceremony.lines_of, lambda event: getattr(event, "case_id", None))
    return shown(reading, stream, told, told, stretch)


def get_staff_history(reading: Reading, stretch: Stretch) -> History:
    return history(reading, DIRECTORY, stretch)


def get_centres_history(reading: Reading, stretch: Stretch) -> History:
    return history(reading, REGISTRY, stretch)


def _told(
    reading: Reading,
    events: Sequence[Recorded],
    centre: str | None,
    case_of: Callable[[Event], UUID | None],
) -> list[Recorded]:
    """The events that are about no case, or about one of the centre's; all of them for None."""
    if centre is None:
        return list(events)
    about = [(each, case_of(each.event)) for each in events]
    with reading.views.reading() as conn:
        theirs = caseload.in_centre(conn, {case for _, case in about if case}, centre)
    return [each for each, case in about if case is None or case in theirs]


def _cases_of_projects(events: Sequence[Recorded]) -> dict[UUID, UUID]:
    """Project → the case whose it is."""
    committed = (each.event for each in events)
    return {
        event.project_id: event.case_id for event in committed if isinstance(event, FundsCommitted)
    }


def _case_paid(event: Event, cases: dict[UUID, UUID]) -> UUID | None:
    """The case that an event of an agreement is a line of."""
    project: UUID | None = getattr(event, "project_id", None)
    return None if project is None else cases[project]
