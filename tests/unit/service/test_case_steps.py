"""A case's answer lists a track's steps for each of its tracks."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.case.moment import Moment
from domain.case.state import CaseState
from domain.case.vocabulary import Route
from domain.events.levels import FIRST as FIRST_LEVEL
from domain.events.levels import Came, Levels
from domain.message import Actor, Role
from domain.tracks.self_employment.state import SelfEmployment
from domain.tracks.training.vocabulary import TrainingStatus
from service.queries.case_steps import closed_steps, open_steps
from service.words.language import Language

ACTOR = Actor(id=UUID(int=7), role=Role.CASEWORKER, centre="fes")
OPENED = Moment(date(2024, 1, 8), datetime(2024, 1, 8, tzinfo=UTC))
CASE, FIRST, SECOND = UUID(int=1), UUID(int=2), UUID(int=3)
WITHOUT = CaseState(version=1, route=Route.AFTER_RELEASE, opened=OPENED)
WITH_TWO = WITHOUT.with_track(
    FIRST, SelfEmployment(opened=OPENED, training=TrainingStatus.ENROLLED)
).with_track(SECOND, SelfEmployment(opened=OPENED))


def test_a_step_is_open_for_the_tracks_whose_conditions_hold() -> None:
    opened = [(each.step, each.track_id) for each in open_steps(CASE, WITH_TWO, ACTOR, FIRST_LEVEL)]
    assert ("complete-training", FIRST) in opened
    assert ("enrol-in-training", SECOND) in opened
    assert ("enrol-in-training", FIRST) not in opened
    assert ("record-contact", None) in opened


def test_a_step_closed_for_one_track_says_which() -> None:
    closed = list(closed_steps(WITH_TWO, Language.ENGLISH, FIRST_LEVEL))
    found = {each.track_id: each.code for each in closed if each.step == "complete-training"}
    assert found == {SECOND: "not_enrolled"}


def test_without_a_track_its_steps_say_that_one_must_be_opened() -> None:
    closed = list(closed_steps(WITHOUT, Language.ENGLISH, FIRST_LEVEL))
    found = {each.track_id: each.code for each in closed if each.step == "complete-training"}
    assert found == {None: "track_not_open"}


def test_a_step_that_came_with_a_level_not_reached_is_not_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    levels = Levels(Came(steps={"record-contact"}))
    monkeypatch.setattr("service.queries.case_steps.LEVELS", levels)

    def opened(level: int) -> set[str]:
        return {each.step for each in open_steps(CASE, WITH_TWO, ACTOR, level)}

    assert opened(FIRST_LEVEL) == opened(levels.reads) - {"record-contact"}
    closed = {each.step: each for each in closed_steps(WITH_TWO, Language.FRENCH, FIRST_LEVEL)}
    assert closed["record-contact"].code == "upgrade_unfinished"
    assert "jisr upgrade finish" in closed["record-contact"].reason


def test_nothing_is_open_above_the_level_that_is_read() -> None:
    assert list(open_steps(CASE, WITH_TWO, ACTOR, FIRST_LEVEL + 1)) == []
    closed = list(closed_steps(WITH_TWO, Language.ENGLISH, FIRST_LEVEL + 1))
    assert {each.code for each in closed} == {"newer_release_needed"}
