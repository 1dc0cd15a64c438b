"""A programme on paper with a centre, staff, an agreement, a ceremony, and a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID, uuid5

import pytest

from domain.case.state import CaseState
from domain.example.beside import (
    register_beneficiary,
    register_centre,
    register_staff,
    schedule_ceremony,
    sign_agreement,
)
from domain.example.person import EXAMPLE
from domain.example.way import Way, taken_by
from domain.message import Actor, Event, Role, Step, StreamKind, stream_id
from domain.staff.events import StaffRegistered
from domain.tracks.self_employment.steps import RecordDecision
from tests.support.paper import ADMINISTRATOR, DIRECTORY, DIVISION, REGISTRY, ROOT, Paper


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
        by_coordinator = taken_by(step) is Role.COORDINATOR
        who = actor or (self.coordinator if by_coordinator else self.caseworker)
        return self.paper.take(stream_id(StreamKind.CASE, self.case_id), step, who)

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


def hire(paper: Paper, label: str, role: Role, centre: str | None = EXAMPLE.centre) -> Actor:
    """A caseworker or a coordinator of the centre; others have none."""
    (registered,) = paper.take(DIRECTORY, register_staff(label, role, centre), ADMINISTRATOR)
    assert isinstance(registered, StaffRegistered)
    return Actor(id=registered.staff_id, role=role, centre=centre)


def furnished() -> House:
    """A house ready for the example's case."""
    paper = Paper()
    paper.take(REGISTRY, register_centre(), ADMINISTRATOR)
    caseworker = hire(paper, "caseworker-1", Role.CASEWORKER)
    coordinator = hire(paper, "coordinator-1", Role.COORDINATOR)
    person, agreement, ceremony, case_id = (
        uuid5(ROOT, name) for name in ("person", "agreement", "ceremony", "case")
    )
    paper.take(stream_id(StreamKind.BENEFICIARY, person), register_beneficiary(), caseworker)
    paper.take(stream_id(StreamKind.AGREEMENT, agreement), sign_agreement(), DIVISION)
    paper.take(stream_id(StreamKind.CEREMONY, ceremony), schedule_ceremony(), DIVISION)
    way = Way(person, caseworker.id, agreement, ceremony)
    return House(paper, caseworker, coordinator, way, case_id)


@pytest.fixture
def house() -> House:
    return furnished()
