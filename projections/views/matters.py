"""What else stands on somebody's list, and is no review: who was released, who called, on whom a
case waits.

A row for each, of open cases only. A release is of the last days: since which, is an argument.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from sqlalchemy import Connection, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.case.awaiting.state import still_awaited
from domain.case.calls.state import called
from domain.case.moment import day_of
from domain.case.state import CaseState
from domain.message import FieldClass, Message, StreamKind, derived_id
from domain.seeing_to import closed_because
from domain.values.calendar import local_date
from domain.values.papers import PaperKind
from projections.deriving import Derived, Folds
from projections.view import UNANSWERED, View, unvalidated
from projections.views.pages import Order, Page, Part, counted, page_of


class MatterKind(StrEnum):
    RELEASED = "released"
    """They are free, since lately."""
    CALLED = "called"
    """They called, or somebody for them, and nobody has reached them since."""
    WAITING = "waiting"
    """Somebody outside has not answered."""


BY_STEP = {
    MatterKind.RELEASED: "record-contact",
    MatterKind.CALLED: "record-contact",
    MatterKind.WAITING: "record-third-party-answer",
}
"""The step that each is seen to by."""


class MatterRow(Message):
    """Something about a case that somebody must know of."""

    matter_id: UUID
    case_id: UUID
    kind: Annotated[MatterKind | None, FieldClass.JUDICIAL]
    since: date
    """Since when it stands here. Of a release that was told of late, and after which nobody met them
    yet, the day on which it was told."""
    happened_on: Annotated[date | None, FieldClass.JUDICIAL]
    """The day of the release or the call, or from which on is waited."""
    seen_to_on: Annotated[date | None, FieldClass.JUDICIAL]
    """The first contact since the release, where there was one: nothing more is to be done."""
    awaited_id: UUID | None
    party: Annotated[str | None, FieldClass.JUDICIAL]
    """On whom is waited, by the registry's code."""
    party_name: Annotated[str | None, FieldClass.JUDICIAL]
    """On whom, where the registry does not have them."""
    awaiting: Annotated[str | None, FieldClass.HEALTH]
    """For what."""
    paper: Annotated[PaperKind | None, FieldClass.JUDICIAL]
    asked_on: date | None
    """When they were last asked."""
    answer_by: date | None
    """When it was promised for."""
    centre: str
    caseworker: UUID
    province: str
    blocked: Annotated[str | None, FieldClass.JUDICIAL]
    """Why the step that sees to it cannot be taken now, as a problem's code."""
    restricted: Annotated[bool, UNANSWERED]
    """Whether the person's data is restricted."""


WHOSE = ((), ("centre",), ("caseworker",))
"""Of whom lists are asked for. What is counted stands whole in an index, so no row is read for it."""

matters = View(
    "matters",
    MatterRow,
    key=["matter_id"],
    owner="case_id",
    indexes=[
        ["case_id"],
        *([*whose, "kind", "since", "matter_id", "restricted"] for whose in WHOSE),
    ],
)
columns = matters.c
_row = unvalidated(MatterRow)

LONGEST = "longest"
"""What stands there for longest first."""
ORDER = Order((columns.since,), columns.matter_id)


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    kind: Annotated[MatterKind | None, FieldClass.JUDICIAL] = None
    case_id: UUID | None = None
    centre: str | None = None
    caseworker: UUID | None = None
    absent: tuple[UUID, ...] = ()
    """For whom the caseworker stands in: theirs are among the caseworker's."""
    province: str | None = None
    unrestricted: bool | None = None
    """Only of cases whose person's data is not restricted."""


class Counts(Message):
    """How many there are of each kind, as many as are listed."""

    released: int
    called: int
    waiting: int


def find(conn: Connection, filters: Filters, lately: date, part: Part) -> Page[MatterRow]:
    """One page; of releases those since `lately`. Raises what `page_of` raises."""
    query = select(matters.table).where(*_conditions(filters, lately))
    return page_of(conn, query, ORDER, part, filters, matters.read)


