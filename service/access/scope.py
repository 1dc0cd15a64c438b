"""Whose a thing is: from what was asked to what the asker may have of it.

`seen` stands before every query. A query is handed what `seen` makes of its question (the case
itself, a filter already cut, whose lines to leave out) and has nothing else to start from.
Of steps `admitting.py` says it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from domain.agreement.state import AgreementState
from domain.batch.state import BatchState
from domain.beneficiary.state import BeneficiaryState
from domain.case.state import CaseState
from domain.ceremony.state import CeremonyState
from domain.cohort.state import CohortState
from domain.complaint.about import sight
from domain.complaint.state import ComplaintState
from domain.errors import NotAllowed, Refused
from domain.message import StreamKind, stream_id
from domain.order.state import OrderState
from domain.project.state import ProjectState
from domain.reception.state import ReceptionState
from domain.registry.state import REGISTRY, RegistryState
from domain.session.state import SessionState
from domain.staff.emergencies.state import is_open_to
from domain.values.places import inside
from ledger.ledger import Ledger
from projections.views import (
    agreements,
    answered_referrals,
    calls,
    caseload,
    ceremonies,
    cohorts,
    data_requests,
    inbox,
    matters,
    orders,
    people,
    reminders,
    sessions,
    tasks,
)
from projections.views.standing import Standing
from service.access.masking import asks_hidden
from service.access.reader import Reading
from service.access.table import OF_RESTRICTED, centre_bound, require_centre
from service.access.things import (
    SeenAgreement,
    SeenBatch,
    SeenCase,
    SeenCeremony,
    SeenCohort,
    SeenComplaint,
    SeenOrder,
    SeenPerson,
    SeenProject,
    SeenReception,
    SeenSession,
)
from service.access.vocabulary import Scope

OfPeople = (
    *(caseload.Filters, tasks.Filters, calls.Filters, matters.Filters),
    *(reminders.Filters, people.Filters, inbox.Filters, data_requests.Filters),
)
"""Filters of lists that name people, or what was to be done about them."""

Seen = tuple[object, ...]
"""What a query is handed beside its reading."""


def case_state(ledger: Ledger, case_id: UUID) -> CaseState:
    return cast("CaseState", ledger.state(stream_id(StreamKind.CASE, case_id)))


def case_shown(ledger: Ledger, case_id: UUID) -> CaseState:
    """As `case_state`, beside others that are shown: where the person's key is lost, as if erased."""
    stream = stream_id(StreamKind.CASE, case_id)
    return cast("CaseState", ledger.states([stream])[stream])


def beneficiary_shown(ledger: Ledger, beneficiary_id: UUID) -> BeneficiaryState:
    """As `beneficiary_state`, in the same way."""
    stream = stream_id(StreamKind.BENEFICIARY, beneficiary_id)
    return cast("BeneficiaryState", ledger.states([stream])[stream])


def beneficiary_state(ledger: Ledger, beneficiary_id: UUID) -> BeneficiaryState:
    stream = stream_id(StreamKind.BENEFICIARY, beneficiary_id)
    return cast("BeneficiaryState", ledger.state(stream))


def seen(scope: Scope, reading: Reading, asked: Seen) -> Seen:
    """What of `asked` the reader may have.

    Raises `NotAllowed`, and `Refused` where there is no such thing.
    """
    return SEEN[scope](reading, asked)


def _case(reading: Reading, asked: Seen) -> Seen:
    case_id, *rest = asked
    state = case_state(reading.ledger, cast("UUID", case_id))
    if not state.exists:
        raise Refused("case_not_found")
    _require_read(reading, state.centre, cast("UUID", case_id))
    _require_unrestricted(reading, state.beneficiary_id)
    return (SeenCase(cast("UUID", case_id), state), *rest)


def _person(reading: Reading, asked: Seen) -> Seen:
    person_id, *_ = asked
    _require_unrestricted(reading, cast("UUID", person_id))
    return _erasure(reading, asked)


