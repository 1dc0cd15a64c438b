"""The histories of what several centres share, each with the lines a reader may see; and the house's.

An agreement's totals are told whole, and so is how they came to be: only the events that are
another centre's lines are left out. A session, a ceremony and an order are what their lines make
them, so a centre that may not read them all is told what its own lines make of it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import cast
from uuid import UUID

from domain.agreement.state import AgreementState
from domain.errors import NotAllowed
from domain.message import Event, Recorded, StreamKind, stream_id
from domain.order.state import OrderState
from domain.registry.state import REGISTRY
from domain.staff.state import DIRECTORY
from projections.views import batches, caseload
from service.access.reader import Reading
from service.access.scope import reads_restricted
from service.access.things import (
    SeenAgreement,
    SeenBatch,
    SeenCeremony,
    SeenCohort,
    SeenOrder,
    SeenSession,
)
from service.queries.history import (
    History,
    Moment,
    Stretch,
    comparable,
    counted_at,
    history,
    shown,
)
from service.queries.order_events import cases_ordered_for, told_of_lines, without_the_receiver
from service.queries.replaying import Basis, come_to


@comparable
def get_agreement_history(reading: Reading, agreement: SeenAgreement, stretch: Stretch) -> History:
    """Of the approvals, too, a centre is told those of its own cases."""
    stream = stream_id(StreamKind.AGREEMENT, agreement.id)
    if stretch.latest and stretch.moment == Moment() and not stretch.changes:
        return _latest_of_agreement(reading, stream, agreement.lines_of, stretch)
    counted = counted_at(reading, stream, stretch.moment)
    now = stretch.moment == Moment()
    state = cast("AgreementState", come_to(reading.ledger, stream, counted, now=now))
    theirs = _those_of(reading, _cases_under(state).values(), agreement.lines_of)
    told = _told_of_agreement(state, counted, theirs)

    def cut(state: AgreementState) -> AgreementState:
        return state if theirs is None else _with_approvals_of(state, theirs)

    return shown(reading, stream, cut(state), told, stretch, Basis(counted, cut=cut))


def _with_approvals_of(state: AgreementState, theirs: Collection[UUID]) -> AgreementState:
    approvals = {
        project: each for project, each in state.approvals.items() if each.case_id in theirs
    }
    return replace(state, approvals=approvals)


def _latest_of_agreement(
    reading: Reading, stream: str, centre: str | None, stretch: Stretch
) -> History:
    """A season's agreement has thousands of events: no more of them is read than is told."""
    state = cast("AgreementState", reading.ledger.state(stream))
    theirs = _those_of(reading, _cases_under(state).values(), centre)
    told, end = list[Recorded](), state.version
    while end and len(told) < stretch.limit:
        begin = max(end - stretch.limit, 0)
        events = reading.ledger.history(stream, after=begin, up_to=end)
        told = [*_told_of_agreement(state, events, theirs), *told]
        end = begin
    return shown(reading, stream, state, told, replace(stretch, stated=False))


def _told_of_agreement(
    state: AgreementState, events: Iterable[Recorded], theirs: Collection[UUID] | None
) -> list[Recorded]:
    cases = _cases_under(state)
    return _told(events, lambda event: _case_paid(event, cases), theirs)


def _cases_under(state: AgreementState) -> Mapping[UUID, UUID | None]:
    """By the project that it pays."""
    return {project: each.case_id for project, each in state.approvals.items()}


@comparable
def get_ceremony_history(reading: Reading, ceremony: SeenCeremony, stretch: Stretch) -> History:
    stream = stream_id(StreamKind.CEREMONY, ceremony.id)
    return _by_its_lines(reading, stream, ceremony.lines_of, stretch)


@comparable
def get_cohort_history(reading: Reading, cohort: SeenCohort, stretch: Stretch) -> History:
    stream = stream_id(StreamKind.COHORT, cohort.id)
    return _by_its_lines(reading, stream, cohort.people_of, stretch)


@comparable
def get_order_history(reading: Reading, order: SeenOrder, stretch: Stretch) -> History:
    """What happened to several lines at once is told of those of the centre's cases alone."""
    stream = stream_id(StreamKind.ORDER, order.id)
    counted = counted_at(reading, stream, stretch.moment)
    state = cast("OrderState", reading.ledger.fold(stream, counted))
    cases = cases_ordered_for(each.event for each in counted)
    theirs = _those_of(reading, cases, order.lines_of)
    if theirs is None:
        return shown(reading, stream, state, counted, stretch)

    def only(state: OrderState) -> OrderState:
        return state.only(
            {number for number, line in state.lines.items() if line.case_id in theirs}
        )

    told = list(told_of_lines(counted, theirs))
    cut = shown(reading, stream, only(state), told, stretch, Basis(counted, cut=only))
    events = tuple(without_the_receiver(each, theirs) for each in cut.events)
    return cut.model_copy(update={"events": events})


@comparable
def get_session_history(reading: Reading, session: SeenSession, stretch: Stretch) -> History:
    stream = stream_id(StreamKind.SESSION, session.id)
    return _by_its_lines(reading, stream, session.lines_of, stretch)


def _by_its_lines(reading: Reading, stream: str, centre: str | None, stretch: Stretch) -> History:
    """What the centre's own lines make of it; None: what all do."""
    counted = counted_at(reading, stream, stretch.moment)
    cases = [case for each in counted if (case := _case_listed(each.event))]
    told = _told(counted, _case_listed, _those_of(reading, cases, centre))
    return shown(reading, stream, reading.ledger.fold(stream, told), told, stretch)


@comparable
def get_batch_history(reading: Reading, batch: SeenBatch, stretch: Stretch) -> History:
    """What was pasted stands in it whole: so it is not for who does not read of one of its people.

    Raises `NotAllowed`.
    """
    if not reads_restricted(reading):
        with reading.views.reading() as conn:
            cases = [line.case_id for line in batch.state.lines if line.case_id]
            named = batches.by_id(conn, cases, None).values()
        if any(each.restricted_until is not None for each in named):
            raise NotAllowed("restricted_to_coordinator")
    return history(reading, stream_id(StreamKind.BATCH, batch.id), stretch)


@comparable
def get_staff_history(reading: Reading, stretch: Stretch) -> History:
    return history(reading, DIRECTORY, stretch)


@comparable
def get_registry_history(reading: Reading, stretch: Stretch) -> History:
    return history(reading, REGISTRY, stretch)


def _those_of(
    reading: Reading, cases: Iterable[UUID | None], centre: str | None
) -> Collection[UUID] | None:
    """Which of the cases are the centre's; None: the reader is of none, and sees all."""
    if centre is None:
        return None
    with reading.views.reading() as conn:
        return caseload.in_centre(conn, {case for case in cases if case}, centre)


def _told(
    events: Iterable[Recorded],
    case_of: Callable[[Event], UUID | None],
    theirs: Collection[UUID] | None,
) -> list[Recorded]:
    """The events that are about no case, or about one of theirs; all of them for None."""
    if theirs is None:
        return list(events)
    about = ((each, case_of(each.event)) for each in events)
    return [each for each, case in about if case is None or case in theirs]


def _case_paid(event: Event, cases: Mapping[UUID, UUID | None]) -> UUID | None:
    """The case that an event of an agreement is a line of."""
    project: UUID | None = getattr(event, "project_id", None)
    return None if project is None else cases[project]


def _case_listed(event: Event) -> UUID | None:
    """The case that an event of a ceremony, session or cohort is a line of."""
    return getattr(event, "case_id", None)
