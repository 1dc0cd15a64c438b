"""The example's way, taken through the API: one person from nothing to a delivery and beyond."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from domain.case.steps import ConfirmCaseRequest, OpenTrack, RecordEducation
from domain.commands import STEPS, step_name
from domain.example.care import bound_in_freedom
from domain.example.employment import job
from domain.example.ordering import assigned, found_again, troubled
from domain.example.ordering import kept as in_inventory
from domain.example.person import EXAMPLE
from domain.example.person import Person as Example
from domain.example.project import (
    appeal,
    change,
    given_back,
    rejection,
    replacement,
    revision,
    second_funding,
    submission,
    training_outside,
    training_waived,
    withdrawal,
)
from domain.example.schooling import at_school
from domain.example.training import in_cohort
from domain.example.way import Way, by_day, of_project, taken_by
from domain.message import Step
from domain.order.steps import RecordLoss
from domain.tracks.self_employment.steps import EndApproval, PlaceOnCeremony, TakeOffCeremony
from service.api.steps.examples import EXAMPLES, body_of
from service.api.steps.routes import path_of
from service.papers.taking import ATTACHING as BY_KIND
from tests.integration.service.conftest import Office
from tests.support import papers
from tests.support.beforehand import recording
from tests.support.system import Person

ATTACHING = frozenset(step_name(step) for step in BY_KIND.values())
WITHDRAWING = frozenset(each.replace("attach", "withdraw") for each in ATTACHING)
NAMED = frozenset({"beneficiary", "agreement", "session", "project", "order", "ceremony", "cohort"})
"""What the way names, of all that answers give ids of."""


def somebody(**more: Any) -> dict[str, Any]:
    """The example's registration, of somebody whose card nobody has registered yet."""
    example = EXAMPLES["register-beneficiary"]
    identity = example["identity"] | {"number": new_card()}
    return {**example, "identity": identity, **more}


def new_card() -> str:
    return f"ZZ77{uuid4().int % 10**8:08}"


