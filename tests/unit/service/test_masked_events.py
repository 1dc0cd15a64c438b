"""Whoever reads, by whatever way: no field of an event that their role may not see."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from domain import commands
from domain.case.custody.events import ReleaseRecorded
from domain.case.custody.vocabulary import ReleaseKind
from domain.case.reviews import dues
from domain.case.schedule import OF_CUSTODY, ReviewKind
from domain.case.state import CaseState
from domain.case.steps import ExemptReview
from domain.events.stored import EVENTS
from domain.events.veil import veiled
from domain.message import (
    ENCRYPTED,
    Event,
    FieldClass,
    OriginKind,
    Role,
    StreamKind,
    class_of,
)
from domain.rules import ExemptionReason
from domain.steps.handling import State
from projections.views.caseload_rows import NextReview
from projections.views.reminders import Reminder
from projections.views.timeline import TimelineEntry, details
from service.access.masking import masked, shown_of_event, shown_of_state
from service.access.table import FIELDS
from service.console.showing.list_rows import Known
from service.console.showing.story import told as told_on_a_page
from service.words.language import Language
from tests.support.paper import Paper
from tests.unit.domain.conftest import House

INSTANT = datetime(2024, 7, 19, 9, 30, tzinfo=UTC)
PLAIN: dict[type, Any] = {
    bool: True,
    int: 424242,
    Decimal: Decimal("313131.31"),
    date: date(1999, 12, 24),
    datetime: datetime(1998, 11, 23, 1, 2, tzinfo=UTC),
    UUID: UUID(int=0xABCDEF),
}
HIDDEN_ROLES = [role for role, classes in FIELDS.items() if not classes >= ENCRYPTED]


def something(annotation: Any, text: str) -> Any:
    """A value of that type that can be found again."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return something(inside[0], text)
    if origin in (Union, UnionType):
        return something(next(each for each in inside if each is not NoneType), text)
    if origin in (tuple, list, frozenset):
        return origin([something(inside[0], text)])
    if origin is dict:
        return {something(inside[0], text): something(inside[1], text)}
    return something_plain(annotation, text)


def something_plain(annotation: Any, text: str) -> Any:
    if issubclass(annotation, Enum):
        return list(annotation)[-1]
    if issubclass(annotation, BaseModel):
        return filled(annotation, text)
    return text if annotation is str else PLAIN[annotation]


def filled(model: type[BaseModel], text: str = "") -> Any:
    values = {
        name: something(field.annotation, text or f"the {name} that was told")
        for name, field in model.model_fields.items()
    }
    return model.model_construct(**values)


def hidden(event: Event, role: Role) -> set[str]:
    return {
        name for name in type(event).model_fields if class_of(type(event), name) not in FIELDS[role]
    }


@pytest.mark.parametrize("role", FIELDS)
@pytest.mark.parametrize("name", EVENTS)
def test_history_shows_of_an_event_what_the_role_may_see(name: str, role: Role) -> None:
    event = filled(EVENTS[name])
    assert shown_of_event(event, role).keys() == type(event).model_fields.keys() - hidden(
        event, role
    )


@pytest.mark.parametrize("name", EVENTS)
def test_the_timeline_has_nothing_of_a_persons_own(name: str) -> None:
    event = filled(EVENTS[name])
    own = {n for n in type(event).model_fields if class_of(type(event), n) in ENCRYPTED}
    assert details(event).keys() == type(event).model_fields.keys() - own


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", EVENTS)
def test_the_console_shows_no_more_than_the_timeline(name: str, language: Language) -> None:
    """Of any event type, for any role: only its open fields come to a page at all."""
    event = filled(EVENTS[name])
    entry = entry_of(event, name)
    for role in FIELDS:
        said = json.dumps([repr(line) for line in lines(entry, role, language)])
        for field in (n for n in type(event).model_fields if class_of(type(event), n) in ENCRYPTED):
            assert f"the {field} that was told" not in said


@pytest.mark.parametrize("role", FIELDS)
def test_the_timeline_shows_custody_to_those_who_may_know_of_it(role: Role) -> None:
    entry = entry_of(ReleaseRecorded(release=ReleaseKind.PARDON), "ReleaseRecorded")
    seen = masked(entry, role)
    if role in HIDDEN_ROLES:
        assert (seen.type, seen.occurred_on) == ("CircumstancesRecorded", date(2024, 7, 1))
        assert seen.details == {}
    else:
        assert seen == entry


@pytest.mark.parametrize("kind", ReviewKind)
def test_the_days_of_reviews_that_hang_on_custody_are_months_to_others(kind: ReviewKind) -> None:
    review = NextReview(
        key=f"{kind}/2024-07-18",
        kind=kind,
        due_on=date(2024, 7, 18),
        window_start=date(2024, 6, 30),
        window_end=date(2024, 8, 2),
    )
    seen = masked(review, Role.DIVISION)
    days = (seen.due_on, seen.window_start, seen.window_end)
    if kind in OF_CUSTODY:
        assert days == (date(2024, 7, 1), date(2024, 6, 1), date(2024, 8, 1))
    else:
        assert days == (review.due_on, review.window_start, review.window_end)
    assert (seen.key, seen.kind) == (None, None)
    assert masked(review, Role.CASEWORKER) is review


