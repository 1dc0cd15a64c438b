"""A programme on paper with a centre, staff, an agreement, a ceremony, and a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

import pytest

from domain.case.state import CaseState
from domain.message import Actor, Event, Role, Step, StreamKind, stream_id
from domain.staff.events import StaffRegistered
from domain.staff.steps import RegisterStaff
from domain.tracks.self_employment.steps import RecordDecision
from tests.support import journey
from tests.support.journey import Journey
from tests.support.paper import ADMINISTRATOR, DIRECTORY, DIVISION, REGISTRY, ROOT, Paper


@dataclass
class House:
    """A paper programme ready for one case."""

    paper: Paper
    caseworker: Actor
    coordinator: Actor
    journey: Journey
    case_id: UUID

    @property
    def case(self) -> CaseState:
        return self.paper.case(self.case_id)

    def take(self, step: Step, actor: Actor | None = None) -> list[Event]:
        who = actor or (self.coordinator if isinstance(step, RecordDecision) else self.caseworker)
        return self.paper.take(stream_id(StreamKind.CASE, self.case_id), step, who)

    def walk(self, steps: Iterable[Step], until: type[Step] | None = None) -> None:
        """Take the steps in order; stop before the first of type `until`."""
        for step in steps:
            if until is not None and isinstance(step, until):
                return
            self.take(step)


def hire(paper: Paper, label: str, role: Role) -> Actor:
    centre = journey.CENTRE if role in (Role.CASEWORKER, Role.COORDINATOR) else None
    step = RegisterStaff(occurred_on=date(2022, 1, 3), label=label, role=role, centre=centre)
    (registered,) = paper.take(DIRECTORY, step, ADMINISTRATOR)
    assert isinstance(registered, StaffRegistered)
    return Actor(id=registered.staff_id, role=role, centre=centre)


@pytest.fixture
def house() -> House:
    paper = Paper()
    paper.take(REGISTRY, journey.register_centre(), ADMINISTRATOR)
    caseworker = hire(paper, "caseworker-1", Role.CASEWORKER)
    coordinator = hire(paper, "coordinator-1", Role.COORDINATOR)
    person, agreement, ceremony, case_id = (
        uuid5(ROOT, name) for name in ("person", "agreement", "ceremony", "case")
    )
    paper.take(
        stream_id(StreamKind.BENEFICIARY, person), journey.register_beneficiary(), caseworker
    )
    paper.take(stream_id(StreamKind.AGREEMENT, agreement), journey.sign_agreement(), DIVISION)
    paper.take(stream_id(StreamKind.CEREMONY, ceremony), journey.schedule_ceremony(), DIVISION)
    way = Journey(person, caseworker.id, agreement, ceremony)
    return House(paper, caseworker, coordinator, way, case_id)
