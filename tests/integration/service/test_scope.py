"""Each query and each step, asked by another centre's staff and by the division.

One person's case in one centre, with an agreement, a ceremony and a reminder; what another
centre's caseworker and coordinator and the division come to when they ask for it or act on it.
What is new in the table is expected here, or this is red.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum, auto
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from domain.case.steps import RecordReminder
from domain.example.person import EXAMPLE
from domain.message import TIMER, Command, Origin, OriginKind, Role, StreamKind, stream_id
from projections.views.tasks import Group
from service.access.table import FOR_PAGES, QUERIES, STEPS
from service.access.vocabulary import Scope
from service.api.steps.examples import EXAMPLES
from service.api.steps.routes import operations
from service.bootstrap import opened_ledger, opened_outbox
from service.notify.channels import MessageChannel
from service.notify.outbox.message import Audience, MessageRow, State, message_id
from service.printing.pdf import Pdf
from service.settings import Settings
from tests.integration.service.batched import every_step_of_a_batch
from tests.integration.service.conftest import Office, elsewhere
from tests.integration.service.story import Story, file_complaint
from tests.support.printed import text_of
from tests.support.system import Person

ELSEWHERE = "another-centre"
TWINS = 901
"""The number of whose papers two people have: a finding of their centre alone."""


FAILED = message_id("of the story")
"""A message about the story's case that did not arrive."""


class Comes(Enum):
    """What another centre's staff come to."""

    REFUSED = auto()
    ABSENT = auto()
    """Told what is told of a thing that was never made."""
    CUT = auto()
    """Answered, without what is not theirs."""
    NOTHING = auto()
    """Nothing is theirs, and that is said."""
    OPEN = auto()
    """Answered as anybody of the role is."""
    NOT_FOR_CENTRES = auto()
    """Nobody's of a centre, also not their own's."""


KEEPING: Mapping[str, Scope] = {
    "case": Scope.CASE,
    "session": Scope.SESSION,
    "order": Scope.ORDER,
    "ceremony": Scope.CEREMONY,
    "agreement": Scope.AGREEMENT,
}
"""What keeps papers, and whose it must be."""
COLLECTED = {
    **{kind: f"{kind}s" for kind in ("case", "session", "order", "agreement")},
    "ceremony": "ceremonies",
}