@dataclass
class Story:
    """A person's way; the ids in the example's steps are those answered."""

    office: Office
    centre: str = EXAMPLE.centre
    province: str = EXAMPLE.province
    number: int = EXAMPLE.number
    """Of the papers; whoever has the same has the same cheques and serial numbers."""
    ids: dict[str, str] = field(default_factory=dict)
    card: str = field(default_factory=new_card)
    position: int = 0
    taken: set[str] = field(default_factory=set)
    sent: list[str] = field(default_factory=list)
    """The papers that were sent."""

    @property
    def case(self) -> str:
        return f"/v1/cases/{self.ids['case']}"

    @property
    def way(self) -> Way:
        known = {f"{kind}_id": UUID(name) for kind, name in self.ids.items() if kind in NAMED}
        given: dict[str, Any] = {"ceremony_id": EXAMPLE.ceremony_id} | known
        given |= {"centre": self.centre, "province": self.province, "number": self.number}
        return Way(caseworker=UUID(self.office.caseworker.staff_id), **given)

    def steps(self) -> list[Step]:
        """All of the way, in order."""
        way = self.way
        return by_day((*way.steps(), *way.detours()))

    def body(self, step: str) -> dict[str, Any]:
        body = body_of(self.way.step(STEPS[step]))
        return self.with_card(body) if "identity" in body else body

    def with_card(self, body: dict[str, Any]) -> dict[str, Any]:
        return body | {"identity": body["identity"] | {"number": self.card}}

    def take(
        self, person: Person, path: str, step: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        body = body or self.body(step)
        if step in ATTACHING:
            body = body | {"paper_id": self.send(person, path)}
        elif step in WITHDRAWING:
            body = body | {"paper_id": self.sent[-1]}
        answer = person.step(path, body)
        self.ids |= answer["ids"]
        self.position = answer["position"]
        self.taken.add(step)
        return answer

    def send(self, person: Person, path: str) -> str:
        """A paper, to be attached by the step at an address."""
        response = person.send(path.partition("/steps/")[0] + "/papers", papers.pdf())
        assert response.status_code == 201, response.text
        self.sent.append(response.json()["paper_id"])
        return self.sent[-1]

    def register(self, **more: Any) -> None:
        body = self.body("register-beneficiary") | more
        self.take(self.office.caseworker, "/v1/beneficiaries", "register-beneficiary", body)

    def open(self) -> None:
        self.register()
        self.take(self.office.caseworker, "/v1/cases", "open-case")

    def on(self, *steps: str) -> None:
        """Steps on the case by their names, each by whoever takes it in the example."""
        self.walk(self.way.step(STEPS[step]) for step in steps)

    def walk(self, steps: Iterable[Step], until: str | None = None) -> None:
        """These steps on the case that is open, up to the one of this name."""
        for step in steps:
            name = step_name(step)
            if name == until:
                return
            if name != "open-case":
                person = self.office.of(taken_by(step))
                self.take(person, self.path(name), name, body_of(self.addressed(step)))

    def mend(self, name: str, told_by: str) -> None:
        """By this step, what the case was told last by that one."""
        history = self.office.auditor.found(f"{self.case}/history", limit=500)
        told = [each["version"] for each in history["events"] if each["step"] == told_by]
        body = self.body(name) | {"entry_number": told[-1]}
        self.take(self.office.coordinator, self.path(name), name, body)

    def path(self, step: str) -> str:
        """Where a step on the case, or on its order, is sent."""
        return path_of(self.way.step(STEPS[step]), self.ids)

    def addressed(self, step: Step) -> Step:
        """The step about the story's project, once there is one."""
        return of_project(step, UUID(self.ids["project"])) if "project" in self.ids else step

    def refer(self, centre: str) -> None:
        """The case to another centre, which has not answered yet."""
        body = self.body("refer-case") | {"to_centre": centre}
        self.take(self.office.caseworker, self.path("refer-case"), "refer-case", body)

    def of(self, person: Person, *steps: str) -> None:
        """Steps on the person, the agreement, the session, the ceremony or the cohort."""
        for step in steps:
            self.take(person, self.path(step), step)

    def sign(self) -> None:
        """An agreement, and the session that decides what it pays for."""
        self.take(self.office.division, "/v1/agreements", "sign-agreement")
        self.call()
        self.of(self.office.coordinator, "record-minutes")

    def call(self) -> None:
        self.take(self.office.coordinator, "/v1/sessions", "schedule-session")

    def schedule(self) -> None:
        self.take(self.office.coordinator, "/v1/ceremonies", "schedule-ceremony")

    def plan(self) -> None:
        """A cohort."""
        self.take(self.office.coordinator, "/v1/cohorts", "plan-cohort")

    @contextmanager
    def beforehand(self) -> Iterator[None]:
        """What it tells meanwhile is there at once, in the views too: a test begins with it, and is
        about other things.
        """
        office = self.office
        with recording(office.system.data) as recorded:
            people = {each.name: getattr(office, each.name) for each in fields(office)}
            of_the_ledger: dict[str, Any] = {
                name: recorded(person)
                for name, person in people.items()
                if isinstance(person, Person)
            }
            self.office = replace(office, **of_the_ledger)
            try:
                yield
            finally:
                self.office = office
        office.division.found("/v1/cases", at_least=self.position, limit=1)

    def was_delivered(self) -> None:
        """As `until_delivery`, beforehand."""
        with self.beforehand():
            self.until_delivery()

    def until_delivery(self) -> None:
        """From nothing to a delivery at a ceremony."""
        self.sign()
        self.schedule()
        self.plan()
        self.open()
        self.walk(self.steps(), until="formalise-business")
        self.of(self.office.division, "record-ceremony-held")


def every_step(office: Office, delivered: Story) -> set[str]:
    """Take all the steps the example has, from a delivery on; the names of those taken in all."""
    story, division = delivered, office.division
    story.walk(step for step in story.steps() if step.occurred_on > story.way.delivered_on)
    every_paper(story)
    every_voice(story)
    story.mend("correct-recovery", "record-recovery")
    story.on("close-case")
    every_finding(story)
    every_step_of_the_agreement(story)
    every_right(story)

    untrained, outside = Story(office), Story(office)
    untrained.sign()
    untrained.open()
    untrained.walk(otherwise(untrained, training_waived), until="sign-undertaking")
    untrained.on("drop-items", "end-approval", "refuse-case-request")
    untrained.on("confirm-approval", "end-approval", "confirm-case-request")
    given_up = untrained.body("close-case") | {"outcome": "disengaged"}
    untrained.take(office.caseworker, untrained.path("close-case"), "close-case", given_up)
    untrained.on("record-death")
    for answer in ("refuse-beneficiary-request", "confirm-beneficiary-request"):
        untrained.of(division, "request-erasure")
        untrained.of(office.coordinator, answer)
    untrained.schedule()
    untrained.of(division, "postpone-ceremony", "cancel-ceremony")
    untrained.plan()
    changing = ("move-cohort", "change-cohort-places", "cancel-cohort")
    untrained.of(office.coordinator, *changing)
    story.of(office.coordinator, "end-cohort")
    untrained.call()
    untrained.of(office.coordinator, "postpone-session", "cancel-session")
    outside.sign()
    outside.open()
    outside.walk(otherwise(outside, training_outside), until="receive-lines")
    outside.walk(troubled(outside.way))
    kept = Story(office)
    kept.sign()
    kept.open()
    kept.walk(by_day([*kept.way.steps(), change(kept.way)]), until="place-on-ceremony")
    kept.walk([kept.way.step(RecordLoss), found_again(kept.way)])
    on_day = {"occurred_on": kept.way.day(469)}
    end = kept.way.step(EndApproval).model_copy(update=on_day)
    confirm = kept.way.step(ConfirmCaseRequest).model_copy(update=on_day)
    kept.walk([end, confirm, in_inventory(kept.way)])
    own = {"version": f"v2-{story.card.lower()}"}  # a version is set once
    administrator = office.administrator
    story.take(administrator, "/v1/rules", "add-rules", story.body("add-rules") | own)
    moved = kept.body("adopt-rules") | own
    kept.take(office.coordinator, kept.path("adopt-rules"), "adopt-rules", moved)
    takes = _takes_from_stock(office, kept)
    stories = (
        takes,
        *(story, untrained, outside, kept),
        *(_left_out_of_the_list(office), _turned_back(office), _registered_twice(office)),
        *(_bound_in_freedom(office), _referred(office)),
        *(_in_a_cohort(office), _in_a_job(office)),
    )
    return {step for each in stories for step in each.taken}


def every_right(story: Story) -> None:
    """What is told of the person themselves, and what they ask about it."""
    office = story.office
    story.of(office.caseworker, "change-details", "correct-identity")
    story.of(office.coordinator, "receive-data-request", "answer-data-request")
    story.of(office.coordinator, "restrict-on-request")
    story.of(office.division, "restrict-person")
    story.of(office.coordinator, "lift-restriction")


def every_voice(story: Story) -> None:
    """A complaint from its filing to its erasure; and somebody who came without a case."""
    office, division = story.office, story.office.division
    file_complaint(story)
    story.of(office.coordinator, "redirect-complaint")
    file_complaint(story)
    story.of(office.coordinator, "name-complaint-handler")
    story.of(office.caseworker, "answer-complaint", "close-complaint", "reopen-complaint")
    story.of(office.caseworker, "pass-complaint-on")
    path, again = story.path("reopen-complaint"), {"occurred_on": str(story.way.day(430))}
    body = story.body("reopen-complaint") | again
    story.take(office.coordinator, path, "reopen-complaint", body)
    story.of(office.coordinator, "withdraw-complaint")
    story.of(division, "erase-complaint")
    story.take(office.caseworker, "/v1/receptions", "record-reception")
    story.of(office.caseworker, "cancel-reception")


def file_complaint(story: Story, by: Person | None = None, **about: Any) -> dict[str, Any]:
    body = story.body("file-complaint") | about
    return story.take(by or story.office.caseworker, "/v1/complaints", "file-complaint", body)


def every_paper(story: Story) -> None:
    """Attached to all that keeps papers, and withdrawn."""
    office = story.office
    story.on("attach-order-document", "withdraw-order-document")
    for kind, person in (
        ("session", office.coordinator),
        ("ceremony", office.coordinator),
        ("agreement", office.division),
    ):
        story.of(person, f"attach-{kind}-document", f"withdraw-{kind}-document")


def _takes_from_stock(office: Office, gives: Story) -> Story:
    """Somebody under the same agreement, who gets what was ordered for another."""
    story = Story(office)
    story.call()
    story.of(office.coordinator, "record-minutes")
    story.ids["agreement"] = gives.ids["agreement"]
    story.open()
    story.walk(story.way.steps(), until="place-order")
    story.walk((*replacement(story.way), *given_back(story.way)))
    assign = assigned(story.way).model_copy(
        update={
            "occurred_on": story.way.day(475),
            "line": 2,
            "item": 2,
            "project_id": UUID(story.ids["project"]),
        }
    )
    gives.take(office.coordinator, gives.path("assign-line"), "assign-line", body_of(assign))
    return story


def _turned_back(office: Office) -> Story:
    """Somebody who revised the project, took it back, was rejected and appealed."""
    story = Story(office)
    story.sign()
    story.open()
    way = story.way
    ahead = [*way.steps(), revision(way), second_funding(way), withdrawal(way)]
    story.walk(by_day(ahead), until="record-decision")
    again = submission(way).model_copy(update={"occurred_on": withdrawal(way).occurred_on})
    story.walk([again, rejection(way)])
    story.mend("correct-decision", "record-decision")
    story.walk([appeal(way)])
    return story


def _registered_twice(office: Office) -> Story:
    """Somebody who was merged with another, and parted again.

    Born on a day of their own: of those alike a form offers twenty, and many tests share a house.
    """
    one, story = Story(office), Story(office)
    born = str(date(1950, 1, 1) + timedelta(days=uuid4().int % 14_000))
    one.register(birth_date=born)
    story.register(birth_date=born)
    merge(story, one)
    part(story)
    return story


def merge(story: Story, one: Story, by: Person | None = None, **more: Any) -> None:
    """The story's person goes by the other's from then on."""
    more |= {"goes_by": one.ids["beneficiary"]}
    _by_two(story, "merge-person", by or story.office.coordinator, more)


def part(story: Story) -> None:
    _by_two(story, "undo-merge", story.office.coordinator, {})


def _by_two(story: Story, step: str, confirms: Person, more: dict[str, Any]) -> None:
    path, body = f"/v1/beneficiaries/{story.ids['beneficiary']}/steps", story.body(step) | more
    story.take(story.office.caseworker, f"{path}/{step}", step, body)
    confirm = "confirm-beneficiary-request"
    on = {"occurred_on": body["occurred_on"]}
    story.take(confirms, f"{path}/{confirm}", confirm, on)


def _referred(office: Office) -> Story:
    """Somebody whose case is referred three times, and followed by another centre at last."""
    story, there = Story(office), office.receiver
    story.open()
    opens = story.body("open-in-emergency") | {"number": story.card}
    story.take(there, "/v1/emergencies", "open-in-emergency", opens)
    asks = story.body("ask-for-referral") | {"number": story.card}
    story.take(there, "/v1/referrals/requests", "ask-for-referral", asks)
    declined = story.body("decline-referral-request") | {"by_centre": "midelt"}
    path = story.path("decline-referral-request")
    story.take(office.caseworker, path, "decline-referral-request", declined)
    for answer, person in (
        ("withdraw-referral", office.caseworker),
        ("refuse-referral", there),
        ("accept-referral", there),
    ):
        story.refer("midelt")
        day = story.body("refer-case")["occurred_on"]
        body = story.body(answer) | {"occurred_on": day}
        if answer == "accept-referral":
            body |= {"caseworker": there.staff_id}
        story.take(person, story.path(answer), answer, body)
    return story


def _bound_in_freedom(office: Office) -> Story:
    """A child who was placed, went to school, and years later serves an alternative penalty."""
    story, person = Story(office), office.caseworker
    mother = {"name": "Aicha Elmithal", "relation": "mother", "phone": "+212600000002"}
    minor = {"birth_date": "2008-03-04", "guardian": mother}
    child = story.body("register-beneficiary") | minor
    story.take(person, "/v1/beneficiaries", "register-beneficiary", child)
    story.take(person, "/v1/cases", "open-case")
    story.walk(by_day((*bound_in_freedom(story.way), *at_school(story.way))))
    return story


def _in_a_job(office: Office) -> Story:
    story = Story(office)
    story.open()
    story.walk((*story.way.to_release(), *job(story.way)))
    return story


def _in_a_cohort(office: Office) -> Story:
    """Somebody who learns a trade with others, and whose place is free again once the training ended."""
    story, own = Story(office), (RecordEducation, OpenTrack)
    story.plan()
    story.open()
    story.walk(step for step in story.way.to_release() if not isinstance(step, own))
    story.walk(in_cohort(story.way))
    path, on = story.path("vacate-place"), {"occurred_on": str(story.way.day(319))}
    body = on | {"case_id": story.ids["case"]}
    story.take(office.coordinator, path, "vacate-place", body)
    return story


def _left_out_of_the_list(office: Office) -> Story:
    """Somebody who was handed theirs at a ceremony whose list lacked them."""
    story = Story(office)
    story.sign()
    story.schedule()
    story.open()
    unlisted = (PlaceOnCeremony, TakeOffCeremony)
    steps = (step for step in story.steps() if not isinstance(step, unlisted))
    story.walk(steps, until="formalise-business")
    story.mend("correct-delivery", "confirm-delivery")
    story.of(office.division, "record-ceremony-held")
    story.on("add-missing-line")
    return story


def a_finding(office: Office) -> str:
    """The latest that there is: of an agreement, mostly, of which too little is spent near its end."""
    return str(office.auditor.found("/v1/findings")["findings"][0]["finding_id"])


def every_finding(story: Story) -> None:
    """One is dismissed, and taken up again."""
    story.ids["finding"] = a_finding(story.office)
    story.of(story.office.auditor, "dismiss-finding", "reopen-finding")


def every_step_of_the_agreement(story: Story) -> None:
    """Until nothing is in hand, and it is closed; and opened again."""
    office, division = story.office, story.office.division
    story.of(division, "declare-shortfall", "record-funds-received")
    story.of(division, "amend-agreement")
    for answer in ("refuse-agreement-request", "confirm-agreement-request"):
        story.of(division, "allow-more-places")
        story.of(office.coordinator, answer)
    path = f"/v1/agreements/{story.ids['agreement']}"
    whole = {"amount": story.body("record-funds-received")["amount"]}

    def mend(name: str, **instead: object) -> None:
        story.take(division, f"{path}/steps/{name}", name, story.body(name) | instead)

    whole = story.body("record-funds-received")["amount"]
    mend("correct-funds", movement=2, amount=whole, tranche=None)
    story.of(division, "repay-funds")
    mend("reverse-funds", movement=4)
    story.of(division, "repay-funds")
    other = division.step("/v1/agreements", story.body("sign-agreement"))["ids"]["agreement"]
    over = story.body("carry-funds-over") | {"into": other}
    story.take(division, f"{path}/steps/carry-funds-over", "carry-funds-over", over)
    received, gone = story.body("record-funds-received"), story.body("repay-funds")
    spent = EXAMPLE.cost + Decimal(gone["amount"]) + Decimal(over["amount"])
    rest = gone | {"amount": str(Decimal(received["amount"]) - spent)}
    story.take(division, f"{path}/steps/repay-funds", "repay-funds", rest)
    story.of(division, "close-agreement", "reopen-agreement")
    again = story.body("confirm-agreement-request") | {
        "occurred_on": story.body("reopen-agreement")["occurred_on"]
    }
    name = "confirm-agreement-request"
    story.take(office.coordinator, f"{path}/steps/{name}", name, again)


def otherwise(story: Story, training: Callable[[Example], tuple[Step, ...]]) -> list[Step]:
    """The way of somebody who was not trained inside."""
    others = (step for step in story.way.steps() if not isinstance(step, RecordEducation))
    return by_day((*others, *training(story.way)))