def counts(conn: Connection, filters: Filters, lately: date) -> Counts:
    """Of each kind by itself: most releases are long past, and are not looked at."""
    wanted = [kind for kind in MatterKind if filters.kind in (None, kind)]
    found = {
        kind: counted(
            conn, select(matters.table).where(*_conditions(replace(filters, kind=kind), lately))
        )
        for kind in wanted
    }
    return Counts(**{kind: found.get(kind, 0) for kind in MatterKind})


def _conditions(filters: Filters, lately: date) -> Iterator[ColumnElement[bool]]:
    if filters.caseworker is not None:
        yield columns.caseworker.in_((filters.caseworker, *filters.absent))
    for name in ("kind", "case_id", "centre", "province"):
        wanted = getattr(filters, name)
        if wanted is not None:
            yield columns[name] == wanted
    if filters.unrestricted:
        yield columns.restricted.is_(False)
    since_lately = columns.since >= lately
    match filters.kind:
        case None:
            yield or_(columns.kind != MatterKind.RELEASED, since_lately)
        case MatterKind.RELEASED:
            yield since_lately


@dataclass(frozen=True, slots=True)
class Found:
    """A matter as the case's state has it."""

    kind: MatterKind
    name: str
    """What tells it from others of the case."""
    happened_on: date
    since: date
    seen_to_on: date | None = None
    awaited_id: UUID | None = None
    party: str | None = None
    party_name: str | None = None
    awaiting: str | None = None
    paper: PaperKind | None = None
    asked_on: date | None = None
    answer_by: date | None = None


def found_in(case: CaseState) -> Iterator[Found]:
    """Of two cases of one person what is about the person stands in the one that goes on."""
    if not case.is_open:
        return
    if case.set_aside_for is None and case.died is None:
        yield from _about_the_person(case)
    for awaited_id, each in case.awaited.items():
        if still_awaited(each):
            yield Found(
                kind=MatterKind.WAITING,
                name=str(awaited_id),
                happened_on=each.since.on,
                since=each.since.on,
                awaited_id=awaited_id,
                party=each.party,
                party_name=each.party_name,
                awaiting=each.awaiting,
                paper=each.paper,
                asked_on=each.asked.on,
                answer_by=each.answer_by,
            )


def _about_the_person(case: CaseState) -> Iterator[Found]:
    released, call, met = case.custody.released, called(case), case.first_contact
    if released is not None and case.is_free:
        known, seen_to_on = max(released.on, local_date(released.known)), day_of(met)
        since = known if met is None else released.on
        yield Found(MatterKind.RELEASED, "", released.on, since, seen_to_on)
    if call is not None:
        yield Found(MatterKind.CALLED, "", call.on, call.on)


def _rows(name: str, folds: Folds) -> Iterable[MatterRow]:
    state = folds.case(name).state
    if state.centre is None or state.caseworker is None or state.province is None:
        return
    if state.beneficiary_id is None:
        return
    case_id = UUID(name)
    restricted = folds.beneficiary(state.beneficiary_id).state.restricted
    for each in found_in(state):
        yield _row(
            matter_id=derived_id(case_id, f"{each.kind}/{each.name}"),
            case_id=case_id,
            kind=each.kind,
            since=each.since,
            happened_on=each.happened_on,
            seen_to_on=each.seen_to_on,
            awaited_id=each.awaited_id,
            party=each.party,
            party_name=each.party_name,
            awaiting=each.awaiting,
            paper=each.paper,
            asked_on=each.asked_on,
            answer_by=each.answer_by,
            centre=state.centre,
            caseworker=state.caseworker,
            province=state.province,
            blocked=closed_because(BY_STEP[each.kind], state),
            restricted=restricted,
        )


MATTERS = Derived(matters, StreamKind.CASE, _rows)
