"""Whom a reminder is addressed to, by the directory of staff as it stands when it is recorded.

Each level begins with whoever is asked first and goes on to the next, so that a reminder is nobody's
only where the house has nobody: who left, or works in another centre since, is passed over, and for
whoever is absent it goes to who stands in for them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from domain.case.schedule import ReviewKind
from domain.case.state import CaseState
from domain.message import Role
from domain.staff.state import StaffState

Told = tuple[UUID, ...]
"""Members of staff, each once."""

_Asked = Callable[[CaseState, StaffState, date], Iterator[UUID]]


def _caseworker(case: CaseState, staff: StaffState, day: date) -> Iterator[UUID]:
    if case.caseworker is None or case.centre is None:
        return
    if staff.works_in(case.caseworker, case.centre):
        yield from _present(case.caseworker, staff, day)


def _coordinators(case: CaseState, staff: StaffState, day: date) -> Iterator[UUID]:
    for each in _of_role(staff, Role.COORDINATOR, case.centre):
        yield from _present(each, staff, day)


def _division(_case: CaseState, staff: StaffState, _day: date) -> Iterator[UUID]:
    yield from _of_role(staff, Role.DIVISION, None)


def _of_role(staff: StaffState, role: Role, centre: str | None) -> Iterator[UUID]:
    for staff_id, each in staff.staff.items():
        if each.left_on is None and (each.actor.role, each.actor.centre) == (role, centre):
            yield staff_id


def _present(staff_id: UUID, staff: StaffState, day: date) -> Sequence[UUID]:
    """They, or who stands in for them on that day."""
    return sorted(staff.delegates_of(staff_id, day)) or [staff_id]


ASKED: Mapping[int, Sequence[_Asked]] = {
    0: (_caseworker, _coordinators, _division),
    1: (_coordinators, _division, _caseworker),
    2: (_division, _coordinators, _caseworker),
}
"""By level: the review itself, what stays undone, and what stays undone longer."""


def told(case: CaseState, level: int, staff: StaffState, day: date) -> Told:
    """To whom a reminder of that level goes on a day; to nobody where the house has none of them."""
    for asked in ASKED[min(level, max(ASKED))]:
        if found := tuple(dict.fromkeys(asked(case, staff, day))):
            return found
    return ()


def level_of(review: str) -> int:
    """Of a reminder by the name of what it is about: an escalation's level, else 0."""
    kind, _, rest = review.partition("/")
    return int(rest.partition("/")[0]) if kind == ReviewKind.ESCALATION else 0


def undone(review: str) -> str:
    """The review that a reminder is about, by the name of what it tells: also of an escalation."""
    kind, *rest = review.split("/", 2)
    return rest[-1] if kind == ReviewKind.ESCALATION and rest else review