EXPECTED_OF_QUERIES: Mapping[str, tuple[Scope, Comes]] = {
    "list-cases": (Scope.CASES, Comes.CUT),
    "search-cases": (Scope.CASES, Comes.CUT),
    "count-cases": (Scope.CASES, Comes.CUT),
    "get-case": (Scope.CASE, Comes.REFUSED),
    "get-case-timeline": (Scope.CASE, Comes.REFUSED),
    "get-case-history": (Scope.CASE, Comes.REFUSED),
    "get-case-reminders": (Scope.CASE, Comes.REFUSED),
    "list-tasks": (Scope.CASES, Comes.CUT),
    "count-tasks": (Scope.CASES, Comes.CUT),
    "list-agenda": (Scope.CASES, Comes.CUT),
    "follow-tasks": (Scope.CASES, Comes.CUT),
    "list-matters": (Scope.CASES, Comes.CUT),
    "count-matters": (Scope.CASES, Comes.CUT),
    "list-prison-day": (Scope.CASES, Comes.CUT),
    "list-visit-round": (Scope.CASES, Comes.CUT),
    "get-team": (Scope.CASES, Comes.CUT),
    "list-reminders": (Scope.CASES, Comes.CUT),
    "get-report": (Scope.CASES, Comes.CUT),
    "get-report-as-known": (Scope.CASES, Comes.CUT),
    "list-findings": (Scope.CASES, Comes.CUT),
    "get-finding": (Scope.CASES, Comes.ABSENT),
    "list-checks": (Scope.HOUSE, Comes.NOT_FOR_CENTRES),
    "find-similar-people": (Scope.CASES, Comes.CUT),
    "get-beneficiary": (Scope.PERSON, Comes.REFUSED),
    "get-beneficiary-history": (Scope.PERSON, Comes.REFUSED),
    "get-project-history": (Scope.PROJECT, Comes.REFUSED),
    "list-agreements": (Scope.AGREEMENTS, Comes.CUT),
    "get-agreement": (Scope.AGREEMENT, Comes.REFUSED),
    "get-agreement-history": (Scope.AGREEMENT, Comes.REFUSED),
    "list-agreement-stock": (Scope.AGREEMENT, Comes.REFUSED),
    "list-orders": (Scope.ORDERS, Comes.CUT),
    "get-order": (Scope.ORDER, Comes.REFUSED),
    "get-order-history": (Scope.ORDER, Comes.REFUSED),
    "list-ceremonies": (Scope.CEREMONIES, Comes.CUT),
    "list-sessions": (Scope.SESSIONS, Comes.CUT),
    "get-session": (Scope.SESSION, Comes.REFUSED),
    "get-session-history": (Scope.SESSION, Comes.REFUSED),
    "list-requests": (Scope.REQUESTS, Comes.CUT),
    "list-referrals": (Scope.REFERRALS, Comes.CUT),
    "list-answered-referrals": (Scope.REFERRALS, Comes.CUT),
    "get-ceremony": (Scope.CEREMONY, Comes.REFUSED),
    "get-ceremony-history": (Scope.CEREMONY, Comes.REFUSED),
    "list-cohorts": (Scope.COHORTS, Comes.CUT),
    "get-cohort": (Scope.COHORT, Comes.REFUSED),
    "get-cohort-attendance": (Scope.COHORT, Comes.REFUSED),
    "get-cohort-history": (Scope.COHORT, Comes.REFUSED),
    "print-undertaking": (Scope.CASE, Comes.REFUSED),
    "print-delivery-slip": (Scope.CASE, Comes.REFUSED),
    "print-attestation": (Scope.CASE, Comes.REFUSED),
    "print-consent-form": (Scope.CASE, Comes.REFUSED),
    "print-case-summary": (Scope.CASE, Comes.REFUSED),
    "print-visit-sheet": (Scope.CASE, Comes.REFUSED),
    "print-visit-sheets": (Scope.CASES, Comes.NOTHING),
    "print-ceremony-list": (Scope.CEREMONY, Comes.REFUSED),
    "print-ceremony-minutes": (Scope.CEREMONY, Comes.REFUSED),
    "print-ceremony-slips": (Scope.CEREMONY, Comes.REFUSED),
    "print-session-list": (Scope.SESSION, Comes.REFUSED),
    "print-attendance-sheet": (Scope.COHORT, Comes.REFUSED),
    "print-order-slips": (Scope.ORDER, Comes.REFUSED),
    **{
        what: (scope, Comes.REFUSED)
        for kind, scope in KEEPING.items()
        for what in (f"list-{kind}-papers", f"get-{kind}-paper")
    },
    "list-data-requests": (Scope.CASES, Comes.CUT),
    "list-restricted-people": (Scope.CASES, Comes.CUT),
    "list-retention": (Scope.CASES, Comes.CUT),
    "get-person-record": (Scope.PERSON, Comes.REFUSED),
    "print-person-record": (Scope.PERSON, Comes.REFUSED),
    "get-erasure": (Scope.ERASURE, Comes.REFUSED),
    "print-erasure-certificate": (Scope.ERASURE, Comes.REFUSED),
    "list-complaints": (Scope.COMPLAINTS, Comes.CUT),
    "get-complaint": (Scope.COMPLAINT, Comes.ABSENT),
    "get-complaint-history": (Scope.COMPLAINT, Comes.ABSENT),
    "list-receptions": (Scope.CASES, Comes.CUT),
    "get-reception": (Scope.RECEPTION, Comes.REFUSED),
    "count-receptions": (Scope.CASES, Comes.CUT),
    "list-batches": (Scope.BATCHES, Comes.CUT),
    "get-batch": (Scope.BATCH, Comes.REFUSED),
    "list-batch-lines": (Scope.BATCH, Comes.REFUSED),
    "get-batch-history": (Scope.BATCH, Comes.REFUSED),
    "find-batch-lines": (Scope.OWN_LIST, Comes.CUT),
    **dict.fromkeys(("list-inbox", "count-inbox"), (Scope.CASES, Comes.CUT)),
    **dict.fromkeys(("list-outbox", "count-outbox"), (Scope.MESSAGES, Comes.CUT)),
    "send-again": (Scope.MESSAGES, Comes.ABSENT),
    "list-staff": (Scope.COLLEAGUES, Comes.CUT),
    "list-delegations": (Scope.COLLEAGUES, Comes.CUT),
    "list-left-cases": (Scope.COLLEAGUES, Comes.CUT),
    "get-staff-member": (Scope.COLLEAGUES, Comes.REFUSED),
    "get-staff-history": (Scope.HOUSE, Comes.NOT_FOR_CENTRES),
    "list-centres": (Scope.REGISTRY, Comes.OPEN),
    "list-rules": (Scope.REGISTRY, Comes.OPEN),
    "get-rules": (Scope.REGISTRY, Comes.OPEN),
    "count-cases-by-rules": (Scope.CASES, Comes.CUT),
    "get-centre": (Scope.REGISTRY, Comes.OPEN),
    "get-registry-history": (Scope.REGISTRY, Comes.OPEN),
    "list-registry-entries": (Scope.REGISTRY, Comes.OPEN),
    "get-registry-entry": (Scope.REGISTRY, Comes.OPEN),
    "search-registry": (Scope.REGISTRY, Comes.OPEN),
    "find-similar-entries": (Scope.REGISTRY, Comes.OPEN),
    "get-registry-totals": (Scope.CASES, Comes.CUT),
    "list-places": (Scope.REGISTRY, Comes.OPEN),
    "get-setup": (Scope.HOUSE, Comes.NOT_FOR_CENTRES),
    "list-upkeep": (Scope.HOUSE, Comes.NOT_FOR_CENTRES),
    **dict.fromkeys(
        ("list-readings", "list-unusual-readings"), (Scope.HOUSE, Comes.NOT_FOR_CENTRES)
    ),
    "list-person-readings": (Scope.PERSON, Comes.REFUSED),
    "list-access-keys": (Scope.HOUSE, Comes.NOT_FOR_CENTRES),
    "get-access-key": (Scope.HOUSE, Comes.NOT_FOR_CENTRES),
    "list-own-access-keys": (Scope.OWN, Comes.OPEN),
    "list-calls": (Scope.CASES, Comes.CUT),
    **dict.fromkeys(
        ("list-partners", "get-partner", "get-partner-secret"),
        (Scope.HOUSE, Comes.NOT_FOR_CENTRES),
    ),
    **dict.fromkeys(
        ("list-checkpoints", "get-checkpoint", "get-consistency", "check-proof"),
        (Scope.REGISTRY, Comes.OPEN),
    ),
    "get-event-proof": (Scope.HOUSE, Comes.NOT_FOR_CENTRES),
    "get-receipt-proof": (Scope.OWN, Comes.CUT),
    "get-case-proof": (Scope.CASE, Comes.REFUSED),
    "list-emergencies": (Scope.OWN, Comes.CUT),
    "get-me": (Scope.OWN, Comes.OPEN),
    "get-own-reach": (Scope.OWN, Comes.OPEN),
    "get-own-calendar": (Scope.OWN, Comes.CUT),
    "get-receipt": (Scope.OWN, Comes.CUT),
    "get-reception-history": (Scope.RECEPTION, Comes.REFUSED),
    **{
        f"get-{kind}-history": (Scope.HOUSE, Comes.NOT_FOR_CENTRES)
        for kind in ("finding", "upkeep", "reference", "numbers")
    },
    "get-event-log": (Scope.CASES, Comes.NOT_FOR_CENTRES),
    "get-object-log": (Scope.CASES, Comes.NOT_FOR_CENTRES),
    "get-case-provenance": (Scope.CASE, Comes.NOT_FOR_CENTRES),
}

