"""A case that is moved to other rules in the middle of something: what is done stays as it was decided."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from domain.case import steps as s
from domain.case.moving_rules.events import RulesAdopted
from domain.case.moving_rules.steps import AdoptRules
from domain.case.reviews import called_to, dues, occasions, pending
from domain.case.schedule import Due, ReviewKind, ReviewStatus
from domain.case.standing import standings
from domain.complaint.state import ComplaintState
from domain.complaint.steps import FileComplaint
from domain.complaint.vocabulary import Complainant, ComplaintChannel
from domain.errors import Refused
from domain.example.project import visit
from domain.example.rules import add_rules
from domain.message import Step, StreamKind, stream_id
from domain.order.steps import PayInvoice, PlaceOrder, ReceiveLines
from domain.rules import ExemptionReason
from domain.tracks.self_employment import steps as ts
from tests.support.paper import ADMINISTRATOR, REGISTRY
from tests.unit.domain import test_corrected_decisions as decisions
from tests.unit.domain.conftest import House
from tests.unit.domain.diamond import both_ways, plain, present, take
from tests.unit.domain.test_mending import correct, entry, retract
from tests.unit.domain.test_orders import money

LOW = {"share": "0.60", "amount": "1000.00", "own_part_in_kind": "0.50"}
LOWERED = f'{{"ceilings": {{"indh_precarious": {{"person": {LOW}}}}}}}'.replace("'", '"')
"""A ceiling far below what the example's session approves."""


def add(house: House, changes: str, version: str = "v2") -> None:
    more = {"changes": changes, "version": version}
    house.paper.take(REGISTRY, add_rules().model_copy(update=more), ADMINISTRATOR)


def at(house: House, day: date) -> None:
    house.paper.now = datetime.combine(day, time(9), UTC)


def adopt(house: House, day: date, version: str = "v2") -> None:
    at(house, day)
    step = AdoptRules(occurred_on=day, version=version, explanation="All of the season.")
    house.take(step, house.coordinator)


def lived(house: House, steps: Iterable[Step], until: type[Step] | None = None) -> None:
    """Each step is entered on its day."""
    for step in steps:
        if until is not None and isinstance(step, until):
            return
        at(house, step.occurred_on)
        take(house, step)


def rest(house: House, since: type[Step]) -> list[Step]:
    steps = list(house.way.steps())
    return steps[[type(each) for each in steps].index(since) :]


def of_kind(house: House, kind: ReviewKind) -> Due:
    return next(due for due in dues(house.case, house.paper.calendar) if due.kind is kind)


def test_between_any_two_steps_it_goes_on_and_comes_to_the_same_money(house: House) -> None:
    """Back and forth, before each step of the whole way: enrolled, submitted, approved, ordered,
    delivered and visited in between.
    """
    add(
        house,
        '{"order_days": 5, "visit_months": [2, 5, 9, 16, 24], "silence_days_late": 300, "ruling_months": 30}',
    )
    left = replace(house, paper=house.paper.copy())
    steps = house.way.steps()
    lived(left, steps)
    for step in steps:
        at(house, step.occurred_on)
        if step.occurred_on > house.way.begins:
            adopt(house, step.occurred_on, "v1" if house.case.rules_version == "v2" else "v2")
        take(house, step)
    assert len(house.case.moved_to_rules) > 15
    one, other = (
        plain(replace(each.case, moved_to_rules=(), rules_terms=None, rules_version=""))
        for each in (house, left)
    )
    assert one == other
    assert money(house) == money(left)


def test_what_is_approved_stands_below_a_lowered_ceiling(house: House) -> None:
    lived(house, house.way.steps(), until=ts.SignUndertaking)
    add(house, LOWERED)
    adopt(house, house.way.step(ts.SignUndertaking).occurred_on)
    before = money(house)
    lived(house, rest(house, ts.SignUndertaking))
    assert money(house).approved == before.approved
    assert money(house).delivered == before.approved


def test_a_session_decides_by_the_rules_of_its_day_however_late_that_is_entered(
    house: House,
) -> None:
    add(house, LOWERED)
    decision = house.way.step(ts.RecordDecision)
    lived(house, house.way.steps(), until=ts.RecordDecision)
    adopt(house, decision.occurred_on + timedelta(days=3))
    house.take(decision)
    assert money(house).approved == decision.equipment_amount + decision.cash_grant


