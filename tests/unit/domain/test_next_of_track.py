"""What falls due next of a track: the first of what is outstanding of it, without what is the person's."""

from typing import cast

import pytest

from domain.case.reviews import dues, next_of_track
from domain.case.schedule import ReviewKind
from domain.message import Step
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.state import SelfEmployment
from tests.unit.domain.conftest import House, die


def following(house: House) -> ReviewKind | None:
    track = cast("SelfEmployment", next(iter(house.case.tracks.values())))
    due = next_of_track(house.case, track, house.paper.calendar)
    assert due is None or due in dues(house.case, house.paper.calendar)
    return due.kind if due else None


@pytest.mark.parametrize(
    ("until", "kind"),
    [
        (s.RecordStudy, ReviewKind.STUDY),
        (s.RecordDecision, ReviewKind.DECISION),
        (s.SignUndertaking, ReviewKind.UNDERTAKING),
    ],
)
def test_is_what_the_last_step_opened(house: House, until: type[Step], kind: ReviewKind) -> None:
    house.walk(house.way.steps(), until=until)
    assert following(house) is kind


def test_is_nothing_of_somebody_who_died(house: House) -> None:
    house.walk(house.way.steps(), until=s.SignUndertaking)
    die(house, house.way.day(387))
    assert following(house) is None