PRINTS = frozenset(name for name in QUERIES if name.startswith("print-"))
SIGNED = frozenset(name for name in PRINTS if Role.DIVISION not in QUERIES[name].who)
"""Papers that a centre has signed, or takes along: nobody else prints them."""
PAPERS_OF_CEREMONY = {"list": "list", "minutes": "minutes", "slips": "delivery-slips"}
EXCHANGED = ("get-event-log", "get-object-log", "get-case-provenance")
"""The auditor's alone; under keyed names."""
OF_ONESELF = (
    *EXCHANGED,
    *(
        "get-me",
        "get-own-reach",
        "get-own-calendar",
        "list-own-access-keys",
        "list-agreement-stock",
        "list-emergencies",
    ),
    *("list-delegations", "list-left-cases"),
    *("list-inbox", "count-inbox", "count-outbox"),
    *("print-attendance-sheet", "list-prison-day", "list-calls"),
    *("list-matters", "count-matters", "list-restricted-people", "list-retention"),
)
"""Queries whose answer holds nothing of the story, whoever asks."""

AGREEMENT_STEPS = [
    "amend-agreement",
    "allow-more-places",
    "record-funds-received",
    "repay-funds",
    "carry-funds-over",
    "correct-funds",
    "reverse-funds",
    "declare-shortfall",
    "close-agreement",
    "reopen-agreement",
    "confirm-agreement-request",
    "refuse-agreement-request",
    "attach-agreement-document",
    "withdraw-agreement-document",
]
ORDER_STEPS = [
    *("receive-lines", "pay-invoice", "cancel-payment", "record-refund", "cancel-line"),
    *("reverse-payment", "correct-payment", "reverse-refund"),
    *("correct-receipt", "reverse-loss"),
    *("record-incident", "resolve-incident", "record-loss", "assign-line"),
    *("keep-in-inventory", "confirm-order-request", "refuse-order-request"),
    *("attach-order-document", "withdraw-order-document"),
]
SESSION_STEPS = [
    *("postpone-session", "cancel-session", "record-minutes"),
    *("attach-session-document", "withdraw-session-document"),
]
CEREMONY_STEPS = [
    *("postpone-ceremony", "cancel-ceremony", "record-ceremony-held"),
    *("attach-ceremony-document", "withdraw-ceremony-document"),
]
COHORT_STEPS = [
    "move-cohort",
    "change-cohort-places",
    "cancel-cohort",
    "end-cohort",
    "vacate-place",
]
COMPLAINT_STEPS = [
    *("redirect-complaint", "name-complaint-handler", "answer-complaint", "close-complaint"),
    *("withdraw-complaint", "pass-complaint-on", "reopen-complaint", "erase-complaint"),
]
BATCH_STEPS = [
    *("add-batch-lines", "match-batch-lines", "recheck-batch", "start-batch"),
    *("pause-batch", "resume-batch", "stop-batch", "forget-batch"),
]
HOUSE_STEPS = [
    *("close-centre", "reopen-centre", "change-catchment", "correct-catchment"),
    "register-centre",
    "register-staff",
    "issue-access-key",
    "revoke-access-key",
    "invite-password",
    "end-credentials",
    "record-departure",
    *("register-partner", "end-partner"),
]
PERSON_STEPS = [
    "change-details",
    "correct-identity",
    "merge-person",
    "undo-merge",
    "receive-data-request",
    "answer-data-request",
    "restrict-person",
    "lift-restriction",
    "restrict-on-request",
    "request-erasure",
    "confirm-beneficiary-request",
    "refuse-beneficiary-request",
]

EXPECTED_OF_STEPS: Mapping[str, tuple[Scope, Comes]] = {
    # What is not named here is a case's own, and refused to everybody else.
    **dict.fromkeys(STEPS, (Scope.CASE, Comes.REFUSED)),
    **dict.fromkeys(PERSON_STEPS, (Scope.PERSON, Comes.REFUSED)),
    **dict.fromkeys(AGREEMENT_STEPS, (Scope.AGREEMENT, Comes.REFUSED)),
    **dict.fromkeys(ORDER_STEPS, (Scope.ORDER, Comes.REFUSED)),
    **dict.fromkeys(SESSION_STEPS, (Scope.SESSION, Comes.REFUSED)),
    **dict.fromkeys(CEREMONY_STEPS, (Scope.CEREMONY, Comes.REFUSED)),
    **dict.fromkeys(COHORT_STEPS, (Scope.COHORT, Comes.REFUSED)),
    **dict.fromkeys(COMPLAINT_STEPS, (Scope.COMPLAINT, Comes.REFUSED)),
    **dict.fromkeys(BATCH_STEPS, (Scope.BATCH, Comes.REFUSED)),
    "prepare-batch": (Scope.NEW_BATCH, Comes.OPEN),
    "cancel-reception": (Scope.RECEPTION, Comes.REFUSED),
    "file-complaint": (Scope.NEW_COMPLAINT, Comes.REFUSED),
    "record-reception": (Scope.NEW_RECEPTION, Comes.REFUSED),
    **dict.fromkeys(HOUSE_STEPS, (Scope.HOUSE, Comes.REFUSED)),
    **dict.fromkeys(("dismiss-finding", "reopen-finding"), (Scope.FINDING, Comes.REFUSED)),
    "confirm-delivery": (Scope.LINE, Comes.REFUSED),
    "accept-referral": (Scope.REFERRED, Comes.REFUSED),
    "refuse-referral": (Scope.REFERRED, Comes.REFUSED),
    "sign-agreement": (Scope.NEW_AGREEMENT, Comes.NOT_FOR_CENTRES),
    "place-order": (Scope.NEW_ORDER, Comes.REFUSED),
    "schedule-session": (Scope.NEW_SESSION, Comes.OPEN),
    "schedule-ceremony": (Scope.NEW_CEREMONY, Comes.OPEN),
    "plan-cohort": (Scope.NEW_COHORT, Comes.OPEN),
    **dict.fromkeys(
        ("register-entry", "merge-entries", "undo-entry-merge"), (Scope.ENTRY, Comes.REFUSED)
    ),
    "acknowledge-notices": (Scope.OWN, Comes.OPEN),
    "accept-invitation": (Scope.OWN, Comes.OPEN),
    "ask-for-referral": (Scope.OWN, Comes.OPEN),
    "open-in-emergency": (Scope.OWN, Comes.OPEN),
    "name-delegate": (Scope.OWN, Comes.REFUSED),
    "end-delegation": (Scope.OWN, Comes.REFUSED),
    "change-reach": (Scope.OWN, Comes.OPEN),
    "end-reach": (Scope.OWN, Comes.REFUSED),
    "make-calendar-link": (Scope.OWN, Comes.OPEN),
    "end-calendar-link": (Scope.OWN, Comes.REFUSED),
    "change-password": (Scope.OWN, Comes.OPEN),
    "open-case": (Scope.NEW_CASE, Comes.REFUSED),
    "register-beneficiary": (Scope.NEW_PERSON, Comes.OPEN),
    "add-rules": (Scope.HOUSE, Comes.REFUSED),
}


