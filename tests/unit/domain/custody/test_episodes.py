"""Custody is a sequence of episodes; who is free, and what a release is, follows from them."""

from typing import Any

import pytest

from domain.case import steps as c
from domain.case.custody import steps as custody
from domain.case.custody import steps as s
from domain.case.custody.vocabulary import (
    DetentionKind,
    EpisodeEnd,
    EpisodeKind,
    PardonKind,
    ReleaseKind,
    TrackInside,
)
from domain.case.schedule import ReviewKind
from domain.case.vocabulary import Route, Stage
from domain.example import project
from tests.unit.domain.conftest import House
from tests.unit.domain.custody.conftest import SUSPENDED, Life, opened

REMAND, SENTENCE = DetentionKind.REMAND, DetentionKind.SENTENCE
CONDITIONAL = EpisodeKind.CONDITIONAL_RELEASE


def kinds(life: Life) -> list[tuple[EpisodeKind, EpisodeEnd | None]]:
    return [(each.kind, each.end) for each in life.custody.episodes]


def test_without_an_episode_only_who_came_in_detention_is_not_free(house: House) -> None:
    other = House(
        house.paper.copy(), *(house.caseworker, house.coordinator), house.way, house.case_id
    )
    assert not opened(house, Route.DETENTION).is_free()
    assert opened(other, Route.WITHOUT_DETENTION).is_free()


@pytest.mark.parametrize("route", Route)
def test_every_route_is_open_to_every_episode(house: House, route: Route) -> None:
    life = opened(house, route)
    life.enter(10)
    assert (life.stage(), life.is_free()) == (Stage.DETENTION, False)
    life.leave(40)
    assert (life.stage(), life.is_free()) == (Stage.RELEASE, True)


def test_a_second_arrest_after_a_release(life: Life) -> None:
    life.enter(-300)
    life.leave(30)
    life.enter(60, REMAND)
    assert not life.is_free()
    assert life.stage() is Stage.DETENTION
    assert [stay.number for stay in life.custody.stays] == [1, 2]
    life.leave(90, ReleaseKind.ACQUITTAL)
    assert life.is_free()
    assert life.custody.released is not None
    assert life.custody.released.on == life.day(90)


def test_each_release_starts_its_own_first_contact(life: Life) -> None:
    life.enter(-300)
    life.leave(30)
    life.meet(32)
    assert not life.due(ReviewKind.FIRST_CONTACT)
    life.enter(60, REMAND)
    life.leave(90, ReleaseKind.ACQUITTAL)
    (due,) = life.due(ReviewKind.FIRST_CONTACT)
    assert due.window_start == life.day(90)
    life.meet(91)
    assert not life.due(ReviewKind.FIRST_CONTACT)


def test_a_sentence_after_remand_is_the_same_stay(life: Life) -> None:
    life.enter(-300, REMAND)
    life.enter(10, SENTENCE)
    assert kinds(life) == [
        (EpisodeKind.REMAND, EpisodeEnd.REPLACED),
        (EpisodeKind.SENTENCE, None),
    ]
    assert len(life.custody.stays) == 1
    assert life.custody.detained_since == life.day(-300)


def test_a_remand_during_a_sentence_is_a_mark_on_it(life: Life) -> None:
    life.enter(-300)
    life.enter(10, REMAND)
    assert kinds(life) == [(EpisodeKind.SENTENCE, None)]
    assert not life.custody.on_remand
    life.end(20, EpisodeKind.REMAND, EpisodeEnd.ACQUITTAL)
    assert not life.is_free(), "the sentence goes on"
    life.leave(40)
    assert life.is_free()


def test_a_remand_that_outlasts_the_sentence_goes_on_alone(life: Life) -> None:
    life.enter(-300)
    life.enter(10, REMAND)
    life.end(20, EpisodeKind.SENTENCE, EpisodeEnd.END_OF_SENTENCE)
    assert not life.is_free()
    assert life.custody.on_remand
    assert len(life.custody.stays) == 1


def test_an_escape_is_no_release_and_the_return_no_entry(life: Life) -> None:
    life.enter(-300)
    life.end(10, EpisodeKind.SENTENCE, EpisodeEnd.ESCAPE)
    assert not life.is_free()
    life.come_back(20)
    assert not life.is_free()
    assert kinds(life) == [(EpisodeKind.SENTENCE, EpisodeEnd.ESCAPE), (EpisodeKind.SENTENCE, None)]
    assert len(life.custody.stays) == 1
    life.leave(40)
    assert life.is_free()