def test_a_session_after_the_move_decides_by_the_new_ones(house: House) -> None:
    add(house, LOWERED)
    lived(house, house.way.steps(), until=ts.SubmitToSession)
    adopt(house, house.way.step(ts.SubmitToSession).occurred_on)
    lived(house, rest(house, ts.SubmitToSession), until=ts.RecordDecision)
    at(house, house.way.step(ts.RecordDecision).occurred_on)
    with pytest.raises(Refused, match="ceiling_exceeded"):
        house.take(house.way.step(ts.RecordDecision))


def test_a_decision_is_corrected_by_the_rules_of_its_day(house: House) -> None:
    add(house, LOWERED)
    lived(house, house.way.steps(), until=PlaceOrder)
    adopt(house, house.way.step(PlaceOrder).occurred_on)
    less = house.way.step(ts.RecordDecision).cash_grant - Decimal(500)
    decisions.correct(house, cash_grant=less)
    assert money(house).approved == (house.way.step(ts.RecordDecision).equipment_amount + less)


@pytest.mark.parametrize("until", [ts.SignUndertaking, PlaceOrder, ReceiveLines, PayInvoice])
def test_what_begins_after_the_move_is_due_by_the_new_rules(
    house: House, until: type[Step]
) -> None:
    """What has begun keeps its day; on the day itself what was entered before the move."""
    days = ("training_end", "order", "receipt", "handover", "undertaking")
    add(house, "{" + ", ".join(f'"{each}_days": 3' for each in days) + "}")
    lived(house, house.way.steps(), until=until)
    calendar = house.paper.calendar
    begun = {each.key: each for each in called_to(house.case, calendar)}
    day = next(iter(rest(house, until))).occurred_on
    adopt(house, day - timedelta(days=1))
    after = {each.key: each for each in called_to(house.case, calendar)}
    assert after.keys() == begun.keys()
    kept = {key for key, each in begun.items() if each.window_start < day - timedelta(days=1)}
    assert kept
    assert all(after[key] == begun[key] for key in kept)
    lived(house, rest(house, until)[:1])
    fresh = [each for each in called_to(house.case, calendar) if each.window_start == day]
    assert all((each.due_on - day).days <= 5 for each in fresh if each.kind in days)


def test_it_is_moved_while_it_rests_and_while_its_person_is_inside(house: House) -> None:
    add(house, '{"pre_release_days": [120, 20], "pause_days": 30}')
    lived(house, house.way.steps()[:1])
    inside = house.way.day(260)
    lived(house, (each for each in house.way.to_release()[1:] if each.occurred_on < inside))
    began = {e.due.key for e in occasions(house.case, house.paper.calendar) if e.open_on(inside)}
    adopt(house, inside)
    keys = [each.due.key for each in occasions(house.case, house.paper.calendar)]
    assert began <= set(keys)
    assert "pre_release/20" in keys
    assert "pre_release/120" not in keys, "its window had closed before the move"
    pause = s.PauseCase(
        occurred_on=inside + timedelta(days=1), until=house.way.day(340), explanation="ill"
    )
    at(house, inside + timedelta(days=1))
    with pytest.raises(Refused, match="pause_too_long"):
        house.take(pause)
    house.take(pause.model_copy(update={"occurred_on": inside - timedelta(days=1)}))
    assert house.case.pauses
    adopt(house, inside + timedelta(days=2), "v1")
    assert house.case.rules_version == "v1"


def test_what_somebody_spoke_of_stays_exempt_or_on_its_other_day(house: House) -> None:
    add(house, '{"visit_months": [1, 2, 4, 10, 14, 20, 24]}')
    lived(house, house.way.steps())
    day = house.way.delivered_on + timedelta(days=40)
    at(house, day)
    house.take(visit(house.way, 1))
    moved = ts.RescheduleVisit(
        occurred_on=day, review="visit/6", due_on=house.way.delivered_on + timedelta(days=185)
    )
    house.take(moved)
    house.by_two(s.ExemptReview(occurred_on=day, review="visit/9", because=ExemptionReason.ABROAD))
    adopt(house, day)
    now = {each.due.key: each for each in standings(house.case, house.paper.calendar, day)}
    assert now["visit/6"].due.due_on == moved.due_on
    assert now["visit/9"].status is ReviewStatus.EXEMPT
    assert now["visit/1"].status is ReviewStatus.COMPLETED
    assert {"visit/10", "visit/14"} <= now.keys()
    assert "visit/18" not in now