ELSEWHERES = {
    "register-entry": "entry_of_other_province",
    "merge-entries": "entry_of_other_province",
    "undo-entry-merge": "entry_of_other_province",
    "end-delegation": "delegation_unknown",
    "end-reach": "reach_of_another",
    **dict.fromkeys(COMPLAINT_STEPS, "complaint_not_found"),
}
"""How a step is refused on what is another centre's, where not as such."""


@dataclass(frozen=True)
class Two:
    """The story of one centre, and people of another."""

    story: Story
    receipt: str
    reference: str
    caseworker: Person
    coordinator: Person
    papers: Mapping[str, str] = field(default_factory=dict)
    """One of each thing that keeps papers."""
    against: str = ""
    """A complaint about the story's case, and about its coordinator."""

    @property
    def office(self) -> Office:
        return self.story.office

    def person(self, role: Role) -> Person:
        return self.office.division if role is Role.DIVISION else getattr(self, role)


@pytest.fixture(scope="module")
def two(office: Office) -> Two:
    centre = elsewhere(ELSEWHERE, ELSEWHERE[:3].upper(), "ifrane")
    office.administrator.step("/v1/centres", EXAMPLES["register-centre"] | centre)
    Story(office, number=TWINS).was_delivered()
    story = Story(office, number=TWINS)
    story.was_delivered()
    story.of(office.division, "allow-more-places")
    against = file_complaint(story, case_id=story.ids["case"], staff_id=office.coordinator.staff_id)
    story.on("issue-attestation")
    file_complaint(story)
    every_step_of_a_batch(story)
    story.take(office.caseworker, "/v1/receptions", "record-reception")
    story.of(office.caseworker, "receive-data-request")
    failed_about(story)
    receipt = uuid4().hex
    path = f"{story.case}/steps/record-visit"
    visited = office.caseworker.post(path, story.body("record-visit"), key=receipt)
    assert visited.status_code == 200, visited.text
    story.refer("midelt")
    back = {"occurred_on": story.body("refer-case")["occurred_on"]}
    back = story.body("withdraw-referral") | back
    story.take(office.caseworker, story.path("withdraw-referral"), "withdraw-referral", back)
    story.refer("midelt")
    story.position = remind(office, story)
    sealed(office)
    hire = office.system.hire
    staff = hire(Role.CASEWORKER, ELSEWHERE), hire(Role.COORDINATOR, ELSEWHERE)
    reference = office.caseworker.found(story.case)["reference"]
    story.ids["finding"] = finding_of(story)
    return Two(story, receipt, reference, *staff, attached(story), against["ids"]["complaint"])


def finding_of(story: Story) -> str:
    """One that rests on the story's case."""
    found = story.office.division.found("/v1/findings", limit=200, at_least=story.position)
    theirs = (
        each["finding_id"]
        for each in found["findings"]
        if story.ids["case"] in {row["case_id"] for row in each["rests_on"]}
    )
    return str(next(theirs))


def sealed(office: Office) -> None:
    with opened_ledger(Settings(data=office.system.data)) as ledger:
        ledger.sealed.catch_up()
        ledger.sealed.checkpoint(anew=True)


def failed_about(story: Story) -> None:
    now, case_id = datetime.now(UTC), UUID(story.ids["case"])
    to = UUID(story.office.caseworker.staff_id)
    row = MessageRow(FAILED, Audience.STAFF, to, MessageChannel.EMAIL, State.FAILED, now, now)
    with opened_outbox(Settings(data=story.office.system.data)) as outbox:
        outbox.put([replace(row, case_id=case_id, centre=EXAMPLE.centre)])


def attached(story: Story) -> Mapping[str, str]:
    """A paper to all that keeps papers, by its kind."""
    office, found = story.office, {}
    story.on("attach-document")
    found["case"] = story.sent[-1]
    story.on("attach-order-document")
    found["order"] = story.sent[-1]
    for kind, person in (
        ("session", office.coordinator),
        ("ceremony", office.coordinator),
        ("agreement", office.division),
    ):
        story.of(person, f"attach-{kind}-document")
        found[kind] = story.sent[-1]
    return found


def remind(office: Office, story: Story) -> int:
    """Record the timer's word on the case's next review, as a worker does when it is due."""
    reviews = office.caseworker.found(story.case)["reviews"]
    due = next(each for each in reviews if each["status"] in {"scheduled", "due", "overdue"})
    at = datetime.now(UTC) + timedelta(days=5000)
    step = RecordReminder(
        occurred_on=datetime.now(UTC).date(),
        review=due["key"],
        due_on=date.fromisoformat(due["due_on"]),
        at=at,
    )
    command = Command(
        id=uuid4(),
        target=stream_id(StreamKind.CASE, UUID(story.ids["case"])),
        step=step,
        actor=TIMER,
        origin=Origin(kind=OriginKind.TIMER),
    )
    with opened_ledger(Settings(data=office.system.data)) as ledger:
        return ledger.record(command).position


