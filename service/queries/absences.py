"""Who stands in for whom; and the cases still with somebody who left, or that another centre is to follow."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.errors import Unavailable
from domain.message import Message
from domain.staff.standing_in.state import Delegation
from domain.staff.state import StaffState
from projections.views import caseload, still_open
from service.access.reader import Reading, Sources
from service.queries.handing_on import PassingCases, passing, registry_of


class StandingIn(Message):
    """A delegation that holds, or will."""

    delegation_id: UUID
    staff_id: UUID
    """Who is absent."""
    delegate: UUID
    since: date
    until: date
    """The last day."""
    holds: bool
    """Whether it holds today."""
    yours: bool
    """Whether you stand in."""


class DelegationList(Message):
    delegations: tuple[StandingIn, ...]


class LeftCases(Message):
    """Open cases that are still with somebody who left: to be assigned to others."""

    staff_id: UUID
    label: str | None
    centre: str | None
    left_on: date
    open_cases: int


class CasesOfClosing(Message):
    """Open cases in a centre that closed or closes: to be referred to others."""

    centre: str
    closed_from: date
    open_cases: int


class LeftCasesList(Message):
    left: tuple[LeftCases, ...]
    closing: tuple[CasesOfClosing, ...]
    passing: tuple[PassingCases, ...]


def with_absent(reading: Reading, filters: caseload.Filters) -> caseload.Filters:
    """Who asks for their own cases has those among them of whom they stand in for today."""
    return replace(filters, absent=absent_of(reading, filters.caseworker))


def absent_of(reading: Reading, caseworker: UUID | None) -> tuple[UUID, ...]:
    """For whom the reader stands in today, where they ask for their own."""
    reader = reading.reader.actor.id
    own = caseworker == reader
    return reading.directory.staff().absent_for(reader, reading.today) if own else ()


def list_delegations(reading: Reading, centre: str | None) -> DelegationList:
    """Those of a centre that are not over, the first to begin first; without one, everybody's."""
    state, today = reading.directory.staff(), reading.today
    found = [
        each
        for each in state.delegations.values()
        if not each.is_over(today) and centre in (None, _centre_of(state, each))
    ]
    return DelegationList(
        delegations=tuple(
            StandingIn(
                delegation_id=each.delegation_id,
                staff_id=each.staff_id,
                delegate=each.delegate,
                since=each.since,
                until=each.until,
                holds=each.holds_on(today),
                yours=each.delegate == reading.reader.actor.id,
            )
            for each in sorted(found, key=lambda each: (each.since, each.delegation_id))
        )
    )


def _centre_of(state: StaffState, each: Delegation) -> str | None:
    return state.staff[each.staff_id].actor.centre


def cases_with(sources: Sources, staff_id: UUID) -> int:
    """How many open cases somebody has; none where the views cannot be read, which stops nobody."""
    try:
        with sources.views.reading() as conn:
            return still_open.by_caseworker(conn, [staff_id]).get(staff_id, 0)
    except Unavailable:
        return 0


def list_left_cases(reading: Reading, centre: str | None) -> LeftCasesList:
    """Of a centre, or everywhere, who left the longest ago first."""
    state = reading.directory.staff()
    gone = {
        each.actor.id: each
        for each in state.staff.values()
        if each.left_on is not None and centre in (None, each.actor.centre)
    }
    registry = registry_of(reading)
    closings = {
        each: since
        for each in registry.centres
        if centre in (None, each) and (since := registry.closing_of(each)) is not None
    }
    with reading.views.reading() as conn:
        many = still_open.by_caseworker(conn, gone.keys())
        remain = {each: still_open.in_centre(conn, each) for each in closings}
        leaving = passing(reading, conn, centre)
    found = [
        LeftCases(
            staff_id=staff_id,
            label=each.label,
            centre=each.actor.centre,
            left_on=each.left_on,
            open_cases=many[staff_id],
        )
        for staff_id, each in gone.items()
        if each.left_on is not None and many.get(staff_id)
    ]
    return LeftCasesList(
        left=tuple(sorted(found, key=lambda each: each.left_on)),
        closing=tuple(
            CasesOfClosing(centre=each, closed_from=since, open_cases=remain[each])
            for each, since in closings.items()
            if remain[each]
        ),
        passing=leaving,
    )
