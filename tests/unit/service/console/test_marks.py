"""What is said at a ceremony's table of who did not come: for its day, and for all who hold it."""

import asyncio
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from domain.ceremony.vocabulary import MissedBecause
from service.console.hand_made.marks import mark, marks_of, unmark
from service.console.visit import Signed
from service.identity.sign_ins.drafts import MOST, Drafts
from service.identity.sign_ins.tables import SIGN_INS
from service.keeping import open_engine
from service.queries.ceremonies import Ceremony

HALL, CASE, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)


def on(day: int) -> Ceremony:
    return cast("Ceremony", SimpleNamespace(ceremony_id=HALL, held_on=date(2026, 11, day)))


def visit_of(tmp_path: Path) -> Signed:
    drafts = Drafts(open_engine(f"sqlite://{tmp_path / 'sign_ins.db'}", SIGN_INS), bytes(32))
    return cast("Signed", SimpleNamespace(sign_ins=SimpleNamespace(drafts=drafts)))


def told(visit: Signed, day: int) -> Mapping[UUID, Any]:
    return asyncio.run(marks_of(visit, on(day)))


def test_what_is_said_last_stands_until_it_is_taken_back(tmp_path: Path) -> None:
    visit = visit_of(tmp_path)
    for because in MissedBecause:
        asyncio.run(mark(visit, on(27), CASE, because))
    asyncio.run(mark(visit, on(27), OTHER, MissedBecause.ABSENT))
    assert told(visit, 27) == {CASE: MissedBecause.LATER, OTHER: MissedBecause.ABSENT}
    asyncio.run(unmark(visit, on(27), CASE))
    assert told(visit, 27) == {OTHER: MissedBecause.ABSENT}


def test_what_was_said_for_another_day_counts_for_nothing(tmp_path: Path) -> None:
    visit = visit_of(tmp_path)
    asyncio.run(mark(visit, on(20), CASE, MissedBecause.ABSENT))
    assert told(visit, 27) == {}


def test_a_long_list_is_kept_whole(tmp_path: Path) -> None:
    visit = visit_of(tmp_path)
    for number in range(MOST + 1):
        asyncio.run(mark(visit, on(27), UUID(int=number), MissedBecause.ABSENT))
    assert len(told(visit, 27)) == MOST + 1
