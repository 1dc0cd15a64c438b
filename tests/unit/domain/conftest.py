"""A programme on paper with a centre, staff, an agreement, a ceremony, and a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

import pytest

from domain.case.state import CaseState
from domain.case.steps import CloseCase, ConfirmCaseRequest, RecordDeath
from domain.case.vocabulary import DeathKnownBy, Outcome
from domain.commands import HANDLINGS
from domain.example.beside import (
    record_minutes,
    register_beneficiary,
    register_staff,
    schedule_ceremony,
    schedule_session,
    sign_agreement,
)
from domain.example.cohort import plan_cohort
from domain.example.person import EXAMPLE, Person
from domain.example.way import ANSWERS, Way, of_project, taken_by
from domain.message import Actor, Event, Role, Step, StreamKind, stream_id
from domain.order.state import OrderState
from domain.order.steps import ConfirmOrderRequest, PlaceOrder
from domain.project.vocabulary import ProjectCondition
from domain.staff.events import StaffRegistered
from domain.staff.state import StaffState
from domain.tracks.self_employment.state import projects_of
from domain.tracks.self_employment.steps import RecordDecision, RecordVisit
from tests.support.paper import ADMINISTRATOR, DIRECTORY, DIVISION, ROOT, Paper


@dataclass
class House:
    """A paper programme ready for one case."""

    paper: Paper
    caseworker: Actor
    coordinator: Actor
    way: Way
    case_id: UUID

    @property
    def case(self) -> CaseState:
        return self.paper.case(self.case_id)

    def take(self, step: Step, actor: Actor | None = None) -> list[Event]:
        if isinstance(step, PlaceOrder):
            step = of_project(step, self.project_id)
        return self.paper.take(self.stream_of(step), step, actor or self.by(step))

    def by_two(self, step: Step) -> list[Event]:
        """What comes of a step that the coordinator asks for, and the division confirms."""
        self.take(step, self.coordinator)
        of_case = HANDLINGS[type(step)].kind is StreamKind.CASE
        confirm = ConfirmCaseRequest if of_case else ConfirmOrderRequest
        return self.take(confirm(occurred_on=step.occurred_on))

    @property
    def second(self) -> Actor:
        """Of the division, and registered before anything was asked for."""
        staff = self.paper.state(DIRECTORY)
        assert isinstance(staff, StaffState)
        return next(each.actor for each in staff.staff.values() if each.actor.role is Role.DIVISION)

    def by(self, step: Step) -> Actor:
        """Who takes a step of the case in the example."""
        if isinstance(step, ANSWERS):
            return self.second
        match taken_by(step):
            case Role.COORDINATOR:
                return self.coordinator
            case Role.DIVISION:
                return DIVISION
            case _:
                return self.caseworker

    def stream_of(self, step: Step) -> str:
        """What the step is taken on: the case, or the order."""
        kind = HANDLINGS[type(step)].kind
        name = self.way.order_id if kind is StreamKind.ORDER else self.case_id
        return stream_id(kind, name)

    @property
    def project_id(self) -> UUID:
        """That the case proposed last, or the example's while it has none."""
        return next(reversed(list(projects_of(self.case))), self.way.project_id)

    @property
    def order(self) -> OrderState:
        state = self.paper.state(stream_id(StreamKind.ORDER, self.way.order_id))
        assert isinstance(state, OrderState)
        return state

    def walk(self, steps: Iterable[Step], until: type[Step] | None = None) -> None:
        """Take the steps in order; stop before the first of type `until`."""
        for step in steps:
            if until is not None and isinstance(step, until):
                return
            self.take(step)


def decided(way: Way, goods: Decimal, cash: Decimal) -> RecordDecision:
    """The example's decision, over other amounts."""
    amounts = {"equipment_amount": goods, "cash_grant": cash}
    return way.step(RecordDecision).model_copy(update=amounts)


def die(house: House, on: date) -> None:
    house.take(RecordDeath(occurred_on=on, known_by=DeathKnownBy.FAMILY))


def end_running(house: House, on: date) -> None:
    """The project runs, as a visit says, and the case is closed so."""
    house.take(RecordVisit(occurred_on=on, project=ProjectCondition.RUNNING))
    house.take(CloseCase(occurred_on=on, outcome=Outcome.PROJECT_RUNNING))


def hire(paper: Paper, label: str, role: Role, centre: str | None = EXAMPLE.centre) -> Actor:
    """A caseworker or a coordinator of the centre; others have none."""
    (registered,) = paper.take(DIRECTORY, register_staff(label, role, centre), ADMINISTRATOR)
    assert isinstance(registered, StaffRegistered)
    return Actor(id=registered.staff_id, role=role, centre=centre)


def convene(paper: Paper, session_id: UUID, who: Person = EXAMPLE, *, held: bool = True) -> str:
    """A session on the example's day, with its minutes where it was held; its stream."""
    stream = stream_id(StreamKind.SESSION, session_id)
    paper.take(stream, schedule_session(who), DIVISION)
    if held:
        paper.take(stream, record_minutes(who), DIVISION)
    return stream


def furnished(*, held: bool = True) -> House:
    """A house ready for the example's case; its session is held already, and its list told late."""
    paper = Paper()
    paper.found()
    caseworker = hire(paper, "caseworker-1", Role.CASEWORKER)
    coordinator = hire(paper, "coordinator-1", Role.COORDINATOR)
    hire(paper, "division-1", Role.DIVISION, None)
    person, agreement, session, ceremony, cohort, case_id = (
        uuid5(ROOT, name)
        for name in ("person", "agreement", "session", "ceremony", "cohort", "case")
    )
    paper.take(stream_id(StreamKind.BENEFICIARY, person), register_beneficiary(), caseworker)
    paper.take(stream_id(StreamKind.AGREEMENT, agreement), sign_agreement(), DIVISION)
    convene(paper, session, held=held)
    paper.take(stream_id(StreamKind.CEREMONY, ceremony), schedule_ceremony(), DIVISION)
    paper.take(stream_id(StreamKind.COHORT, cohort), plan_cohort(), coordinator)
    way = Way(person, caseworker.id, agreement, ceremony, session, cohort)
    return House(paper, caseworker, coordinator, way, case_id)


@pytest.fixture
def house() -> House:
    return furnished()
