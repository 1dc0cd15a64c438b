"""What binds a person in freedom: alternative penalties, conditions, and a minor's placement."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.beneficiary.steps import CorrectIdentity
from domain.beneficiary.vocabulary import Sex
from domain.case.custody import steps as custody
from domain.case.custody import steps as s
from domain.case.custody.vocabulary import (
    DetentionKind,
    EpisodeEnd,
    EpisodeKind,
    PenaltyKind,
    ReleaseKind,
)
from domain.case.schedule import ReviewKind
from domain.case.vocabulary import Route, Stage
from domain.example.person import EXAMPLE
from domain.message import StreamKind, stream_id
from domain.rules.v1 import V1
from tests.unit.domain.conftest import House
from tests.unit.domain.custody.conftest import Life, opened

PENALTY = EpisodeKind.ALTERNATIVE_PENALTY
IN_FORCE = V1.alternative_penalties_since


@pytest.fixture
def lately(house: House) -> Life:
    """A case opened after law 43-22 came into force, without detention."""
    way = replace(house.way, begins=IN_FORCE + timedelta(days=10))
    return opened(replace(house, way=way), Route.WITHOUT_DETENTION)


def penalty(life: Life, day: int, **told: Any) -> s.BeginAlternativePenalty:
    every: dict[str, Any] = {"penalty": PenaltyKind.COMMUNITY_WORK, "hours_ordered": 120} | told
    return s.BeginAlternativePenalty(occurred_on=life.day(day), **every)


def placed(life: Life) -> bool:
    return life.custody.placed


def born(life: Life, on: date) -> None:
    house = life.house
    identity = CorrectIdentity(
        occurred_on=life.day(0),
        name_latin="Salma",
        sex=Sex.FEMALE,
        birth_date=on,
        explanation="By the certificate of birth.",
    )
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    house.paper.take(person, identity, house.caseworker)


def test_a_penalty_as_the_sentence_leaves_the_person_free(lately: Life) -> None:
    lately.take(penalty(lately, 5))
    assert lately.is_free()
    assert lately.custody.released is None
    lately.end(60, PENALTY, EpisodeEnd.END_OF_SENTENCE)
    assert lately.custody.released is None, "the end of a penalty in freedom is no release"


def test_a_penalty_for_what_remains_of_a_sentence_is_a_release(lately: Life) -> None:
    lately.enter(5)
    assert not lately.is_free()
    lately.take(penalty(lately, 40))
    assert lately.is_free()
    assert [each.end for each in lately.custody.episodes] == [EpisodeEnd.REPLACED, None]
    (due,) = lately.due(ReviewKind.FIRST_CONTACT)
    assert due.window_start == lately.day(40)


def test_a_penalty_that_fails_ends_in_prison(lately: Life) -> None:
    lately.take(penalty(lately, 5))
    lately.take(s.RecordBreach(occurred_on=lately.day(30), reason="Did not come."))
    lately.come_back(50)
    assert lately.stage() is Stage.DETENTION
    assert [each.end for each in lately.custody.episodes] == [EpisodeEnd.REVOKED, None]
    lately.leave(90)
    assert lately.is_free()


def test_no_penalty_before_its_law(house: House) -> None:
    life = opened(house, Route.DETENTION)
    assert life.refuses(penalty(life, 30)) == "penalty_before_its_law"


def test_from_fifteen_years_on(lately: Life) -> None:
    birthday = lately.day(6)
    born(lately, birthday.replace(year=birthday.year - 15))
    assert lately.refuses(penalty(lately, 5)) == "penalty_below_age"
    lately.take(penalty(lately, 6))


@pytest.mark.parametrize(
    ("hours", "code"), [(39, "hours_out_of_bounds"), (3601, "hours_out_of_bounds")]
)
def test_community_work_has_its_bounds(lately: Life, hours: int, code: str) -> None:
    assert lately.refuses(penalty(lately, 5, hours_ordered=hours)) == code


def test_hours_are_of_community_work_alone(lately: Life) -> None:
    code = "hours_missing_or_superfluous"
    assert lately.refuses(penalty(lately, 5, hours_ordered=None)) == code
    assert lately.refuses(penalty(lately, 5, penalty=PenaltyKind.DAY_FINE)) == code
    lately.take(penalty(lately, 5, penalty=PenaltyKind.DAY_FINE, hours_ordered=None))
    hours = s.RecordPenaltyHours(occurred_on=lately.day(20), hours_done=3)
    assert lately.refuses(hours) == "penalty_without_hours"


def test_hours_done_are_of_those_ordered(lately: Life) -> None:
    hours = s.RecordPenaltyHours(occurred_on=lately.day(20), hours_done=121)
    assert lately.refuses(hours) == "episode_not_running"
    lately.take(penalty(lately, 5))
    assert lately.refuses(hours) == "hours_exceed_order"
    lately.take(hours.model_copy(update={"hours_done": 60}))
    running = lately.custody.running(PENALTY)
    assert running is not None
    assert (running.hours_done, running.hours_ordered) == (60, 120)


def test_a_penalty_is_reviewed_after_thirty_days_monthly_and_before_its_end(lately: Life) -> None:
    calendar = lately.house.paper.calendar
    lately.take(penalty(lately, 5, expected_end=lately.day(180)))
    (first,) = lately.due(ReviewKind.PENALTY)
    assert first.due_on == calendar.on_or_after(lately.day(35))
    (last,) = lately.due(ReviewKind.PENALTY_END)
    assert last.due_on == calendar.on_or_before(lately.day(165))
    lately.meet(30)
    (second,) = lately.due(ReviewKind.PENALTY)
    assert second.due_on > first.due_on
    lately.meet(165)
    assert not lately.due(ReviewKind.PENALTY_END)
    assert not lately.due(ReviewKind.PENALTY)
    lately.end(180, PENALTY, EpisodeEnd.END_OF_SENTENCE)
    assert not lately.due(ReviewKind.PENALTY)


def test_a_minor_is_placed_and_free(lately: Life) -> None:
    born(lately, date(lately.day(0).year - 16, 1, 5))
    place = s.PlaceInChildProtection(
        occurred_on=lately.day(5), institution=EXAMPLE.child_protection
    )
    lately.take(place)
    assert placed(lately)
    assert lately.is_free()
    lately.end(60, EpisodeKind.CHILD_PROTECTION, EpisodeEnd.OTHER)
    assert not placed(lately)
    assert lately.custody.released is None, "the end of a measure is no release"


def test_nobody_of_age_is_placed(lately: Life) -> None:
    place = s.PlaceInChildProtection(occurred_on=lately.day(5))
    assert lately.refuses(place) == "not_a_minor"


def test_a_conditional_release_is_asked_for_sixty_days_before_it_is_possible(life: Life) -> None:
    life.enter(-300, conditional_from=life.day(400), expected_end=life.day(900))
    (due,) = life.due(ReviewKind.CONDITIONAL_REQUEST)
    assert due.due_on == life.house.paper.calendar.on_or_before(life.day(340))
    answer = s.AnswerConditionalRelease(occurred_on=life.day(380), granted=False)
    assert life.refuses(answer) == "conditional_release_not_prepared"
    prepare = s.PrepareConditionalRelease(occurred_on=life.day(330), attests="A room.")
    life.take(prepare)
    assert not life.due(ReviewKind.CONDITIONAL_REQUEST)
    life.take(answer)
    again = prepare.model_copy(update={"occurred_on": life.day(390), "earliest_on": life.day(700)})
    life.take(again)
    life.take(answer.model_copy(update={"occurred_on": life.day(420), "granted": True}))
    life.leave(430, ReleaseKind.CONDITIONAL, conditions_until=life.day(900))
    assert life.is_free()


def test_a_review_falls_due_before_the_end_of_conditions(life: Life) -> None:
    life.enter(-300)
    life.leave(30, ReleaseKind.CONDITIONAL, conditions_until=life.day(300))
    life.meet(32)
    (due,) = life.due(ReviewKind.CONDITIONS_END)
    assert due.due_on == life.house.paper.calendar.on_or_before(life.day(285))
    life.meet(284)
    assert not life.due(ReviewKind.CONDITIONS_END)


def test_a_breach_is_of_conditions(life: Life) -> None:
    life.enter(-300)
    breach = s.RecordBreach(occurred_on=life.day(40), reason="Left the province.")
    assert life.refuses(breach) == "nothing_to_breach"
    life.leave(30, ReleaseKind.CONDITIONAL, conditions_until=life.day(300))
    life.take(breach)
    running = life.custody.running(EpisodeKind.CONDITIONAL_RELEASE)
    assert running is not None
    assert running.breached is not None


def test_an_exit_permit_is_a_contact_and_no_release(life: Life) -> None:
    life.enter(-300)
    permit = s.RecordExitPermit(occurred_on=life.day(50), until=life.day(53))
    life.take(permit)
    assert not life.is_free()
    assert life.house.case.first_contact is None
    met = life.house.case.last_contact
    assert met is not None
    assert met.on == life.day(50)


def test_after_a_transfer_or_a_return_the_person_is_seen_within_ten_days(life: Life) -> None:
    life.enter(-300)
    assert not life.due(ReviewKind.TRANSFER), "the first entry is no return"
    move = custody.RecordPrisonTransfer(occurred_on=life.day(20), prison=life.house.way.prison)
    life.take(move)
    (due,) = life.due(ReviewKind.TRANSFER)
    assert due.due_on == life.house.paper.calendar.on_or_after(life.day(30))
    life.meet(25)
    assert not life.due(ReviewKind.TRANSFER)
    life.leave(40)
    life.enter(60, DetentionKind.REMAND)
    (again,) = life.due(ReviewKind.TRANSFER)
    assert again.window_start == life.day(60)
    assert again.key != due.key