def asked(two: Two, person: Person, query: str) -> httpx.Response:
    """The query, about the story."""
    ids, after = two.story.ids, {"at_least": two.story.position}
    of_ceremony = {"ceremony_id": ids["ceremony"]} | after
    ways: dict[str, tuple[str, dict[str, Any]]] = {
        "list-cases": ("/v1/cases", {"limit": 200} | after),
        "count-cases": ("/v1/cases/counts", after),
        "get-case": (two.story.case, {}),
        "get-case-timeline": (f"{two.story.case}/timeline", after),
        "get-case-history": (f"{two.story.case}/history", {}),
        "get-case-reminders": (f"{two.story.case}/reminders", {}),
        "list-tasks": ("/v1/tasks", {"case_id": ids["case"]} | after),
        "count-tasks": ("/v1/tasks/counts", {"case_id": ids["case"]} | after),
        "follow-tasks": (
            "/v1/tasks/changes",
            {"case_id": ids["case"], "since": max(two.story.position - 900, 0)} | after,
        ),
        "list-matters": ("/v1/matters", {"case_id": ids["case"]} | after),
        "count-matters": ("/v1/matters/counts", after),
        "list-prison-day": ("/v1/tasks/prison-day", after),
        "list-visit-round": ("/v1/tasks/visit-round", {"limit": 200} | after),
        "get-team": ("/v1/team", after),
        "list-reminders": ("/v1/reminders", {"case_id": ids["case"]} | after),
        "get-report": ("/v1/reports/ceremony", of_ceremony),
        "get-report-as-known": (
            f"/v1/reports/ceremony/known-on/{two.story.position}",
            of_ceremony,
        ),
        "list-findings": ("/v1/findings", {"limit": 200} | after),
        "get-finding": (f"/v1/findings/{ids.get('finding', uuid4())}", after),
        "list-checks": ("/v1/checks", after),
        "get-beneficiary": (f"/v1/beneficiaries/{ids['beneficiary']}", {}),
        "get-beneficiary-history": (f"/v1/beneficiaries/{ids['beneficiary']}/history", {}),
        "get-project-history": (f"/v1/projects/{ids['project']}/history", {}),
        "list-agreements": ("/v1/agreements", {"limit": 200} | after),
        "get-agreement": (f"/v1/agreements/{ids['agreement']}", after),
        "get-agreement-history": (f"/v1/agreements/{ids['agreement']}/history", after),
        "list-agreement-stock": (f"/v1/agreements/{ids['agreement']}/stock", after),
        "list-orders": ("/v1/orders", {"limit": 200} | after),
        "get-order": (f"/v1/orders/{ids['order']}", after),
        "get-order-history": (f"/v1/orders/{ids['order']}/history", after),
        "list-sessions": ("/v1/sessions", {"limit": 200} | after),
        "get-session": (f"/v1/sessions/{ids['session']}", after),
        "get-session-history": (f"/v1/sessions/{ids['session']}/history", after),
        "list-requests": ("/v1/requests", {"limit": 200} | after),
        "list-referrals": ("/v1/referrals", {"limit": 200} | after),
        "list-answered-referrals": ("/v1/referrals/answered", {"limit": 200} | after),
        "list-ceremonies": ("/v1/ceremonies", {"limit": 200} | after),
        "get-ceremony": (f"/v1/ceremonies/{ids['ceremony']}", after),
        "get-ceremony-history": (f"/v1/ceremonies/{ids['ceremony']}/history", after),
        "list-cohorts": ("/v1/cohorts", {"limit": 200} | after),
        "get-cohort": (f"/v1/cohorts/{ids['cohort']}", after),
        "get-cohort-attendance": (f"/v1/cohorts/{ids['cohort']}/attendance", after),
        "get-cohort-history": (f"/v1/cohorts/{ids['cohort']}/history", after),
        "print-undertaking": (f"{two.story.case}/papers-out/undertaking", after),
        "print-delivery-slip": (f"{two.story.case}/papers-out/delivery-slip", after),
        "print-attestation": (f"{two.story.case}/papers-out/attestation", after),
        "print-consent-form": (f"{two.story.case}/papers-out/consent-form", after),
        "print-case-summary": (f"{two.story.case}/papers-out/summary", after),
        "print-visit-sheet": (f"{two.story.case}/papers-out/visit-sheet", after),
        "print-visit-sheets": ("/v1/papers-out/visit-sheets", after),
        **{
            f"print-ceremony-{name}": (f"/v1/ceremonies/{ids['ceremony']}/papers-out/{kind}", after)
            for name, kind in PAPERS_OF_CEREMONY.items()
        },
        "print-session-list": (f"/v1/sessions/{ids['session']}/papers-out/list", after),
        "print-attendance-sheet": (
            f"/v1/cohorts/{ids['cohort']}/papers-out/attendance-sheet",
            after,
        ),
        "print-order-slips": (f"/v1/orders/{ids['order']}/papers-out/delivery-slips", after),
        **{
            f"list-{kind}-papers": (f"/v1/{collection}/{ids[kind]}/papers", {})
            for kind, collection in COLLECTED.items()
        },
        **{
            f"get-{kind}-paper": (
                f"/v1/{collection}/{ids[kind]}/papers/{two.papers.get(kind, uuid4())}",
                {},
            )
            for kind, collection in COLLECTED.items()
        },
        "list-data-requests": ("/v1/data-requests", {"limit": 200} | after),
        "list-restricted-people": ("/v1/restricted-people", {"limit": 200} | after),
        "get-person-record": (f"/v1/beneficiaries/{ids['beneficiary']}/record", after),
        "print-person-record": (
            f"/v1/beneficiaries/{ids['beneficiary']}/papers-out/record",
            after,
        ),
        "get-erasure": (f"/v1/beneficiaries/{ids['beneficiary']}/erasure", after),
        "print-erasure-certificate": (
            f"/v1/beneficiaries/{ids['beneficiary']}/papers-out/erasure-certificate",
            after,
        ),
        "list-retention": ("/v1/retention", {"year": "2090", "limit": 500} | after),
        "list-complaints": ("/v1/complaints", {"limit": 200} | after),
        "get-complaint": (f"/v1/complaints/{ids['complaint']}", after),
        "get-complaint-history": (f"/v1/complaints/{ids['complaint']}/history", after),
        "list-receptions": ("/v1/receptions", {"limit": 200} | after),
        "get-reception": (f"/v1/receptions/{ids['reception']}", after),
        "count-receptions": ("/v1/reception-counts", after),
        "list-batches": ("/v1/batches", {"limit": 200} | after),
        "get-batch": (f"/v1/batches/{ids['batch']}", after),
        "list-batch-lines": (f"/v1/batches/{ids['batch']}/lines", after),
        "get-batch-history": (f"/v1/batches/{ids['batch']}/history", after),
        "list-inbox": ("/v1/inbox", after),
        "count-inbox": ("/v1/inbox/counts", after),
        "list-outbox": ("/v1/outbox", {}),
        "count-outbox": ("/v1/outbox/counts", {}),
        "list-staff": ("/v1/staff", {}),
        "list-delegations": ("/v1/delegations", {}),
        "list-left-cases": ("/v1/left-cases", after),
        "get-staff-member": (f"/v1/staff/{two.office.caseworker.staff_id}", {}),
        "get-staff-history": ("/v1/staff/history", {}),
        "list-centres": ("/v1/centres", {}),
        "list-rules": ("/v1/rules", {}),
        "get-rules": ("/v1/rules/v1", {}),
        "count-cases-by-rules": ("/v1/rules/cases", after),
        "get-centre": ("/v1/centres/taza", {}),
        "get-registry-history": ("/v1/registry/history", {}),
        "list-registry-entries": ("/v1/registry/supplier", after),
        "get-registry-entry": ("/v1/registry/supplier/supplier-taza", after),
        "get-registry-totals": ("/v1/registry-totals/supplier", after),
        "list-places": ("/v1/places", {}),
        "get-setup": ("/v1/setup", {}),
        "list-upkeep": ("/v1/upkeep", {}),
        "list-readings": ("/v1/readings", {}),
        "list-emergencies": ("/v1/emergencies", {}),
        "list-unusual-readings": ("/v1/readings/unusual", {}),
        "list-person-readings": (f"/v1/beneficiaries/{ids['beneficiary']}/readings", {}),
        "list-access-keys": ("/v1/access-keys", {}),
        "get-access-key": (f"/v1/access-keys/{uuid4()}", {}),
        "list-own-access-keys": ("/v1/me/keys", {}),
        "list-calls": ("/v1/calls", after),
        "list-checkpoints": ("/v1/checkpoints", {}),
        "get-checkpoint": ("/v1/checkpoints/1", {}),
        "get-consistency": ("/v1/checkpoints/consistency", {}),
        "get-event-proof": ("/v1/events/1/proof", {}),
        "get-receipt-proof": (f"/v1/receipt-proofs/{two.receipt}", {}),
        "get-case-proof": (f"{two.story.case}/proof", {}),
        "list-partners": ("/v1/partners", {}),
        "get-partner": ("/v1/partners/nobody", {}),
        "get-partner-secret": ("/v1/partners/nobody/secret", {}),
        "get-me": ("/v1/me", {}),
        "get-own-reach": ("/v1/me/reach", {}),
        "get-own-calendar": ("/v1/me/calendar", after),
        "get-receipt": (f"/v1/receipts/{two.receipt}", {}),
        "get-reception-history": (f"/v1/receptions/{ids['reception']}/history", after),
        "get-finding-history": (f"/v1/findings/{ids.get('finding', uuid4())}/history", after),
        "get-upkeep-history": ("/v1/upkeep/history", {}),
        "get-reference-history": ("/v1/references/taza-2023/history", {}),
        "get-numbers-history": ("/v1/numbers/3f0/history", {}),
        "get-event-log": ("/v1/exchange/xes", {}),
        "get-object-log": ("/v1/exchange/ocel", {}),
        "get-case-provenance": (f"{two.story.case}/provenance", {}),
    }
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "check-proof": ("/v1/proof-checks", {"text": "no proof"}),
        "search-cases": ("/v1/cases/search", {"text": "Salma", "limit": 200} | after),
        "find-batch-lines": ("/v1/batches/find-lines", {"text": two.reference} | after),
        "send-again": ("/v1/outbox/again", {"message_ids": [str(FAILED)]}),
        "search-registry": ("/v1/registry/search", {"text": "fournisseur taza"} | after),
        "find-similar-entries": (
            "/v1/registry/similar",
            {"kind": "supplier", "name_fr": "Fournisseur, Taza"} | after,
        ),
        "find-similar-people": (
            "/v1/beneficiaries/similar",
            {"name_latin": "Salma Elmithal", "birth_date": "1991-05-17"} | after,
        ),
    }
    if query in bodies:
        path, body = bodies[query]
        return person.post(path, body)
    if query == "list-agenda":
        return person.get("/v1/agenda", **after, days=31, since=due_first(two))
    path, parameters = ways[query]
    return person.get(path, **parameters)