def _erasure(reading: Reading, asked: Seen) -> Seen:
    """Also of who is restricted: their erasure is what the restriction waits for."""
    person_id, *rest = asked
    state = beneficiary_state(reading.ledger, cast("UUID", person_id))
    if not state.exists:
        raise Refused("beneficiary_not_found")
    _require_read(reading, state.centre, *state.cases)
    return (SeenPerson(cast("UUID", person_id), state), *rest)


def _project(reading: Reading, asked: Seen) -> Seen:
    project_id, *rest = asked
    stream = stream_id(StreamKind.PROJECT, cast("UUID", project_id))
    state = cast("ProjectState", reading.ledger.state(stream))
    if not state.holders:
        raise Refused("project_not_found")
    case = case_state(reading.ledger, state.holders[0].case_id)
    _require_read(reading, case.centre, state.holders[0].case_id)
    _require_unrestricted(reading, case.beneficiary_id)
    seen = SeenProject(cast("UUID", project_id), state.holders[0].case_id, case.centre)
    return (seen, *rest)


def _require_read(reading: Reading, centre: str | None, *cases: UUID) -> None:
    """Raises `NotAllowed` for another centre's, unless they opened one of the cases in an emergency."""
    actor, now = reading.reader.actor, reading.clock()
    opened = reading.directory.staff().emergencies
    if not any(is_open_to(opened, actor.id, case, now) for case in cases):
        require_centre(actor, centre)


def reads_restricted(reading: Reading) -> bool:
    """Whether the reader reads of people whose data is restricted."""
    return reading.reader.actor.role in OF_RESTRICTED


def _require_unrestricted(reading: Reading, person: UUID | None) -> None:
    """Raises `NotAllowed` for a restricted person, unless their data is the reader's to read."""
    if person is None or reads_restricted(reading):
        return
    if beneficiary_state(reading.ledger, person).restricted:
        raise NotAllowed("restricted_to_coordinator")


def _agreement(reading: Reading, asked: Seen) -> Seen:
    agreement_id, *rest = cast("tuple[Any, ...]", asked)
    standing = _standing(reading)
    if standing is not None:
        stream = stream_id(StreamKind.AGREEMENT, agreement_id)
        state = cast("AgreementState", reading.ledger.state(stream))
        if not state.exists:
            raise Refused("agreement_not_found")
        if state.territory is None or state.territory.places.isdisjoint(standing.provinces):
            with reading.views.reading() as conn:
                if not agreements.has_case_of(conn, agreement_id, standing.centre):
                    raise NotAllowed("other_centre")
    return (SeenAgreement(agreement_id, standing.centre if standing else None), *rest)


def _order(reading: Reading, asked: Seen) -> Seen:
    order_id, *rest = asked
    stream = stream_id(StreamKind.ORDER, cast("UUID", order_id))
    state = cast("OrderState", reading.ledger.state(stream))
    if not state.exists:
        raise Refused("order_not_found")
    centre = centre_bound(reading.reader.actor)
    if centre is not None and state.centre != centre:
        with reading.views.reading() as conn:
            if not orders.has_line_of(conn, cast("UUID", order_id), centre):
                raise NotAllowed("other_centre")
    return (SeenOrder(cast("UUID", order_id), state, centre), *rest)


def _session(reading: Reading, asked: Seen) -> Seen:
    session_id, *rest = cast("tuple[Any, ...]", asked)
    stream = stream_id(StreamKind.SESSION, session_id)
    state = cast("SessionState", reading.ledger.state(stream))
    if not state.exists:
        raise Refused("session_not_found")
    centre = centre_bound(reading.reader.actor)
    if centre is not None and state.centre not in (None, centre):
        with reading.views.reading() as conn:
            if not sessions.has_line_of(conn, session_id, centre):
                raise NotAllowed("other_centre")
    return (SeenSession(session_id, centre), *rest)


