"""What follows a sale, a theft, a death or a return to detention after the delivery."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.case.reviews import dues
from domain.case.schedule import ReviewKind
from domain.case.steps import CloseCase
from domain.case.vocabulary import Outcome
from domain.errors import NotAllowed, Refused
from domain.message import StreamKind, stream_id
from domain.project.items import ItemFound
from domain.project.state import Found, ProjectState
from domain.project.vocabulary import EquipmentCondition, ProjectCondition
from domain.rules.v1 import V1
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.problems import Problem, key_of
from domain.tracks.self_employment.state import OF_PROJECT, find_track
from domain.tracks.self_employment.vocabulary import OF_ITEMS, ProblemDecision, ProblemKind
from tests.unit.domain.conftest import House, die

DAY = timedelta(days=1)


@pytest.fixture
def delivered(house: House) -> House:
    house.walk(house.way.steps())
    return house


def day(house: House, after_delivery: int = 30) -> date:
    return house.way.delivered_on + after_delivery * DAY


def raised(house: House, **changes: Any) -> s.RaiseProblem:
    known = {"kind": ProblemKind.STOLEN, "items": (1,), "explanation": "The lock was broken."}
    return s.RaiseProblem(**{"occurred_on": day(house)} | known | changes)


def decide(
    house: House, decision: ProblemDecision, on: date | None = None, number: int = 1
) -> None:
    day_of_it = on or day(house, 40)
    step = s.DecideProblem(
        occurred_on=day_of_it,
        raised_on=day(house),
        number=number,
        decision=decision,
        explanation="Seen.",
    )
    house.take(step, house.coordinator)


def resolved(house: House, number: int = 1, on: date | None = None) -> s.ResolveProblem:
    return s.ResolveProblem(
        occurred_on=on or day(house, 50), raised_on=day(house), number=number, explanation="Done."
    )


def problem_of(house: House, number: int = 1) -> Problem:
    track = find_track(house.case)
    assert track is not None
    return track.problems[key_of(day(house), number)]


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}$")


def problems_due(house: House) -> list[tuple[str, date]]:
    found = dues(house.case, house.paper.calendar)
    return [(due.key, due.due_on) for due in found if due.kind is ReviewKind.PROBLEM]


class TestRaising:
    def test_is_numbered_and_falls_due_for_a_decision(self, delivered: House) -> None:
        delivered.take(raised(delivered))
        delivered.take(raised(delivered, kind=ProblemKind.SOLD, items=(2,)))
        on, due = day(delivered), day(delivered, 30 + V1.problem_days)
        due = delivered.paper.calendar.on_or_after(due)
        assert problems_due(delivered) == [(f"problem/{on}/1", due), (f"problem/{on}/2", due)]
        assert problem_of(delivered, 2).kind is ProblemKind.SOLD

    def test_keeps_its_name_when_an_earlier_one_is_entered_late(self, delivered: House) -> None:
        delivered.take(raised(delivered))
        delivered.take(raised(delivered, occurred_on=day(delivered, 10), items=(2,)))
        assert problem_of(delivered).items == (1,)

    def test_is_possible_from_the_first_delivery_on(self, house: House) -> None:
        house.walk(house.way.steps(), until=s.ConfirmDelivery)
        with refused("not_delivered"):
            house.take(raised(house))
        whole = house.way.step(s.ConfirmDelivery)
        house.take(whole.model_copy(update={"items": whole.items[:1], "cash": ()}))
        house.take(raised(house))
        with refused("item_not_delivered"):
            house.take(raised(house, items=(2,)))

    def test_is_possible_after_the_approval_ended_in_part(self, house: House) -> None:
        house.walk(house.way.steps(), until=s.ConfirmDelivery)
        whole = house.way.step(s.ConfirmDelivery)
        house.take(whole.model_copy(update={"items": whole.items[:1], "cash": ()}))
        house.by_two(
            s.EndApproval(occurred_on=day(house, 1), explanation="The rest is not wanted.")
        )
        house.take(raised(house))
        assert problem_of(house).items == (1,)

    @pytest.mark.parametrize("kind", ProblemKind)
    def test_names_the_items_of_what_happens_to_items(
        self, delivered: House, kind: ProblemKind
    ) -> None:
        without = raised(delivered, kind=kind, items=())
        if kind in OF_ITEMS:
            with refused("items_missing"):
                delivered.take(without)
        else:
            delivered.take(without)
        with refused("item_repeated"):
            delivered.take(raised(delivered, kind=kind, items=(1, 1)))

    def test_is_not_before_the_delivery(self, delivered: House) -> None:
        with refused("date_before_earlier_step"):
            delivered.take(raised(delivered, occurred_on=day(delivered, -1)))

    def test_ends_no_visit(self, delivered: House) -> None:
        before = {due.key for due in dues(delivered.case, delivered.paper.calendar)}
        delivered.take(raised(delivered))
        assert before < {due.key for due in dues(delivered.case, delivered.paper.calendar)}


class TestDeciding:
    def test_is_the_coordinators(self, delivered: House) -> None:
        delivered.take(raised(delivered))
        step = s.DecideProblem(
            occurred_on=day(delivered, 40),
            raised_on=day(delivered),
            decision=ProblemDecision.WARNING,
            explanation="Seen.",
        )
        with pytest.raises(NotAllowed):
            delivered.take(step, delivered.caseworker)
        delivered.take(step, delivered.coordinator)
        assert problem_of(delivered).decision is ProblemDecision.WARNING
        assert problems_due(delivered) == []

    def test_is_of_a_problem_there_is_and_not_before_it(self, delivered: House) -> None:
        with refused("no_problem_raised"):
            decide(delivered, ProblemDecision.WARNING)
        delivered.take(raised(delivered))
        with refused("problem_unknown"):
            decide(delivered, ProblemDecision.WARNING, number=2)
        with refused("date_before_earlier_step"):
            decide(delivered, ProblemDecision.WARNING, day(delivered, 29))

    def test_is_possible_anew_until_it_is_done(self, delivered: House) -> None:
        """What cannot be had back is written off, and what turns up all the same is recovered."""
        delivered.take(raised(delivered))
        decide(delivered, ProblemDecision.RECOVERY)
        with refused("problem_already_decided"):
            decide(delivered, ProblemDecision.RECOVERY)
        with refused("date_before_earlier_step"):
            decide(delivered, ProblemDecision.WRITTEN_OFF, day(delivered, 39))
        decide(delivered, ProblemDecision.WRITTEN_OFF)
        assert problem_of(delivered).resolved is not None
        decide(delivered, ProblemDecision.WARNING)
        assert problem_of(delivered).resolved is None
        delivered.take(resolved(delivered))
        with refused("problem_already_resolved"):
            decide(delivered, ProblemDecision.WRITTEN_OFF, day(delivered, 60))

    def test_names_goods_to_be_passed_on(self, delivered: House) -> None:
        delivered.take(raised(delivered, kind=ProblemKind.RETURN_TO_DETENTION, items=()))
        with refused("items_missing"):
            decide(delivered, ProblemDecision.PASSED_ON)

    @pytest.mark.parametrize("decision", ProblemDecision)
    @pytest.mark.parametrize("kind", [ProblemKind.DEATH, ProblemKind.RETURN_TO_DETENTION])
    def test_lets_the_family_keep_after_a_death_alone_and_warns_no_dead(
        self, delivered: House, kind: ProblemKind, decision: ProblemDecision
    ) -> None:
        delivered.take(raised(delivered, kind=kind, items=()))
        odd = ProblemDecision.WARNING if kind is ProblemKind.DEATH else ProblemDecision.FAMILY_KEEPS
        if decision is odd:
            with refused("decision_of_another_problem"):
                decide(delivered, decision)
        else:
            if decision is ProblemDecision.PASSED_ON:
                items = {"kind": kind, "items": (1,)}
                delivered.take(raised(delivered, **items))
                decide(delivered, decision, number=2)
                return
            decide(delivered, decision)
            assert problem_of(delivered).decision is decision


class TestResolving:
    def test_follows_the_decision_once(self, delivered: House) -> None:
        delivered.take(raised(delivered))
        with refused("problem_undecided"):
            delivered.take(resolved(delivered))
        decide(delivered, ProblemDecision.WARNING)
        with refused("date_before_earlier_step"):
            delivered.take(resolved(delivered, on=day(delivered, 39)))
        delivered.take(resolved(delivered))
        assert problem_of(delivered).resolved is not None
        with refused("problem_already_resolved"):
            delivered.take(resolved(delivered))
        with refused("problem_unknown"):
            delivered.take(resolved(delivered, number=2))

    @pytest.mark.parametrize("decision", [ProblemDecision.RECOVERY, ProblemDecision.PASSED_ON])
    def test_waits_for_what_was_decided(self, delivered: House, decision: ProblemDecision) -> None:
        delivered.take(raised(delivered))
        decide(delivered, decision)
        with refused("decision_not_carried_out"):
            delivered.take(resolved(delivered))


class TestClosing:
    def close(self, house: House, outcome: Outcome, after_delivery: int = 60) -> None:
        on = day(house, after_delivery)
        house.take(CloseCase(occurred_on=on, outcome=outcome, explanation="It came to that."))

    @pytest.mark.parametrize("outcome", sorted(OF_PROJECT))
    def test_waits_for_a_decision_where_it_says_how_the_project_ended(
        self, delivered: House, outcome: Outcome
    ) -> None:
        delivered.take(raised(delivered))
        with refused("problem_undecided"):
            self.close(delivered, outcome)
        decide(delivered, ProblemDecision.WARNING)
        unseen = {
            Outcome.PROJECT_STOPPED: ("no_visit_says_stopped", ProjectCondition.STOPPED),
            Outcome.PROJECT_RUNNING: ("no_recent_visit_says_running", ProjectCondition.RUNNING),
        }
        if outcome in unseen:
            code, condition = unseen[outcome]
            with refused(code):
                self.close(delivered, outcome)
            delivered.take(s.RecordVisit(occurred_on=day(delivered, 45), project=condition))
        self.close(delivered, outcome)
        assert not delivered.case.is_open

    def test_waits_for_none_otherwise_and_it_is_decided_afterwards(self, delivered: House) -> None:
        """Nobody is kept from recording a death, and the coordinator can always decide."""
        delivered.take(raised(delivered, kind=ProblemKind.DEATH, items=()))
        die(delivered, day(delivered, 35))
        self.close(delivered, Outcome.DECEASED, 35)
        decide(delivered, ProblemDecision.FAMILY_KEEPS)
        assert problem_of(delivered).resolved is not None


class TestVisit:
    def project(self, house: House) -> ProjectState:
        track = find_track(house.case)
        assert track is not None
        state = house.paper.state(stream_id(StreamKind.PROJECT, track.project_id or ""))
        assert isinstance(state, ProjectState)
        return state

    def visit(self, house: House, on: date, **found: EquipmentCondition) -> None:
        items = tuple(ItemFound(item=int(n[1:]), condition=how) for n, how in found.items())
        house.take(s.RecordVisit(occurred_on=on, project=ProjectCondition.RUNNING, items=items))

    def test_says_how_each_item_was_found_the_latest_day_first(self, delivered: House) -> None:
        """Entered in another order than they were made."""
        in_use, sold, broken = (
            EquipmentCondition.IN_USE,
            EquipmentCondition.SOLD,
            EquipmentCondition.BROKEN,
        )
        self.visit(delivered, day(delivered, 60), _1=in_use, _2=sold)
        self.visit(delivered, day(delivered, 30), _1=broken)
        assert self.project(delivered).found == {
            1: Found(in_use, day(delivered, 60)),
            2: Found(sold, day(delivered, 60)),
        }

    def test_tells_of_what_was_handed_over_and_of_each_once(self, delivered: House) -> None:
        in_use = EquipmentCondition.IN_USE
        with refused("item_not_delivered"):
            self.visit(delivered, day(delivered), _3=in_use)
        twice = (ItemFound(item=1, condition=in_use),) * 2
        visit = s.RecordVisit(
            occurred_on=day(delivered), project=ProjectCondition.RUNNING, items=twice
        )
        with refused("item_repeated"):
            delivered.take(visit)
