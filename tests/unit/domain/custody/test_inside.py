"""What becomes of a track while its person is inside, and after they are out again."""

from datetime import date, timedelta

import pytest

from domain.case import steps as c
from domain.case.custody import steps as s
from domain.case.custody.vocabulary import DetentionKind, ReleaseKind, TrackInside
from domain.case.reviews import rules_of
from domain.case.schedule import Due, ReviewKind, ReviewStatus
from domain.case.standing import standings
from domain.order.steps import PlaceOrder
from domain.project.vocabulary import ReceivedBy
from domain.tracks.self_employment import steps as ts
from domain.values.calendar import local_instant, months_after
from tests.unit.domain.conftest import House
from tests.unit.domain.custody.conftest import SUSPENDED, Life

FAMILY = s.TrackChoice(
    choice=TrackInside.FAMILY_CONTINUES, family_member="Her sister, who runs the workshop."
)
DELIVERED = 555


@pytest.fixture
def delivered(house: House) -> Life:
    """All was handed over, and it is told in time."""
    house.paper.now = local_instant(house.way.begins - timedelta(days=700), 9)
    for step in house.way.steps():
        house.paper.now = max(local_instant(step.occurred_on, 10), house.paper.now)
        house.take(step)
    return Life(house)


def at(life: Life, day: int) -> None:
    life.house.paper.now = local_instant(life.day(day), 10)


def back(life: Life, day: int, choice: s.TrackChoice = SUSPENDED) -> None:
    at(life, day)
    life.enter(day, DetentionKind.REMAND, tracks=(choice,))


def out(life: Life, day: int) -> None:
    at(life, day)
    life.leave(day, ReleaseKind.ACQUITTAL)


def visits(life: Life) -> dict[str, Due]:
    return {due.key: due for due in life.due(ReviewKind.VISIT)}


def status(life: Life, key: str) -> ReviewStatus:
    paper = life.house.paper
    found = standings(life.house.case, paper.calendar, paper.today)
    return next(each.status for each in found if each.due.key == key)


def after(life: Life, day: int, months: int) -> date:
    return life.house.paper.calendar.on_or_after(months_after(life.day(day), months))


def test_visits_rest_while_the_track_is_suspended(delivered: Life) -> None:
    assert visits(delivered)
    back(delivered, DELIVERED + 100)
    assert not visits(delivered)
    assert status(delivered, "visit/6") is ReviewStatus.EXEMPT


def test_visits_go_on_where_the_family_continues(delivered: Life) -> None:
    before = visits(delivered)
    back(delivered, DELIVERED + 20, FAMILY)
    assert visits(delivered) == before


def test_after_a_short_stay_those_inside_it_are_due_once_out(delivered: Life) -> None:
    back(delivered, DELIVERED + 85)
    out(delivered, DELIVERED + 130)
    due = visits(delivered)["visit/3"]
    days = rules_of(delivered.house.case).exemption_days
    calendar = delivered.house.paper.calendar
    assert due.due_on == calendar.on_or_after(delivered.day(DELIVERED + 130 + days))
    assert visits(delivered)["visit/6"].due_on == after(delivered, DELIVERED, 6)


def test_after_a_long_stay_those_inside_are_exempt_and_those_left_count_anew(
    delivered: Life,
) -> None:
    """In from month 4 to month 10: of 6, 9, 12, 18 and 24 three are left."""
    resumed = DELIVERED + 305
    back(delivered, DELIVERED + 122)
    out(delivered, resumed)
    found = visits(delivered)
    ahead = {key: due.due_on for key, due in found.items() if due.due_on > delivered.day(resumed)}
    assert ahead == {
        "visit/12": after(delivered, resumed, 1),
        "visit/18": after(delivered, resumed, 3),
        "visit/24": after(delivered, resumed, 6),
    }
    assert status(delivered, "visit/6") is ReviewStatus.EXEMPT
    assert status(delivered, "visit/9") is ReviewStatus.EXEMPT


def test_months_1_3_and_6_are_held_at_least(delivered: Life) -> None:
    """In from month 19 to month 30: only the last was ahead, and its day is past."""
    resumed = DELIVERED + 915
    back(delivered, DELIVERED + 580)
    delivered.house.paper.now = local_instant(delivered.day(resumed), 10)
    out(delivered, resumed)
    ahead = [
        due.due_on for due in visits(delivered).values() if due.due_on > delivered.day(resumed)
    ]
    assert sorted(ahead) == [after(delivered, resumed, each) for each in (1, 3, 6)]


def test_what_remains_is_delivered_to_the_family(house: House) -> None:
    house.walk(house.way.steps(), until=ts.PlaceOnCeremony)
    life = Life(house)
    handover = house.way.step(ts.ConfirmDelivery)
    life.enter(500, DetentionKind.REMAND, tracks=(FAMILY,))
    assert life.due(ReviewKind.HANDOVER)
    house.take(house.way.step(ts.PlaceOnCeremony))
    assert life.refuses(handover) == "family_receives"
    by_proxy = {"received_by": ReceivedBy.PROXY, "proxy": "Her sister."}
    life.take(handover.model_copy(update=by_proxy))
    assert house.case.tracks


def test_to_nobody_where_the_track_is_suspended(house: House) -> None:
    house.walk(house.way.steps(), until=ts.ConfirmDelivery)
    life = Life(house)
    life.enter(540, DetentionKind.REMAND, tracks=(SUSPENDED,))
    assert life.refuses(house.way.step(ts.ConfirmDelivery)) == "not_released"


def test_a_handover_of_before_the_arrest_is_told_late(house: House) -> None:
    house.walk(house.way.steps(), until=ts.ConfirmDelivery)
    life = Life(house)
    life.enter(600, DetentionKind.REMAND, tracks=(SUSPENDED,))
    house.take(house.way.step(ts.ConfirmDelivery))


def test_an_undertaking_of_the_first_freedom_is_told_after_the_second(house: House) -> None:
    house.walk(house.way.steps(), until=ts.SignUndertaking)
    life = Life(house)
    life.enter(600, DetentionKind.REMAND, tracks=(SUSPENDED,))
    life.leave(620, ReleaseKind.ACQUITTAL)
    house.take(house.way.step(ts.SignUndertaking))
    house.walk(step for step in house.way.steps() if isinstance(step, PlaceOrder))


def test_a_track_ended_at_the_entry_is_open_no_more(house: House) -> None:
    house.walk(house.way.to_release())
    life = Life(house)
    life.enter(320, DetentionKind.REMAND, tracks=(s.TrackChoice(choice=TrackInside.ENDED),))
    (track,) = house.case.tracks.values()
    assert track.ended is not None
    life.leave(340, ReleaseKind.ACQUITTAL)
    life.enter(360, DetentionKind.REMAND)
    again = c.OpenTrack(occurred_on=life.day(365), track=house.way.step(c.OpenTrack).track)
    life.take(again)


def test_a_case_entered_20_days_before_the_release_has_nothing_overdue(house: House) -> None:
    way = house.way
    opening = way.step(c.OpenCase).model_copy(update={"occurred_on": way.day(280)})
    house.paper.now = local_instant(way.day(280), 10)
    house.take(opening)
    house.take(way.step(s.BeginDetention))
    found = standings(house.case, house.paper.calendar, house.paper.today)
    assert ReviewStatus.OVERDUE not in {each.status for each in found}