def due_first(two: Two) -> str:
    """A day on which something of the story is due."""
    found = two.office.caseworker.found("/v1/tasks", case_id=two.story.ids["case"])["tasks"]
    return str(found[0]["due_on"])


def told(response: httpx.Response) -> str:
    """What somebody reads of an answer."""
    if response.headers["content-type"] == Pdf.media_type:
        return text_of(response.content)
    return response.text


OF_PAPERS = ("-paper", "-papers")
OF_RECEIPTS = ("get-receipt", "get-receipt-proof")
NOT_YET = frozenset({"print-erasure-certificate"})
"""Of who is erased alone: nothing stands on it of anybody else."""
OF_TASKS = ("count-tasks", "follow-tasks")


def paper_shown(two: Two, response: httpx.Response) -> bool:
    """Whether a paper of the story's is listed, or is the answer."""
    listed = any(each in response.text for each in two.papers.values())
    return listed or response.content.startswith(b"%PDF")


def shown(two: Two, query: str, response: httpx.Response) -> bool:
    """Whether the story's own is in the answer."""
    if response.status_code != 200 or query in OF_ONESELF or query.endswith(OF_PAPERS):
        return query.endswith(OF_PAPERS) and paper_shown(two, response)
    answer = {} if query in PRINTS else response.json()
    if query in ("count-cases", "count-receptions", "count-cases-by-rules") or query in OF_TASKS:
        return any(answer.get(each) for each in ("total", "next_on", "changed", "running", *Group))
    if query.startswith("get-report"):
        return bool(answer["total"]["people"])
    if query == "find-similar-people":
        return any(each["centre"] == EXAMPLE.centre for each in answer["people"])
    if query in ("list-staff", "get-staff-member"):
        return two.office.caseworker.staff_id in response.text
    marks = {
        **dict.fromkeys(PRINTS, two.reference),
        **dict.fromkeys(("list-centres", "get-centre", "get-registry-history"), "taza"),
        **dict.fromkeys(("list-rules", "get-rules"), "v1"),
        **dict.fromkeys(("list-registry-entries", "get-registry-entry"), "supplier-taza"),
        **dict.fromkeys(("search-registry", "find-similar-entries"), "supplier-taza"),
        "get-registry-totals": "supplier-taza",
        "list-places": "taza",
        "get-team": two.office.caseworker.staff_id,
        **dict.fromkeys(("list-outbox", "send-again"), str(FAILED)),
        "get-receipt": "VisitRecorded",
        "get-receipt-proof": "tlog-proof",
        "check-proof": "broken",
        **dict.fromkeys(("list-checkpoints", "get-checkpoint", "get-consistency"), "size"),
        "list-requests": two.story.ids["agreement"],
        "list-data-requests": two.story.ids["beneficiary"],
        "list-batches": two.story.ids["batch"],
        "get-cohort-attendance": two.story.ids["cohort"],
        **dict.fromkeys(("list-referrals", "list-answered-referrals"), two.story.ids["case"]),
    }
    kind = query.split("-", 1)[1].removesuffix("-history").replace("ies", "y").rstrip("s")
    return marks.get(query, two.story.ids.get(kind, two.story.ids["case"])) in told(response)


