"""Any change of a case moves or cancels what depends on it at once, and its history says why.

A row for each kind of change: what it is taken on, what it does to which review, and by which step that
is told. After it the timer that sleeps is for the first reminder that still stands; and then a hundred
days pass, in which each that stood is recorded once and none that was cancelled.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from domain.case import steps as s
from domain.case.custody import steps as custody
from domain.case.custody.events import ReleaseRecorded
from domain.case.custody.vocabulary import (
    DetentionKind,
    EpisodeEnd,
    EpisodeKind,
    PardonKind,
    TrackInside,
)
from domain.case.moving_rules.steps import AdoptRules
from domain.case.referral.steps import ReferCase, WithdrawReferral
from domain.case.referral.vocabulary import ReferralReason
from domain.case.reviews import next_fire
from domain.example.person import EXAMPLE
from domain.example.rules import add_rules
from domain.message import Step
from domain.reminding.proving import FAULTS, Verdict
from domain.reminding.stretches import Turn
from domain.rules import ExemptionReason
from domain.tracks.self_employment import steps as ts
from domain.values.calendar import Calendar, local_date
from tests.support.paper import ADMINISTRATOR, REGISTRY
from tests.unit.domain.conftest import die, end_running
from tests.unit.domain.drawing_between import OTHER, second_centre
from tests.unit.domain.reminding.clockwork import Clockwork, walked
from tests.unit.domain.test_mending import correct, entry, retract

Change = Callable[[Clockwork], object]

BEGINS = None
"""In place of what became of a review: it begins by the change."""


@dataclass(frozen=True)
class Row:
    """A change, and what follows for one review."""

    change: Change
    review: str
    turn: Turn | None
    step: str
    """By which history says so."""
    until: type[Step] | None = None
    """The first step of the example's way that was not taken yet; none: all were."""


def simply(step: type[Step], **said: object) -> Change:
    def change(clock: Clockwork) -> None:
        clock.house.take(step.model_validate({"occurred_on": clock.today, **said}))

    return change


def expected_earlier(clock: Clockwork) -> None:
    end = clock.house.way.released_on - timedelta(days=40)
    clock.house.take(custody.ChangeExpectedEnd(occurred_on=clock.today, expected_end=end))


def paused(clock: Clockwork) -> None:
    until = clock.today + timedelta(days=60)
    clock.house.by_two(s.PauseCase(occurred_on=clock.today, until=until, explanation="Abroad."))


def resumed(clock: Clockwork) -> None:
    paused(clock)
    clock.days(10)
    clock.house.take(s.ResumeCase(occurred_on=clock.today))


def exempt(clock: Clockwork) -> None:
    clock.house.by_two(
        s.ExemptReview(occurred_on=clock.today, review="visit/1", because=ExemptionReason.ABROAD)
    )


def moved_by_hand(clock: Clockwork) -> None:
    day = clock.house.way.visit_due(1) + timedelta(days=5)
    clock.house.take(ts.RescheduleVisit(occurred_on=clock.today, review="visit/1", due_on=day))


def referred(clock: Clockwork) -> None:
    second_centre(clock.house)
    clock.house.take(
        ReferCase(
            occurred_on=clock.today, to_centre=OTHER, because=ReferralReason.MOVED, explanation="e"
        ),
        clock.house.coordinator,
    )


def taken_back(clock: Clockwork) -> None:
    referred(clock)
    clock.days(3)
    taken = WithdrawReferral(occurred_on=clock.today, explanation="e")
    clock.house.take(taken, clock.house.coordinator)


def other_rules(clock: Clockwork) -> None:
    more = {
        "changes": '{"visit_months": [2, 5, 9, 16, 24], "silence_days_late": 300}',
        "version": "v2",
    }
    clock.house.paper.take(REGISTRY, add_rules().model_copy(update=more), ADMINISTRATOR)
    adopted = AdoptRules(occurred_on=clock.today, version="v2", explanation="All of the season.")
    clock.house.take(adopted, clock.house.coordinator)


def release_corrected(clock: Clockwork) -> None:
    told = clock.house.way.step(custody.RecordRelease)
    later = told.model_copy(update={"occurred_on": told.occurred_on + timedelta(days=1)})
    correct(clock.house, (entry(clock.house, ReleaseRecorded), later))


def release_retracted(clock: Clockwork) -> None:
    retract(clock.house, entry(clock.house, ReleaseRecorded))


def detained_again(clock: Clockwork) -> None:
    tracks = tuple(
        custody.TrackChoice(track_id=each, choice=TrackInside.SUSPENDED)
        for each in clock.house.case.tracks
    )
    clock.house.take(
        custody.BeginDetention(
            occurred_on=clock.today,
            kind=DetentionKind.REMAND,
            tracks=tracks,
        )
    )


