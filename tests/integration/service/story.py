"""The documentation's examples, taken one after another: one person's whole way."""

from dataclasses import dataclass, field
from typing import Any

from service.api.examples import AGREEMENT, BENEFICIARY, CASEWORKER, CEREMONY, EXAMPLES
from tests.integration.service.conftest import Office
from tests.support.system import Person

UNTIL_TRAINING = [
    "record-social-enquiry",
    "rule-on-eligibility",
    "record-detention-status",
    "assess-needs",
    "agree-plan",
    "record-prison-transfer",
    "change-expected-release",
    "open-track",
    "record-pardon",
    "record-education",
    "record-pre-release-review",
    "record-release",
    "record-contact",
    "add-note",
    "pause-case",
    "resume-case",
    "assign-caseworker",
]
TRAINING = ["enrol-in-training", "complete-training"]
UNTIL_APPROVAL = [
    *("propose-project", "record-coaching", "record-study", "submit-to-session"),
    "record-decision",
]
UNTIL_ORDER = ["sign-undertaking", "order-equipment", "receive-equipment", "record-payment"]
BY_COORDINATOR = {"assign-caseworker", "record-decision", "end-approval", "reopen-case"}


@dataclass
class Story:
    """A person's way; ids in the examples are replaced by those answered."""

    office: Office
    ids: dict[str, str] = field(default_factory=dict)
    position: int = 0
    taken: set[str] = field(default_factory=set)

    @property
    def case(self) -> str:
        return f"/v1/cases/{self.ids['case']}"

    def body(self, step: str) -> dict[str, Any]:
        body = EXAMPLES[step]
        names = {
            BENEFICIARY: self.ids.get("beneficiary"),
            CASEWORKER: self.office.caseworker.staff_id,
            AGREEMENT: self.ids.get("agreement"),
            CEREMONY: self.ids.get("ceremony"),
        }
        return {
            name: (names.get(value) if isinstance(value, str) else None) or value
            for name, value in body.items()
        }

    def take(self, person: Person, path: str, step: str) -> dict[str, Any]:
        answer = person.step(path, self.body(step))
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
        """Steps on the case, each by whoever may take it."""
        for step in steps:
            by_coordinator = step in BY_COORDINATOR
            person = self.office.coordinator if by_coordinator else self.office.caseworker
            self.take(person, f"{self.case}/steps/{step}", step)

    def of(self, person: Person, kind: str, *steps: str) -> None:
        """Steps on the person, the agreement or the ceremony."""
        collection = {"beneficiary": "beneficiaries", "ceremony": "ceremonies"}
        path = f"/v1/{collection.get(kind, kind + 's')}/{self.ids[kind]}/steps"
        for step in steps:
            self.take(person, f"{path}/{step}", step)

    def sign(self) -> None:
        self.take(self.office.division, "/v1/agreements", "sign-agreement")

    def schedule(self) -> None:
        self.take(self.office.division, "/v1/ceremonies", "schedule-ceremony")

    def until_delivery(self) -> None:
        """From nothing to a delivery at a ceremony."""
        self.sign()
        self.open()
        self.on(*UNTIL_TRAINING, *TRAINING, *UNTIL_APPROVAL, *UNTIL_ORDER)
        self.schedule()
        self.of(self.office.division, "ceremony", "postpone-ceremony")
        self.on("place-on-ceremony", "take-off-ceremony", "place-on-ceremony", "confirm-delivery")
        self.of(self.office.division, "ceremony", "record-ceremony-held")