def _ceremony(reading: Reading, asked: Seen) -> Seen:
    ceremony_id, *rest = cast("tuple[Any, ...]", asked)
    stream = stream_id(StreamKind.CEREMONY, ceremony_id)
    state = cast("CeremonyState", reading.ledger.state(stream))
    if not state.exists:
        raise Refused("ceremony_not_found")
    standing = _standing(reading)
    if standing is None:
        return (SeenCeremony(ceremony_id, state, None), *rest)
    near = state.centre is None and state.province in standing.provinces
    if state.centre != standing.centre and not near:
        with reading.views.reading() as conn:
            if not ceremonies.has_line_of(conn, ceremony_id, standing.centre):
                raise NotAllowed("other_centre")
    return (SeenCeremony(ceremony_id, state, standing.centre), *rest)


def _cohort(reading: Reading, asked: Seen) -> Seen:
    cohort_id, *rest = cast("tuple[Any, ...]", asked)
    state = cast("CohortState", reading.ledger.state(stream_id(StreamKind.COHORT, cohort_id)))
    if not state.exists:
        raise Refused("cohort_not_found")
    centre = centre_bound(reading.reader.actor)
    if centre is not None and not state.takes_from(centre):
        with reading.views.reading() as conn:
            if not cohorts.has_person_of(conn, cohort_id, centre):
                raise NotAllowed("other_centre")
    return (SeenCohort(cohort_id, state, centre), *rest)


def _batch(reading: Reading, asked: Seen) -> Seen:
    batch_id, *rest = asked
    stream = stream_id(StreamKind.BATCH, cast("UUID", batch_id))
    state = cast("BatchState", reading.ledger.state(stream))
    if not state.exists:
        raise Refused("batch_not_found")
    require_centre(reading.reader.actor, state.centre)
    return (SeenBatch(cast("UUID", batch_id), state), *rest)


def _batches(reading: Reading, asked: Seen) -> Seen:
    filters, *rest = cast("tuple[Any, ...]", asked)
    bound = centre_bound(reading.reader.actor)
    return (filters if bound is None else replace(filters, centre=bound), *rest)


def _messages(reading: Reading, asked: Seen) -> Seen:
    """The filters, with the reader's centre; another's is refused and not answered with their own."""
    filters, *_ = cast("tuple[Any, ...]", asked)
    if filters.centre is not None:
        require_centre(reading.reader.actor, filters.centre)
    return _batches(reading, asked)


def _complaint(reading: Reading, asked: Seen) -> Seen:
    """One that the reader may not see is told of as one that was never filed."""
    complaint_id, *rest = cast("tuple[Any, ...]", asked)
    stream = stream_id(StreamKind.COMPLAINT, complaint_id)
    state = cast("ComplaintState", reading.ledger.state(stream))
    actor = reading.reader.actor
    case = case_shown(reading.ledger, state.case_id) if state.case_id else None
    raised = state.raised_to(reading.calendar, reading.today)
    looked = sight(state, case, reading.directory.staff(), reading.today)
    looked = replace(looked, raised_to=raised)
    if not state.exists or not looked.is_seen_by(actor):
        raise Refused("complaint_not_found")
    return (SeenComplaint(complaint_id, state, looked.is_read_by(actor)), *rest)


def _reception(reading: Reading, asked: Seen) -> Seen:
    reception_id, *rest = cast("tuple[Any, ...]", asked)
    stream = stream_id(StreamKind.RECEPTION, reception_id)
    state = cast("ReceptionState", reading.ledger.state(stream))
    if not state.exists:
        raise Refused("reception_not_found")
    require_centre(reading.reader.actor, state.centre)
    return (SeenReception(reception_id), *rest)


def _complaints(reading: Reading, asked: Seen) -> Seen:
    """The filters, with who asks, and for whom they stand in."""
    filters, *rest = cast("tuple[Any, ...]", asked)
    actor = reading.reader.actor
    absent = reading.directory.staff().absent_for(actor.id, reading.today)
    return (replace(filters, seen_by=actor, absent=absent), *rest)