def test_whatever_can_be_asked_or_done_is_expected_here() -> None:
    assert {name: row.scope for name, row in QUERIES.items()} == {
        name: scope for name, (scope, _) in EXPECTED_OF_QUERIES.items()
    }
    assert {name: row.scope for name, row in STEPS.items()} == {
        name: scope for name, (scope, _) in EXPECTED_OF_STEPS.items()
    }


@pytest.mark.parametrize("query", EXPECTED_OF_QUERIES)
@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.COORDINATOR])
def test_another_centres_staff_come_to_what_is_theirs(two: Two, role: Role, query: str) -> None:
    who = QUERIES[query].who
    home = two.office.caseworker if Role.CASEWORKER in who else two.office.coordinator
    at_home = asked(two, home, query)
    if EXPECTED_OF_QUERIES[query][1] is Comes.NOT_FOR_CENTRES:
        for person in (two.office.caseworker, two.person(role)):
            assert asked(two, person, query).json()["code"] == "not_allowed"
        return
    assert at_home.status_code == (409 if query in NOT_YET else 200), at_home.text
    assert shown(two, query, at_home) == (query not in {*OF_ONESELF, *NOT_YET})
    response = asked(two, two.person(role), query)
    _, comes = EXPECTED_OF_QUERIES[query]
    if role not in who:
        assert (response.status_code, response.json()["code"]) == (403, "not_allowed")
    elif comes is Comes.REFUSED:
        assert (response.status_code, response.json()["code"]) == (403, "other_centre")
    elif comes is Comes.ABSENT:
        absent = {"send-again": "not_found", "get-finding": "finding_not_found"}
        code = absent.get(query, "complaint_not_found")
        assert (response.status_code, response.json()["code"]) == (404, code)
    elif comes is Comes.NOTHING:
        assert (response.status_code, response.json()["code"]) == (409, "nothing_to_print")
    elif comes is Comes.CUT:
        assert response.status_code == (404 if query in OF_RECEIPTS else 200), response.text
        assert not shown(two, query, response)
    else:
        assert response.status_code == 200
        assert shown(two, query, response) == shown(two, query, at_home)


@pytest.mark.parametrize("query", EXPECTED_OF_QUERIES)
def test_the_division_sees_every_centre_and_no_name(two: Two, query: str) -> None:
    response = asked(two, two.office.division, query)
    closed = {
        "search-cases",
        "find-similar-people",
        *EXCHANGED,
        *("get-team", "list-prison-day", "list-visit-round", "list-calls", "list-agenda"),
        "get-own-calendar",
        *("list-matters", "count-matters", "list-restricted-people"),
        "get-setup",
        "list-upkeep",
        "list-checks",
        "get-person-record",
        "get-staff-history",
        *(f"get-{kind}-history" for kind in ("finding", "upkeep", "reference", "numbers")),
        *("list-readings", "list-unusual-readings", "list-person-readings"),
    }
    closed |= {"list-access-keys", "get-access-key", *SIGNED}
    closed |= {"list-partners", "get-partner", "get-partner-secret", "get-event-proof"}
    if query in closed or query in ("list-case-papers", "get-case-paper"):
        assert response.json()["code"] == "not_allowed"
    elif query.endswith(("-paper", "-papers")) and "agreement" not in query:
        assert response.json()["code"] == "other_centre"
    elif query in NOT_YET:
        assert response.json()["code"] == "nothing_to_print"
    elif query in OF_RECEIPTS:
        assert response.status_code == 404
    else:
        assert response.status_code == 200
        assert shown(two, query, response) == (query not in OF_ONESELF)
    for personal in ("Salma", "سلمى", "1991-05-17", "ZZ77", "Wears glasses", "Sews for"):
        assert personal not in told(response)