def test_who_escaped_can_be_pardoned_without_ever_coming_back(life: Life) -> None:
    life.enter(-300)
    life.end(10, EpisodeKind.SENTENCE, EpisodeEnd.ESCAPE)
    life.leave(40, ReleaseKind.PARDON)
    assert life.is_free()


def test_a_conditional_release_and_the_end_of_its_conditions(life: Life) -> None:
    life.enter(-300)
    life.leave(30, ReleaseKind.CONDITIONAL, conditions_until=life.day(200))
    assert kinds(life)[-1] == (CONDITIONAL, None)
    assert life.is_free()
    released = life.custody.released
    life.meet(31)
    life.end(200, CONDITIONAL, EpisodeEnd.END_OF_SENTENCE)
    assert life.is_free()
    assert life.custody.released == released, "the end of conditions is no release"
    assert not life.due(ReviewKind.FIRST_CONTACT)


def test_a_conditional_release_is_revoked(life: Life) -> None:
    life.enter(-300)
    life.leave(30, ReleaseKind.CONDITIONAL, conditions_until=life.day(200))
    life.come_back(90, expected_end=life.day(200), reason="breach")
    assert not life.is_free()
    assert kinds(life)[1:] == [(CONDITIONAL, EpisodeEnd.REVOKED), (EpisodeKind.SENTENCE, None)]
    life.leave(200)
    assert life.is_free()


def test_an_arrest_does_not_end_the_conditions(life: Life) -> None:
    life.enter(-300)
    life.leave(30, ReleaseKind.CONDITIONAL, conditions_until=life.day(200))
    life.enter(60, REMAND)
    assert not life.is_free()
    life.leave(70, ReleaseKind.ACQUITTAL)
    assert life.is_free()
    assert life.custody.running(CONDITIONAL) is not None


def test_a_person_who_came_after_a_release_is_detained_later(outside: Life) -> None:
    assert outside.is_free()
    outside.leave(-20)
    assert outside.custody.released is not None
    outside.enter(40, REMAND)
    assert not outside.is_free()
    outside.leave(90, ReleaseKind.ACQUITTAL)
    assert outside.is_free()


def test_nobody_is_released_who_is_free(life: Life) -> None:
    out = custody.RecordRelease(occurred_on=life.day(60), release=ReleaseKind.END_OF_SENTENCE)
    assert life.refuses(out) == "detention_not_recorded"
    life.enter(-300)
    life.leave(30)
    assert life.refuses(out) == "not_in_detention"


def test_nobody_returns_to_what_did_not_hold_them(life: Life) -> None:
    back = s.ReturnToDetention(occurred_on=life.day(60))
    assert life.refuses(back) == "nothing_to_return_from"
    life.enter(-300)
    life.leave(30)
    assert life.refuses(back) == "nothing_to_return_from"


def test_the_same_entry_is_not_recorded_twice(life: Life) -> None:
    life.enter(-300)
    again = s.BeginDetention(occurred_on=life.day(-300), kind=SENTENCE)
    assert life.refuses(again) == "episode_already_begun"


def test_leaving_prison_is_a_release_and_not_an_end(life: Life) -> None:
    life.enter(-300)
    told: dict[str, Any] = {"occurred_on": life.day(10), "episode": EpisodeKind.SENTENCE}
    for end in set(EpisodeEnd) - {EpisodeEnd.ESCAPE}:
        assert life.refuses(s.EndEpisode(end=end, **told)) == "release_not_end"


def test_what_binds_in_freedom_does_not_end_by_an_escape(life: Life) -> None:
    life.enter(-300)
    life.leave(30, ReleaseKind.CONDITIONAL, conditions_until=life.day(200))
    told: dict[str, Any] = {"occurred_on": life.day(40), "episode": CONDITIONAL}
    assert life.refuses(s.EndEpisode(end=EpisodeEnd.ESCAPE, **told)) == "end_of_another_kind"
    other: dict[str, Any] = {"occurred_on": life.day(40), "episode": EpisodeKind.CHILD_PROTECTION}
    assert life.refuses(s.EndEpisode(end=EpisodeEnd.OTHER, **other)) == "episode_not_running"