INSIDE, FREE = s.AssessNeeds, s.RecordContact
OUTSIDE = ts.ProposeProject

CHANGES = {
    "the release is expected earlier": Row(
        expected_earlier, "pre_release/30", Turn.MOVED, "change-expected-end", INSIDE
    ),
    "a pardon": Row(
        simply(custody.RecordPardon, pardon=PardonKind.REDUCTION, reduced_days=30),
        "pre_release/30",
        Turn.MOVED,
        "record-pardon",
        INSIDE,
    ),
    "another prison": Row(
        simply(custody.RecordPrisonTransfer, prison=EXAMPLE.other_prison),
        "transfer/1",
        BEGINS,
        "record-prison-transfer",
        INSIDE,
    ),
    "an escape": Row(
        simply(custody.EndEpisode, episode=EpisodeKind.SENTENCE, end=EpisodeEnd.ESCAPE, reason="n"),
        "release_unconfirmed/1",
        Turn.CANCELLED,
        "end-episode",
        INSIDE,
    ),
    "a release": Row(
        simply(custody.RecordRelease, release="end_of_sentence"),
        "release_unconfirmed/1",
        Turn.DONE,
        "record-release",
        INSIDE,
    ),
    "a return to detention": Row(
        detained_again, "contact/7", Turn.CANCELLED, "begin-detention", OUTSIDE
    ),
    "a release corrected": Row(
        release_corrected, "first_contact/1", Turn.MOVED, "correct-entries", FREE
    ),
    "a release retracted": Row(
        release_retracted, "first_contact/1", Turn.CANCELLED, "retract-entry", FREE
    ),
    "a pause": Row(paused, "visit/1", Turn.MOVED, "confirm-case-request"),
    "the end of a pause": Row(resumed, "visit/1", Turn.MOVED, "resume-case"),
    "an exemption": Row(exempt, "visit/1", Turn.EXEMPT, "confirm-case-request"),
    "another day": Row(moved_by_hand, "visit/1", Turn.MOVED, "reschedule-visit"),
    "a referral": Row(referred, "referral/1", BEGINS, "refer-case"),
    "a referral taken back": Row(taken_back, "referral/1", Turn.DONE, "withdraw-referral"),
    "other rules": Row(other_rules, "visit/3", Turn.CANCELLED, "adopt-rules"),
    "a death": Row(
        lambda clock: die(clock.house, clock.today), "silence/9", Turn.CANCELLED, "record-death"
    ),
    "a closing": Row(
        lambda clock: end_running(clock.house, clock.today),
        "visit/24",
        Turn.CANCELLED,
        "close-case",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_moves_or_cancels_at_once_and_history_says_why(name: str) -> None:
    row = CHANGES[name]
    clock = walked(row.until)
    clock.days(1)
    before = clock.lives
    row.change(clock)
    last = next(each for each in clock.lives.lives if each.review == row.review).stretches
    if row.turn is BEGINS:
        assert last[-1].since.step == row.step
        assert row.review not in [each.review for each in before.lives]
    else:
        ends = [each.end for each in last if each.end is not None]
        assert (ends[-1].turn, ends[-1].by.step) == (row.turn, row.step)
        assert last[-1].end is None or row.turn is not Turn.MOVED
    at = next_fire(clock.house.case, clock.name, clock.house.paper.calendar)
    assert clock.first_ahead() == at
    clock.days(100)
    found = {each.verdict for each in clock.lives.proofs}
    assert not found & {*FAULTS, Verdict.OVERTAKEN, Verdict.RECORDED_LATE}


def test_a_holiday_that_is_announced_moves_what_falls_on_it_and_its_timer() -> None:
    clock = walked()
    before = clock.due_of("visit/1")
    day = local_date(before)
    assert next_fire(clock.house.case, clock.name, clock.house.paper.calendar) == before
    clock.house.paper.calendar = Calendar("announced", frozenset({day}))
    after = clock.due_of("visit/1")
    assert timedelta(days=1) <= after - before <= timedelta(days=3)
    assert clock.first_ahead() == after
    clock.days(60)
    assert not FAULTS & {each.verdict for each in clock.lives.proofs}


def test_after_the_closing_nothing_is_ahead_and_nothing_comes() -> None:
    clock = walked()
    end_running(clock.house, clock.today)
    recorded = len(clock.reminded)
    assert clock.first_ahead() is None
    clock.days(1000)
    assert len(clock.reminded) == recorded


def test_what_was_told_of_one_case_is_not_told_of_another() -> None:
    clock = walked()
    other = replace(clock, house=replace(clock.house, case_id=clock.house.way.order_id))
    assert not other.lives.lives