def _standing(reading: Reading) -> Standing | None:
    """The reader's centre, with what it serves today; None for who sees everything."""
    centre = centre_bound(reading.reader.actor)
    if centre is None:
        return None
    registry = cast("RegistryState", reading.ledger.state(REGISTRY))
    served = inside(registry.provinces_of(centre, reading.today))
    return Standing(centre, tuple(sorted(served)))


def _cases(reading: Reading, asked: Seen) -> Seen:
    """The filters, with the reader's centre; none of them may ask about what is hidden.

    Lists of people are without the restricted ones, unless the reader may read of those.
    """
    filters, *rest = cast("tuple[Any, ...]", asked)
    actor = reading.reader.actor
    if asks_hidden(filters, actor.role):
        raise NotAllowed(role=str(actor.role))
    if isinstance(filters, OfPeople) and not reads_restricted(reading):
        filters = replace(filters, unrestricted=True)
    bound = centre_bound(actor)
    if bound is None:
        return (filters, *rest)
    if filters.centre is not None:
        require_centre(actor, filters.centre)
    return (replace(filters, centre=bound), *rest)


def _of_a_territory(reading: Reading, asked: Seen) -> Seen:
    """The filters, with where the reader stands."""
    filters, *rest = cast("tuple[Any, ...]", asked)
    return (replace(filters, standing=_standing(reading)), *rest)


def _by_lines(reading: Reading, asked: Seen) -> Seen:
    """The filters, with the reader's centre."""
    filters, *rest = cast("tuple[Any, ...]", asked)
    return (replace(filters, reader=centre_bound(reading.reader.actor)), *rest)


def _referrals(reading: Reading, asked: Seen) -> Seen:
    """In the same way; answers tell nothing of the restricted but to who reads of them.

    What waits of a case that is restricted stands in no list until that is lifted.
    """
    filters, *rest = _by_lines(reading, asked)
    if isinstance(filters, answered_referrals.Filters) and not reads_restricted(reading):
        filters = replace(filters, unrestricted=True)
    return (filters, *rest)


def _colleagues(reading: Reading, asked: Seen) -> Seen:
    return (centre_bound(reading.reader.actor), *asked)


def _own(reading: Reading, asked: Seen) -> Seen:
    return (reading.reader.actor, *asked)


def _as_asked(_: Reading, asked: Seen) -> Seen:
    return asked


SEEN: Mapping[Scope, Callable[[Reading, Seen], Seen]] = {
    Scope.CASE: _case,
    Scope.CASES: _cases,
    Scope.PERSON: _person,
    Scope.ERASURE: _erasure,
    Scope.PROJECT: _project,
    Scope.AGREEMENT: _agreement,
    Scope.AGREEMENTS: _of_a_territory,
    Scope.ORDER: _order,
    Scope.ORDERS: _by_lines,
    Scope.SESSION: _session,
    Scope.SESSIONS: _by_lines,
    Scope.REQUESTS: _of_a_territory,
    Scope.REFERRALS: _referrals,
    Scope.CEREMONY: _ceremony,
    Scope.CEREMONIES: _of_a_territory,
    Scope.COHORT: _cohort,
    Scope.COHORTS: _by_lines,
    Scope.BATCH: _batch,
    Scope.BATCHES: _batches,
    Scope.MESSAGES: _messages,
    Scope.OWN_LIST: _as_asked,
    Scope.COMPLAINT: _complaint,
    Scope.COMPLAINTS: _complaints,
    Scope.RECEPTION: _reception,
    Scope.COLLEAGUES: _colleagues,
    Scope.OWN: _own,
    Scope.REGISTRY: _as_asked,
    Scope.HOUSE: _as_asked,
}
"""What becomes of a question, by whose the thing is that it asks about."""
