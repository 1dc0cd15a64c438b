"""What a holiday moves is told with the day on which it would have been due."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from domain.case.reviews import dues
from domain.case.schedule import Due, ReviewKind
from domain.message import StreamKind, stream_id
from domain.values.calendar import Calendar
from service.queries import agenda
from tests.unit.domain.conftest import House

CASE = uuid4()


def row(due: Due) -> Any:
    return SimpleNamespace(task_id=uuid4(), case_id=CASE, key=due.key, due_on=due.due_on)


def reading(house: House) -> Any:
    states = {stream_id(StreamKind.CASE, CASE): house.case}
    return SimpleNamespace(
        ledger=SimpleNamespace(states=lambda asked: {it: states[it] for it in asked})
    )


def test_only_what_a_holiday_moved_is_told_with_its_own_day(house: House) -> None:
    house.walk(house.way.steps())
    without = Calendar("without", frozenset())
    own = next(due for due in dues(house.case, without) if due.kind is ReviewKind.VISIT)
    calendar = Calendar("with", frozenset({own.due_on}))
    rows = [row(due) for due in dues(house.case, calendar)]
    moved = agenda._moved(reading(house), rows, calendar)
    told = {each.key: moved[each.task_id] for each in rows if each.task_id in moved}
    assert told[own.key] == own.due_on
    by_key = {due.key: due.due_on for due in dues(house.case, without)}
    assert told == {
        due.key: by_key[due.key]
        for due in dues(house.case, calendar)
        if by_key[due.key] != due.due_on and agenda._is_beside_a_holiday(due.due_on, calendar)
    }
    assert agenda._moved(reading(house), rows, without) == {}


def test_a_day_is_beside_a_holiday_over_a_weekend_too() -> None:
    friday = date(2026, 11, 27)
    calendar = Calendar("x", frozenset({friday}))
    told = [
        agenda._is_beside_a_holiday(friday + timedelta(days=days), calendar)
        for days in range(-2, 6)
    ]
    assert told == [False, True, True, True, True, True, False, False]
