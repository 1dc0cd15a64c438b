"""A case's answer lists a track's steps for each of its tracks."""

from datetime import UTC, date, datetime
from uuid import UUID

from domain.case.moment import Moment
from domain.case.state import CaseState
from domain.case.vocabulary import Route
from domain.message import Actor, Role
from domain.tracks.self_employment.state import SelfEmployment
from domain.tracks.self_employment.vocabulary import TrainingStatus
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
    opened = [(each.step, each.track_id) for each in open_steps(CASE, WITH_TWO, ACTOR)]
    assert ("complete-training", FIRST) in opened
    assert ("enrol-in-training", SECOND) in opened
    assert ("enrol-in-training", FIRST) not in opened
    assert ("record-contact", None) in opened


def test_a_step_closed_for_one_track_says_which() -> None:
    closed = list(closed_steps(WITH_TWO, Language.ENGLISH))
    found = {each.track_id: each.code for each in closed if each.step == "complete-training"}
    assert found == {SECOND: "not_enrolled"}


def test_without_a_track_its_steps_say_that_one_must_be_opened() -> None:
    closed = list(closed_steps(WITHOUT, Language.ENGLISH))
    found = {each.track_id: each.code for each in closed if each.step == "complete-training"}
    assert found == {None: "track_not_open"}