def test_nothing_is_late_by_the_move_and_nobody_is_told_again(house: House) -> None:
    """Silence is noticed sooner, and the supervisors are told sooner: of what is ahead."""
    add(house, '{"silence_days": 20, "escalation_days": [1, 2], "silence_days_later": 20}')
    lived(house, house.way.steps(), until=ts.ProposeProject)
    seen = of_kind(house, ReviewKind.SILENCE)
    day = seen.window_start - timedelta(days=5)
    before = {(each.key, each.due_on) for each in pending(house.case, house.paper.calendar)}
    adopt(house, day)
    found = [each for each in standings(house.case, house.paper.calendar, day) if each.days_late]
    assert [each for each in found if each.due.kind is ReviewKind.SILENCE] == []
    sooner = of_kind(house, ReviewKind.SILENCE)
    assert sooner.due_on < day <= sooner.window_end
    told = {(each.key, each.due_on) for each in pending(house.case, house.paper.calendar)}
    kept = {each for each in before if "silence" not in each[0] and "contact" not in each[0]}
    assert kept <= told


def test_what_was_held_for_a_review_of_other_rules_counts_where_it_fell(house: House) -> None:
    """The entry is taken back: there is no such review any more, and the visit is not lost."""
    add(house, '{"visit_months": [1, 4, 24], "silence_days_late": 800, "visit_window_days": 25}')
    lived(house, house.way.steps())
    adopt(house, house.way.delivered_on + timedelta(days=1))
    on = house.way.delivered_on + timedelta(days=102)
    held = visit(house.way, 3).model_copy(update={"occurred_on": on, "review": "visit/4"})
    at(house, on + timedelta(days=20))
    house.take(held)
    retract(house, entry(house, RulesAdopted))
    found = {each.due.key: each for each in occasions(house.case, house.paper.calendar)}
    assert "visit/4" not in found
    assert found["visit/3"].completed is not None


def test_a_wrong_version_is_followed_by_the_right_one_and_never_corrected(house: House) -> None:
    add(house, '{"order_days": 5}')
    add(house, '{"order_days": 6}', "v3")
    lived(house, house.way.steps(), until=PlaceOrder)
    day = house.way.day(400)
    adopt(house, day)
    told = AdoptRules(occurred_on=day, version="v3", explanation="The right one.")
    with pytest.raises(Refused, match="mended_otherwise"):
        correct(house, (entry(house, RulesAdopted), told))
    with pytest.raises(Refused, match="date_before_earlier_step"):
        house.take(told.model_copy(update={"occurred_on": day - timedelta(days=1)}))
    house.take(told, house.coordinator)
    with pytest.raises(Refused, match="rules_adopted_already"):
        house.take(told, house.coordinator)
    assert house.case.rules.order_days == 6
    retract(house, entry(house, RulesAdopted))
    retract(house, entry(house, RulesAdopted, 0))
    assert (house.case.rules_version, house.case.moved_to_rules) == ("v1", ())


def test_it_comes_to_the_same_whichever_is_entered_first(house: House) -> None:
    """An order and the move, a handover and the move: also with the move dated before."""
    add(house, '{"order_days": 5, "visit_months": [2, 12, 24], "silence_days_late": 400}')
    for until, gap in ((PlaceOrder, -3), (ts.ConfirmDelivery, -3), (ts.ConfirmDelivery, 3)):
        there = replace(house, paper=house.paper.copy())
        there.walk(there.way.steps(), until=until)
        step = there.way.step(until)
        on = step.occurred_on + timedelta(days=gap)
        pair = both_ways(there, AdoptRules(occurred_on=on, version="v2", explanation="n"), step)
        assert pair is not None
        assert not pair.differs
        assert present(there) != pair.presents[0]


def test_a_complaint_about_it_has_the_days_of_those_in_force(house: House) -> None:
    add(house, '{"complaint_days": 9}')
    lived(house, house.way.steps()[:1])
    adopt(house, house.way.day(20))
    step = FileComplaint(
        occurred_on=house.way.day(20),
        centre=house.way.centre,
        complainant=Complainant.RELATIVE,
        channel=ComplaintChannel.ORAL,
        words="Nobody calls back.",
        case_id=house.case_id,
    )
    stream = stream_id(StreamKind.COMPLAINT, house.way.order_id)
    house.paper.take(stream, step, house.coordinator)
    filed = house.paper.state(stream)
    assert isinstance(filed, ComplaintState)
    assert filed.due_on(house.paper.calendar) == house.way.day(35)