@pytest.mark.parametrize("level", ["", "escalation/1/", "escalation/2/"])
@pytest.mark.parametrize("kind", ReviewKind)
def test_so_are_the_days_of_their_reminders(kind: ReviewKind, level: str) -> None:
    """Those of the reviews before a release are so many days from it, and tell it: so do those of
    what goes to the supervisors.
    """
    reminder = Reminder(
        position=1,
        case_id=uuid4(),
        centre="taza",
        review=f"{level}{kind}/90/2024-10-16",
        due_on=date(2024, 7, 18),
        missed=False,
        fired_at=INSTANT,
        level=level.count("/"),
        told=(uuid4(),),
    )
    seen = masked(reminder, Role.DIVISION)
    if kind in OF_CUSTODY:
        month = datetime(INSTANT.year, INSTANT.month, 1, tzinfo=UTC)
        assert (seen.due_on, seen.fired_at) == (date(2024, 7, 1), month)
    else:
        assert (seen.due_on, seen.fired_at) == (reminder.due_on, INSTANT)
    assert seen.review is None
    assert masked(reminder, Role.CASEWORKER) is reminder


def entry_of(event: Event, name: str) -> TimelineEntry:
    return TimelineEntry(
        position=1,
        stream=f"case/{uuid4()}",
        version=1,
        type=name,
        occurred_on=date(2024, 7, 18),
        recorded_at=INSTANT,
        actor_id=uuid4(),
        actor_role=Role.CASEWORKER,
        actor_centre="taza",
        origin=OriginKind.API,
        command_id=uuid4(),
        has_reason=True,
        details=details(event),
    )


def lines(entry: TimelineEntry, role: Role, language: Language) -> Iterator[object]:
    return told_on_a_page((masked(entry, role),), Known(staff={}, centres={}), language)


def walk(house: House) -> None:
    """The whole way, and a visit that cannot be held."""
    house.walk(house.way.steps())
    outstanding = dues(house.case, house.paper.calendar)
    review = [due.key for due in outstanding if due.kind is ReviewKind.VISIT][-1]
    house.by_two(
        ExemptReview(
            occurred_on=house.way.delivered_on, review=review, because=ExemptionReason.HEALTH
        )
    )


def told(paper: Paper, kind: StreamKind = StreamKind.CASE, *, keys: bool) -> Iterator[State]:
    """The case, or the like, after each of its events, read with the person's key and without."""
    state = commands.initial(kind)
    for recorded in paper.events:
        if recorded.event.stream is kind:
            read = recorded if keys else veiled(recorded)
            event = read.event if keys else erased(read.event)
            state = commands.evolve(kind, state, event, read.envelope)
            yield state


def erased(event: Event) -> Event:
    own = [n for n in type(event).model_fields if class_of(type(event), n) in ENCRYPTED]
    return event.model_copy(update=dict.fromkeys(own))


@pytest.mark.parametrize("role", HIDDEN_ROLES)
@pytest.mark.parametrize(
    ("kind", "events"),
    [
        (StreamKind.CASE, 15),
        (StreamKind.BENEFICIARY, 1),
        (StreamKind.PROJECT, 5),
        (StreamKind.STAFF, 1),
    ],
)
def test_a_state_shows_nothing_that_came_of_a_hidden_field(
    kind: StreamKind, events: int, role: Role, house: House
) -> None:
    """What a role sees of it is the same whether or not the encrypted fields can be read."""
    walk(house)
    whole, without = (list(told(house.paper, kind, keys=keys)) for keys in (True, False))
    assert len(whole) > events
    for one, other in zip(whole, without, strict=True):
        assert shown(one, role) == shown(other, role)


def test_those_who_may_see_all_see_all_of_a_state(house: House) -> None:
    walk(house)
    state = list(told(house.paper, keys=True))[-1]
    assert isinstance(state, CaseState)
    assert shown(state, Role.CASEWORKER) == to_jsonable_python(state)
    assert shown(state, Role.DIVISION)["custody"] is None
    assert shown(state, Role.DIVISION)["centre"] == state.centre


def shown(state: State, role: Role) -> Any:
    return shown_of_state(state, to_jsonable_python(state), role)


def test_a_role_nobody_holds_sees_no_field_of_any_event() -> None:
    for event in EVENTS.values():
        assert shown_of_event(filled(event), Role.TIMER) == {}


def test_classes_are_what_the_roles_are_told_apart_by() -> None:
    assert {FieldClass.PERSONAL, FieldClass.JUDICIAL, FieldClass.HEALTH} == ENCRYPTED
    assert HIDDEN_ROLES == [Role.DIVISION, Role.ADMINISTRATOR]