def test_an_old_episode_told_late_changes_nothing_of_the_present(life: Life) -> None:
    life.enter(-300, expected_end=life.day(400))
    life.enter(-2000)
    life.leave(-1500)
    assert not life.is_free()
    assert life.custody.detained_since == life.day(-300)
    assert life.custody.expected_release == life.day(400)
    assert [each.number for each in life.custody.episodes] == [1, 2]


def test_reductions_add_up(life: Life) -> None:
    life.enter(-300, expected_end=life.day(400))
    for day, days in ((20, 60), (10, 30)):
        life.take(
            custody.RecordPardon(
                occurred_on=life.day(day), pardon=PardonKind.REDUCTION, reduced_days=days
            )
        )
    assert life.custody.expected_release == life.day(310)
    both = custody.RecordPardon(
        occurred_on=life.day(30),
        pardon=PardonKind.REDUCTION,
        reduced_days=1,
        expected_end=life.day(300),
    )
    assert life.refuses(both) == "pardon_told_twice"


@pytest.mark.parametrize(
    ("kind", "listed", "days"),
    [
        (ReleaseKind.END_OF_SENTENCE, False, 7),
        (ReleaseKind.PARDON, False, 15),
        (ReleaseKind.END_OF_SENTENCE, True, 15),
    ],
)
def test_who_is_released_by_pardon_or_from_a_list_is_met_within_15_days(
    life: Life, kind: ReleaseKind, days: int, *, listed: bool
) -> None:
    life.enter(-300)
    life.leave(30, kind, pardon_list=listed)
    (due,) = life.due(ReviewKind.FIRST_CONTACT)
    expected = life.house.paper.calendar.on_or_after(life.day(30 + days))
    assert due.due_on == expected


def test_the_shortest_reason_wins(life: Life) -> None:
    without = c.RecordSocialEnquiry(occurred_on=life.day(5), household_size=1, has_housing=False)
    life.take(without)
    life.enter(-300)
    life.leave(30, ReleaseKind.PARDON)
    (due,) = life.due(ReviewKind.FIRST_CONTACT)
    assert due.due_on == life.house.paper.calendar.on_or_after(life.day(33))


def test_an_entry_asks_for_each_open_track(house: House) -> None:
    house.walk(house.way.to_release())
    life = Life(house)
    (track_id,) = house.case.tracks
    told: dict[str, Any] = {"occurred_on": life.day(320), "kind": REMAND}
    assert life.refuses(s.BeginDetention(**told)) == "track_choice_missing"
    twice = (SUSPENDED, SUSPENDED)
    assert life.refuses(s.BeginDetention(tracks=twice, **told)) == "track_chosen_twice"
    nobody = (s.TrackChoice(choice=TrackInside.FAMILY_CONTINUES),)
    code = "family_member_missing_or_superfluous"
    assert life.refuses(s.BeginDetention(tracks=nobody, **told)) == code
    stranger = (SUSPENDED.model_copy(update={"track_id": house.case_id}),)
    assert life.refuses(s.BeginDetention(tracks=stranger, **told)) == "track_choice_superfluous"
    life.enter(320, REMAND, tracks=(SUSPENDED,))
    stay = life.custody.stay
    assert stay is not None
    assert stay.choices == {track_id: TrackInside.SUSPENDED}
    # A sentence after the remand is no entry: nothing is asked, and nothing may be told.
    told = {"occurred_on": life.day(330), "kind": SENTENCE}
    assert life.refuses(s.BeginDetention(tracks=(SUSPENDED,), **told)) == "track_choice_superfluous"
    life.enter(330, SENTENCE)


def test_a_first_entry_before_any_track_asks_nothing(life: Life) -> None:
    life.enter(-300)
    assert life.custody.stays[0].choices == {}


def test_a_track_with_money_to_come_is_not_ended_by_an_entry(house: House) -> None:
    house.walk((*house.way.to_release(), *house.way.to_submission(), project.decision(house.way)))
    life = Life(house)
    ended = (s.TrackChoice(choice=TrackInside.ENDED),)
    step = s.BeginDetention(occurred_on=life.day(400), kind=REMAND, tracks=ended)
    assert life.refuses(step) == "approval_still_open"