@pytest.mark.parametrize("query", EXPECTED_OF_QUERIES)
def test_an_administrator_comes_to_nothing_of_a_case(two: Two, query: str) -> None:
    response = asked(two, two.office.administrator, query)
    if Role.ADMINISTRATOR not in QUERIES[query].who:
        assert (response.status_code, response.json()["code"]) == (403, "not_allowed")
    else:
        assert response.status_code in (200, 404), response.text
    for told in ("Salma", "سلمى", "1991-05-17", "ZZ77", two.story.ids["case"]):
        assert told not in response.text


@pytest.mark.parametrize("step", sorted(EXPECTED_OF_STEPS.keys() - FOR_PAGES))
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_auditors_and_administrators_take_no_step_of_a_case(
    two: Two, role: Role, step: str
) -> None:
    if role in STEPS[step].who:
        return  # staff, keys and centres, notices, an erasure: tried where those are
    person = two.office.auditor if role is Role.AUDITOR else two.office.administrator
    assert taken(two, person, step) == "not_allowed"


@pytest.mark.parametrize("step", sorted(EXPECTED_OF_STEPS.keys() - FOR_PAGES))
@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.COORDINATOR, Role.DIVISION])
def test_a_step_is_taken_on_ones_own_only(two: Two, role: Role, step: str) -> None:
    code = taken(two, two.person(role), step)
    _, comes = EXPECTED_OF_STEPS[step]
    if role not in STEPS[step].who:
        assert code == "not_allowed"
    elif role is Role.DIVISION or comes is Comes.OPEN:
        assert code not in {"not_allowed", "other_centre"}
    else:
        assert code == ELSEWHERES.get(step, "other_centre")


def taken(two: Two, person: Person, step: str) -> str | None:
    """The code of the problem that the step on the story's own comes to."""
    operation = next(each for each in operations() if each.name == step)
    names = {f"{kind}_id": name for kind, name in two.story.ids.items()}
    # What the division may do to agreements, ceremonies and people is tried on none.
    if person is two.office.division and EXPECTED_OF_STEPS[step][0] is not Scope.CASE:
        names = {name: str(uuid4()) for name in names}
    body = two.story.body(step)
    if step in ("merge-entries", "undo-entry-merge"):
        body |= {"entry": EXAMPLE.supplier}
    response = person.post(operation.path.format(**names), body)
    code: str | None = response.json().get("code")
    return code


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.COORDINATOR])
def test_a_person_of_another_centre_gets_no_case_here(two: Two, role: Role) -> None:
    person, registered = two.person(role), Story(two.office)
    registered.register()
    body = registered.body("open-case")
    body |= {"centre": ELSEWHERE, "caseworker": person.staff_id, "province": "ifrane"}
    response = person.http.post(
        "/v1/cases",
        json=body,
        headers={"Idempotency-Key": uuid4().hex, "Accept-Language": "ar"},
    )
    problem = response.json()
    assert (response.status_code, problem["code"]) == (403, "person_of_another_centre")
    centre = EXAMPLES["register-centre"]
    assert centre["name_ar"] in problem["detail"]
    assert "إحالته" in problem["detail"]
    assert problem["params"] == {
        "centre": "taza",
        "centre_fr": centre["name_fr"],
        "centre_ar": centre["name_ar"],
    }
    for told in ("Salma", "سلمى", "1991", "ZZ77", "+212"):
        assert told not in response.text


@pytest.mark.parametrize("query", EXPECTED_OF_QUERIES)
@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.COORDINATOR])
def test_whom_a_complaint_is_about_comes_to_nothing_of_it(two: Two, role: Role, query: str) -> None:
    """Neither who has the case nor who is named, whatever they ask; an auditor does."""
    person = two.office.of(role)
    number = two.office.auditor.found(f"/v1/complaints/{two.against}")["number"]
    read = set[httpx.URL]()
    for known in (two, of_the_complaint(two)):
        response = asked(known, person, query)
        if query in PRINTS and response.url in read:
            continue  # it names neither of them, and to read a paper takes long
        read.add(response.url)
        said = told(response)
        assert two.against not in said
        assert number not in said
    if query == "list-complaints":
        counted = person.found("/v1/complaints", total=True, limit=200)
        assert counted["total"] == len(counted["complaints"])
        assert two.against in two.office.auditor.get("/v1/complaints", limit=200).text


@pytest.mark.parametrize("step", COMPLAINT_STEPS)
@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.COORDINATOR])
def test_to_whom_a_complaint_is_about_it_is_as_if_it_was_never_filed(
    two: Two, role: Role, step: str
) -> None:
    person = two.office.of(role)
    body = two.story.body(step)
    for seen in ({}, {"If-Match": '"1"'}, {"If-Match": '"7"'}):
        answers = [
            person.http.post(
                f"/v1/complaints/{name}/steps/{step}",
                json=body,
                headers={"Idempotency-Key": uuid4().hex, **seen},
            )
            for name in (two.against, str(uuid4()))
        ]
        alike(*answers)
    for rest in ("", "/history"):
        there, nowhere = (
            person.get(f"/v1/complaints/{name}{rest}") for name in (two.against, str(uuid4()))
        )
        alike(there, nowhere)
        assert there.status_code == 404


def alike(one: httpx.Response, other: httpx.Response) -> None:
    """The same in all but what names the request."""
    assert one.status_code == other.status_code
    assert one.headers.keys() == other.headers.keys()
    apart = {"instance", "request_id"}
    said = [{k: v for k, v in each.json().items() if k not in apart} for each in (one, other)]
    assert said[0] == said[1]


def of_the_complaint(two: Two) -> Two:
    ids = two.story.ids | {"complaint": two.against}
    return replace(two, story=replace(two.story, ids=ids))
