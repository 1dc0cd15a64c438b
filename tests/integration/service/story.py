"""The example's way, taken through the API: one person from nothing to a delivery and beyond."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.case.steps import RecordEducation
from domain.commands import STEPS, step_name
from domain.example.person import EXAMPLE
from domain.example.person import Person as Example
from domain.example.project import training_outside, training_waived
from domain.example.way import Way, by_day, taken_by
from domain.message import Role, Step
from service.api.steps.examples import body_of
from tests.integration.service.conftest import Office
from tests.support.system import Person

NAMED = frozenset({"beneficiary", "agreement", "ceremony"})
"""What the way names, of all that answers give ids of."""


@dataclass
class Story:
    """A person's way; the ids in the example's steps are those answered."""

    office: Office
    centre: str = EXAMPLE.centre
    province: str = EXAMPLE.province
    ids: dict[str, str] = field(default_factory=dict)
    position: int = 0
    taken: set[str] = field(default_factory=set)

    @property
    def case(self) -> str:
        return f"/v1/cases/{self.ids['case']}"

    @property
    def way(self) -> Way:
        known = {f"{kind}_id": UUID(name) for kind, name in self.ids.items() if kind in NAMED}
        given: dict[str, Any] = {"ceremony_id": EXAMPLE.ceremony_id} | known
        given |= {"centre": self.centre, "province": self.province}
        return Way(caseworker=UUID(self.office.caseworker.staff_id), **given)

    def steps(self) -> list[Step]:
        """All of the way, in order."""
        way = self.way
        return by_day((*way.steps(), *way.detours()))

    def body(self, step: str) -> dict[str, Any]:
        return body_of(self.way.step(STEPS[step]))

    def take(
        self, person: Person, path: str, step: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        answer = person.step(path, body or self.body(step))
        self.ids |= answer["ids"]
        self.position = answer["position"]
        self.taken.add(step)
        return answer

    def register(self) -> None:
        self.take(self.office.caseworker, "/v1/beneficiaries", "register-beneficiary")

    def open(self) -> None:
        self.register()
        self.take(self.office.caseworker, "/v1/cases", "open-case")

    def on(self, *steps: str) -> None:
        """Steps on the case by their names, each by whoever takes it in the example."""
        self.walk(self.way.step(STEPS[step]) for step in steps)

    def walk(self, steps: Iterable[Step], until: str | None = None) -> None:
        """These steps on the case that is open, up to the one of this name."""
        for step in steps:
            name, by_coordinator = step_name(step), taken_by(step) is Role.COORDINATOR
            if name == until:
                return
            person = self.office.coordinator if by_coordinator else self.office.caseworker
            if name != "open-case":
                self.take(person, f"{self.case}/steps/{name}", name, body_of(step))

    def of(self, person: Person, kind: str, *steps: str) -> None:
        """Steps on the person, the agreement or the ceremony."""
        collection = {"beneficiary": "beneficiaries", "ceremony": "ceremonies"}
        path = f"/v1/{collection.get(kind, kind + 's')}/{self.ids[kind]}/steps"
        for step in steps:
            self.take(person, f"{path}/{step}", step)

    def sign(self) -> None:
        self.take(self.office.division, "/v1/agreements", "sign-agreement")

    def schedule(self) -> None:
        self.take(self.office.coordinator, "/v1/ceremonies", "schedule-ceremony")

    def until_delivery(self) -> None:
        """From nothing to a delivery at a ceremony."""
        self.sign()
        self.schedule()
        self.open()
        self.walk(self.steps(), until="formalise-business")
        self.of(self.office.division, "ceremony", "record-ceremony-held")


def every_step(office: Office, delivered: Story) -> set[str]:
    """Take all the steps the example has, from a delivery on; the names of those taken in all."""
    story, division = delivered, office.division
    story.walk(step for step in story.steps() if step.occurred_on > story.way.delivered_on)
    story.on("close-case")
    story.of(division, "agreement", "amend-agreement", "allow-more-places")
    story.of(division, "agreement", "record-funds-received", "close-agreement")
    story.of(office.caseworker, "beneficiary", "change-details")
    story.of(division, "beneficiary", "request-erasure")
    story.of(office.administrator, "beneficiary", "approve-erasure")

    untrained, outside = Story(office), Story(office)
    untrained.sign()
    untrained.open()
    untrained.walk(_otherwise(untrained, training_waived), until="sign-undertaking")
    untrained.on("end-approval")
    untrained.schedule()
    untrained.of(division, "ceremony", "postpone-ceremony", "cancel-ceremony")
    outside.open()
    outside.walk(_otherwise(outside, training_outside), until="propose-project")
    return story.taken | untrained.taken | outside.taken


def _otherwise(story: Story, training: Callable[[Example], tuple[Step, ...]]) -> list[Step]:
    """The way of somebody who was not trained inside."""
    others = (step for step in story.way.steps() if not isinstance(step, RecordEducation))
    return by_day((*others, *training(story.way)))
