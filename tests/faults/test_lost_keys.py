"""One key is gone, of a person or of a member of staff: everything of everybody else goes on.

Lost, as when an older copy of the key store is brought back, or destroyed. Each query reads many
people's events, and the views are made again from all of them.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import pytest

from domain.example.person import EXAMPLE
from domain.example.way import Way
from domain.message import Role
from projections.views.reports import Dimension
from service.access.table import QUERIES
from service.api.steps.examples import EXAMPLES
from service.bootstrap import opened_ledger
from service.console.pages.routes import PAGES
from service.running.doctor.examine import examine
from tests.faults.agreement import differing_rows, make_views_again
from tests.faults.crowd import LONG_AGO, Crowd
from tests.faults.house import House
from tests.faults.keys_at_rest import bring_back, lose_key, wrapped_key
from tests.support.commands import jisr
from tests.support.printed import text_of
from tests.support.system import Person
from tests.support.waiting import until

NAMES = ("Haniyya Elmafqouda", "Qudsiyya Elbaqiya")
TRAINED_ON = EXAMPLES["enrol-in-training"]["occurred_on"]
NOTE = {"occurred_on": "2026-07-01", "text": "came by"}


@dataclass
class Two:
    """Two people who received under one agreement, one of whom and a colleague lose their keys."""

    house: House
    colleague: Person
    people: list[UUID] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    agreement: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    """Of what tells of both of them, or of one after the other."""
    position: int = 0
    kept: dict[UUID, bytes] = field(default_factory=dict)

    @property
    def gone(self) -> tuple[UUID, UUID]:
        return self.people[0], UUID(self.colleague.staff_id)


def two_people(house: House) -> Two:
    crowd, two = Crowd(house), Two(house, house.system.hire(Role.CASEWORKER, EXAMPLE.centre))
    agreement = crowd.sign(who=Way(begins=LONG_AGO))
    two.agreement = str(agreement)
    for name in NAMES:
        two.people.append(crowd.register(name))
        two.cases.append(crowd.follow(agreement, LONG_AGO, two.people[-1]))
    take(two, house.coordinator, "/v1/cohorts", "plan-cohort", trade="welding")
    for case in two.cases:
        tell_of(two, case)
        two.ids.setdefault("first_complaint", two.ids["complaint"])
    lines = [{"case_id": case, "said": name} for case, name in zip(two.cases, NAMES, strict=True)]
    take(two, house.coordinator, "/v1/batches", "prepare-batch", count=2, lines=lines)
    batch = f"/v1/batches/{two.ids['batch']}"
    until(lambda: house.auditor.found(batch)["status"] == "ready", "its lines are not looked at")
    return two


def tell_of(two: Two, case: str) -> None:
    """They are in a class; a complaint about the case, an attestation; and somebody who came."""
    by, way = two.house.caseworker, f"/v1/cases/{case}/steps"
    on = {"occurred_on": TRAINED_ON}
    take(two, by, f"{way}/open-track", "open-track", track="vocational_training", **on)
    cohort = {"trade": None, "provider": None, "planned_end": None, "cohort_id": two.ids["cohort"]}
    _, training = by.found(f"/v1/cases/{case}")["tracks"]
    cohort |= {"track_id": training["track_id"]}
    take(two, by, f"{way}/enrol-in-training", "enrol-in-training", **cohort, **on)
    take(two, by, "/v1/complaints", "file-complaint", case_id=case)
    take(two, by, "/v1/receptions", "record-reception")
    take(two, by, f"{way}/issue-attestation", "issue-attestation", **on)


def take(two: Two, by: Person, path: str, step: str, **instead: Any) -> None:
    answer = by.step(path, EXAMPLES[step] | instead)
    two.ids |= answer["ids"]
    two.position = answer["position"]


@contextmanager
def without_keys(two: Two) -> Iterator[None]:
    """An installation that starts on a key store that lacks two keys; they come back in the end."""
    house = two.house
    house.system.stop()
    two.kept = {subject: lose_key(house, subject) for subject in two.gone}
    house.system.start()
    try:
        yield
    finally:
        house.system.stop()
        for subject, wrapped in two.kept.items():
            bring_back(house, subject, wrapped)
        house.system.start()


@contextmanager
def destroyed(two: Two) -> Iterator[None]:
    """One person is erased; of the colleague nothing in Jisr destroys the key, but it could be."""
    house, day = two.house, {"occurred_on": "2026-07-01"}
    close = {"occurred_on": "2026-06-30", "outcome": "left_country"}
    house.coordinator.step(f"/v1/cases/{two.cases[0]}/steps/close-case", close)
    path = f"/v1/beneficiaries/{two.people[0]}/steps"
    house.division.step(f"{path}/request-erasure", day)
    house.coordinator.step(f"{path}/confirm-beneficiary-request", day)
    with opened_ledger(house.settings) as ledger:
        ledger._keys.destroy(UUID(two.colleague.staff_id))
    until(lambda: wrapped_key(house, two.people[0]) == b"", "the key is still there")
    until(lambda: two.colleague.found("/v1/me")["label"] is None, "the API goes on with the key")
    yield


def asked(two: Two) -> Mapping[str, Callable[[Person], Any]]:
    """What is answered with both people in it, or with the one whose key is there."""
    case, person = two.cases[1], two.people[1]
    return {
        "list-cases": lambda by: by.found("/v1/cases", limit=200, at_least=two.position),
        "search-cases": lambda by: by.step("/v1/cases/search", {"text": NAMES[1]}),
        "find-similar-people": lambda by: by.step(
            "/v1/beneficiaries/similar",
            {"name_latin": NAMES[1], "birth_date": "1991-05-17", "at_least": two.position},
        ),
        "count-cases": lambda by: by.found("/v1/cases/counts"),
        "get-case": lambda by: by.found(f"/v1/cases/{case}"),
        "get-case-timeline": lambda by: by.found(f"/v1/cases/{case}/timeline"),
        "get-case-history": lambda by: by.found(f"/v1/cases/{case}/history"),
        "get-case-reminders": lambda by: by.found(f"/v1/cases/{case}/reminders"),
        "list-tasks": lambda by: by.found("/v1/tasks", limit=200),
        "count-tasks": lambda by: by.found("/v1/tasks/counts"),
        "list-agenda": lambda _: two.house.coordinator.found("/v1/agenda", days=31),
        "follow-tasks": lambda by: by.found("/v1/tasks/changes"),
        "list-matters": lambda by: by.found("/v1/matters"),
        "count-matters": lambda by: by.found("/v1/matters/counts"),
        "list-prison-day": lambda _: two.house.coordinator.found("/v1/tasks/prison-day"),
        "list-visit-round": lambda _: two.house.coordinator.found("/v1/tasks/visit-round"),
        "get-team": lambda _: two.house.coordinator.found("/v1/team"),
        "list-reminders": lambda by: by.found("/v1/reminders"),
        "get-report": lambda by: [by.found(f"/v1/reports/{each}") for each in Dimension],
        "get-report-as-known": lambda by: by.found(f"/v1/reports/trade/known-on/{two.position}"),
        "list-findings": lambda by: by.found("/v1/findings")["findings"],
        "get-finding": finding_of,
        "list-checks": lambda by: by.found("/v1/checks")["standing"],
        "get-beneficiary": lambda by: by.found(f"/v1/beneficiaries/{person}"),
        "get-beneficiary-history": lambda by: by.found(f"/v1/beneficiaries/{person}/history"),
        "get-project-history": lambda by: by.found(f"{project_of(by, case)}/history"),
        "list-agreements": lambda by: by.found("/v1/agreements", limit=200),
        "get-agreement": lambda by: by.found(f"/v1/agreements/{two.agreement}"),
        "get-agreement-history": lambda by: by.found(f"/v1/agreements/{two.agreement}/history"),
        "list-agreement-stock": lambda by: by.found(f"/v1/agreements/{two.agreement}/stock"),
        "list-orders": lambda by: by.found("/v1/orders"),
        "get-order": lambda by: [by.found(f"/v1/orders/{each}") for each in orders_of(by)],
        "get-order-history": lambda by: [
            by.found(f"/v1/orders/{each}/history") for each in orders_of(by)
        ],
        "list-requests": lambda by: by.found("/v1/requests"),
        "list-data-requests": lambda by: by.found("/v1/data-requests"),
        "list-restricted-people": lambda by: by.found("/v1/restricted-people"),
        "list-retention": lambda by: by.found("/v1/retention"),
        "get-person-record": lambda _: [
            each["title"]
            for each in two.house.coordinator.found(f"/v1/beneficiaries/{person}/record")[
                "sections"
            ]
        ],
        "get-erasure": lambda by: by.found(f"/v1/beneficiaries/{person}/erasure")["leaves"],
        "list-sessions": lambda by: by.found("/v1/sessions"),
        "get-session": lambda by: [by.found(f"/v1/sessions/{each}") for each in sessions_of(by)],
        "get-session-history": lambda by: [
            by.found(f"/v1/sessions/{each}/history") for each in sessions_of(by)
        ],
        "list-ceremonies": lambda by: by.found("/v1/ceremonies"),
        "get-ceremony": lambda by: [
            by.found(f"/v1/ceremonies/{each['ceremony_id']}")
            for each in by.found("/v1/ceremonies")["ceremonies"]
        ],
        "get-ceremony-history": lambda by: [
            by.found(f"/v1/ceremonies/{each['ceremony_id']}/history")
            for each in by.found("/v1/ceremonies")["ceremonies"]
        ],
        **papers(two, case),
        **kept(two, case),
        **voices(two),
        **lists(two, case),
        "list-staff": lambda by: by.found("/v1/staff"),
        "list-delegations": lambda by: by.found("/v1/delegations"),
        "list-left-cases": lambda by: by.found("/v1/left-cases"),
        "get-staff-member": lambda by: by.found(f"/v1/staff/{two.house.caseworker.staff_id}"),
        "get-staff-history": lambda by: by.found("/v1/staff/history", limit=500),
        "get-registry-history": lambda by: by.found("/v1/registry/history"),
        "list-registry-entries": lambda by: by.found("/v1/registry/supplier"),
        "get-registry-entry": lambda by: by.found(f"/v1/registry/supplier/{EXAMPLE.supplier}"),
        "search-registry": lambda by: by.step("/v1/registry/search", {"text": "fournisseur taza"}),
        "find-similar-entries": lambda by: by.step(
            "/v1/registry/similar", {"kind": "supplier", "name_fr": "Fournisseur, Taza"}
        ),
        "get-registry-totals": lambda by: [
            by.found(f"/v1/registry-totals/{each}") for each in ("supplier", "vocational_centre")
        ],
        "list-centres": lambda by: by.found("/v1/centres"),
        "list-rules": lambda by: by.found("/v1/rules"),
        "get-rules": lambda by: by.found("/v1/rules/v1"),
        "count-cases-by-rules": lambda by: by.found("/v1/rules/cases"),
        "get-centre": lambda by: by.found(f"/v1/centres/{EXAMPLE.centre}"),
        "get-setup": lambda _: two.house.administrator.found("/v1/setup"),
        "list-places": lambda by: by.found("/v1/places"),
        "list-upkeep": lambda by: by.found("/v1/upkeep"),
        "list-emergencies": lambda by: by.found("/v1/emergencies"),
        # Each time they are asked there are more: that they are answered is enough.
        "list-readings": lambda by: bool(by.found("/v1/readings")["readings"]),
        "list-unusual-readings": lambda by: by.found("/v1/readings/unusual").keys(),
        "list-person-readings": lambda by: bool(
            by.found(f"/v1/beneficiaries/{person}/readings")["readings"]
        ),
        "list-access-keys": lambda by: without_words(by.found("/v1/access-keys"), "keys"),
        "get-access-key": lambda by: (
            by.found(f"/v1/access-keys/{by.found('/v1/access-keys')['keys'][-1]['key_id']}")
            | {"last_used": None}
        ),
        "list-own-access-keys": lambda by: by.found("/v1/me/keys"),
        "list-calls": lambda by: by.found("/v1/calls"),
        "get-own-calendar": lambda _: two.house.caseworker.found("/v1/me/calendar"),
        "get-own-reach": lambda by: by.found("/v1/me/reach"),
        "list-checkpoints": lambda by: by.found("/v1/checkpoints"),
        "get-checkpoint": lambda by: by.found("/v1/checkpoints/1"),
        "get-consistency": lambda by: by.found("/v1/checkpoints/consistency"),
        "check-proof": lambda by: by.step("/v1/proof-checks", {"text": "no proof"}),
        "get-event-proof": lambda _: two.house.auditor.found("/v1/events/1/proof"),
        "get-receipt-proof": lambda by: by.get("/v1/receipt-proofs/none").json(),
        "get-case-proof": lambda by: by.found(f"/v1/cases/{case}/proof"),
        "list-partners": lambda by: by.found("/v1/partners"),
        "get-partner": lambda by: by.get("/v1/partners/nobody").json(),
        "get-partner-secret": lambda _: two.house.administrator.get(
            "/v1/partners/nobody/secret"
        ).json(),
        "get-me": lambda by: without_words(by.found("/v1/me"), "notices"),
        "get-receipt": lambda by: by.get("/v1/receipts/none").json(),
        "get-finding-history": lambda _: two.house.auditor.found(
            f"/v1/findings/{two.cases[0]}/history"
        ),
        "get-upkeep-history": lambda _: two.house.auditor.found("/v1/upkeep/history"),
        "get-reference-history": lambda _: two.house.auditor.found(
            "/v1/references/taza-2023/history"
        ),
        "get-numbers-history": lambda _: two.house.auditor.found("/v1/numbers/3f0/history"),
        "get-event-log": lambda by: by.get("/v1/exchange/xes", known_on=two.position).text,
        "get-object-log": lambda by: by.found("/v1/exchange/ocel", known_on=two.position),
        "get-case-provenance": lambda by: by.found(f"/v1/cases/{case}/provenance"),
    }


def voices(two: Two) -> Mapping[str, Callable[[Person], Any]]:
    """Complaints about both; and who came without a case."""
    complaint = f"/v1/complaints/{two.ids.get('complaint')}"
    complaints = complaint, f"/v1/complaints/{two.ids.get('first_complaint')}"
    reception = f"/v1/receptions/{two.ids.get('reception')}"
    return {
        "list-complaints": lambda by: by.found("/v1/complaints"),
        "get-complaint": lambda by: [by.found(each) for each in complaints],
        "get-complaint-history": lambda by: by.found(f"{complaint}/history"),
        "list-receptions": lambda by: by.found("/v1/receptions"),
        "get-reception": lambda by: by.found(reception),
        "count-receptions": lambda by: by.found("/v1/reception-counts"),
        "get-reception-history": lambda by: by.found(f"{reception}/history"),
    }


def lists(two: Two, case: str) -> Mapping[str, Callable[[Person], Any]]:
    """What names many: a cohort and a batch, both with both in them; and referrals."""
    cohort, batch = f"/v1/cohorts/{two.ids.get('cohort')}", f"/v1/batches/{two.ids.get('batch')}"

    def pasted(by: Person) -> Any:
        text = by.found(f"/v1/cases/{case}")["reference"]
        return two.house.caseworker.step("/v1/batches/find-lines", {"text": text})

    return {
        "list-cohorts": lambda by: by.found("/v1/cohorts"),
        "get-cohort": lambda by: by.found(cohort),
        "get-cohort-attendance": lambda by: by.found(f"{cohort}/attendance"),
        "get-cohort-history": lambda by: by.found(f"{cohort}/history"),
        "list-batches": lambda by: by.found("/v1/batches"),
        "get-batch": lambda by: by.found(batch),
        "list-batch-lines": lambda by: by.found(f"{batch}/lines"),
        "get-batch-history": lambda by: by.found(f"{batch}/history"),
        "find-batch-lines": pasted,
        "list-inbox": lambda by: by.found("/v1/inbox"),
        "count-inbox": lambda by: by.found("/v1/inbox/counts"),
        "list-outbox": lambda by: by.found("/v1/outbox"),
        "count-outbox": lambda by: by.found("/v1/outbox/counts"),
        "send-again": lambda _: None,
        "list-referrals": lambda by: by.found("/v1/referrals"),
        "list-answered-referrals": lambda by: by.found("/v1/referrals/answered"),
    }


def papers(two: Two, case: str) -> Mapping[str, Callable[[Person], Any]]:
    """All that is printed."""
    theirs = f"/v1/beneficiaries/{two.people[1]}"

    def of(things: Callable[[Person], list[str]], path: str, kind: str) -> Callable[..., Any]:
        return lambda by: [paper(two, f"{path}/{each}", kind) for each in things(by)]

    return {
        "print-person-record": lambda _: (
            two.house.coordinator.get(f"{theirs}/papers-out/record").is_success
        ),
        "print-erasure-certificate": lambda _: two.house.coordinator.get(
            f"{theirs}/papers-out/erasure-certificate"
        ).json()["code"],
        "print-undertaking": lambda _: paper(two, f"/v1/cases/{case}", "undertaking"),
        "print-delivery-slip": lambda _: paper(two, f"/v1/cases/{case}", "delivery-slip"),
        "print-attestation": lambda _: paper(two, f"/v1/cases/{case}", "attestation"),
        "print-attendance-sheet": of(
            lambda _: [two.ids["cohort"]], "/v1/cohorts", "attendance-sheet"
        ),
        "print-consent-form": lambda _: paper(two, f"/v1/cases/{case}", "consent-form"),
        "print-case-summary": lambda _: paper(two, f"/v1/cases/{case}", "summary"),
        "print-visit-sheet": lambda _: paper(two, f"/v1/cases/{case}", "visit-sheet"),
        "print-visit-sheets": lambda _: paper(two, "/v1", "visit-sheets"),
        "print-ceremony-list": of(ceremonies_of, "/v1/ceremonies", "list"),
        "print-ceremony-minutes": of(ceremonies_of, "/v1/ceremonies", "minutes"),
        "print-ceremony-slips": of(ceremonies_of, "/v1/ceremonies", "delivery-slips"),
        "print-session-list": of(sessions_of, "/v1/sessions", "list"),
        "print-order-slips": of(orders_of, "/v1/orders", "delivery-slips"),
    }


def kept(two: Two, case: str) -> Mapping[str, Callable[[Person], Any]]:
    """The papers of each thing that keeps some, and one that it does not keep."""
    of: dict[str, Callable[[Person], list[str]]] = {
        "case": lambda _: [f"cases/{case}"],
        "agreement": lambda _: [f"agreements/{two.agreement}"],
        "order": lambda by: [f"orders/{each}" for each in orders_of(by)],
        "session": lambda by: [f"sessions/{each}" for each in sessions_of(by)],
        "ceremony": lambda by: [f"ceremonies/{each}" for each in ceremonies_of(by)],
    }

    def listed(kind: str) -> Callable[[Person], Any]:
        return lambda by: [by.found(f"/v1/{each}/papers") for each in of[kind](by)]

    def one(kind: str) -> Callable[[Person], Any]:
        none = UUID(int=0)
        return lambda by: [by.get(f"/v1/{it}/papers/{none}").json()["code"] for it in of[kind](by)]

    return {f"list-{kind}-papers": listed(kind) for kind in of} | {
        f"get-{kind}-paper": one(kind) for kind in of
    }


def ceremonies_of(by: Person) -> list[str]:
    return [each["ceremony_id"] for each in by.found("/v1/ceremonies")["ceremonies"]]


def paper(two: Two, thing: str, kind: str) -> str:
    """What is printed of it by those who have it signed."""
    answer = two.house.caseworker.get(f"{thing}/papers-out/{kind}")
    return text_of(answer.content) if answer.is_success else answer.text


def sessions_of(by: Person) -> list[str]:
    return [each["session_id"] for each in by.found("/v1/sessions")["sessions"]]


def orders_of(by: Person) -> list[str]:
    return [each["order_id"] for each in by.found("/v1/orders")["orders"]]


def project_of(by: Person, case: str) -> str:
    project, _ = by.found(f"/v1/cases/{case}")["tracks"]
    return f"/v1/projects/{project['project_id']}"


def without_words(answer: dict[str, Any], listed: str) -> dict[str, Any]:
    """Without the labels of the staff whose keys are listed, and when those were last used."""
    rows = [each | {"label": "", "last_used": None} for each in answer[listed]]
    return answer | {listed: rows}


def test_every_query_is_asked_here(house: House) -> None:
    assert asked(Two(house, house.auditor, [UUID(int=1)] * 2, [""] * 2)).keys() == QUERIES.keys()


@pytest.mark.parametrize(
    ("where", "how"),
    [
        pytest.param("on_files", without_keys, marks=pytest.mark.rare),
        pytest.param("on_postgres", destroyed, marks=pytest.mark.rare),
        pytest.param("on_files", destroyed, marks=pytest.mark.rare),
        pytest.param("on_postgres", without_keys, marks=pytest.mark.rare),
    ],
)
def test_one_key_that_is_gone_spoils_one_row(
    where: str, how: Callable[[Two], Any], request: pytest.FixtureRequest
) -> None:
    house: House = request.getfixturevalue(where)
    two = two_people(house)
    auditor = house.auditor
    auditor.found("/v1/cases", at_least=two.position)
    before = {name: ask(auditor) for name, ask in asked(two).items()}
    lost = how is without_keys
    with how(two):
        for again in range(2):
            after = {name: ask(auditor) for name, ask in asked(two).items()}
            assert_all_is_there(two, before, after, how, lost=lost and bool(again))
            assert_the_directory_is_whole(two, after, lost=lost)
            assert_papers_of_many_are_printed(two, after)
            if not again:
                make_again(two, lost=lost)
        assert_the_others_go_on(two)
        assert_pages_of_many_open(two)
        assert differing_rows(house) == []
        wrong = [each.found for each in examine(house.settings) if not each.is_well]
        assert any(found.startswith("lost: 1 of") for found in wrong) == lost
        if lost:
            assert_nothing_is_decided_of_the_one(two)
    if lost:
        make_views_again(house)
        (row,) = rows_of(two, auditor.found("/v1/cases", limit=200))[:1]
        assert (row["name_latin"], row["key_lost"]) == (NAMES[0], False)
        house.caseworker.step(f"/v1/cases/{two.cases[0]}/steps/add-note", NOTE)


OF_MANY = ("print-attendance-sheet", "print-order-slips", "print-session-list")
"""Papers with both of them on."""


def assert_papers_of_many_are_printed(two: Two, after: dict[str, Any]) -> None:
    """With the one whose key is there, and the other's place among them; nothing stops at one."""
    other = after["get-case"]["reference"]
    for name in OF_MANY:
        papers = after[name]
        assert papers, name
        assert any(other in each for each in papers), name
        assert not any("key_lost" in each for each in papers), name
    assert "key_lost" not in after["print-visit-sheets"]


def assert_pages_of_many_open(two: Two) -> None:
    """Every page of the console that is about no one person, to each who reads of both."""
    house, auditor = two.house, two.house.auditor
    ids = {
        "batch_id": [two.ids["batch"]],
        "cohort_id": [two.ids["cohort"]],
        "complaint_id": [two.ids["complaint"], two.ids["first_complaint"]],
        "agreement_id": [two.agreement],
        "order_id": orders_of(auditor),
        "session_id": sessions_of(auditor),
        "ceremony_id": ceremonies_of(auditor),
        "day": [TRAINED_ON],
    }
    addresses = [
        address
        for method, path, _ in PAGES
        if method == "GET" and not path.startswith(("/console", "/account", "/live"))
        for address in filled(path, ids)
    ]
    assert len(addresses) > 30
    for person in (house.caseworker, house.coordinator, auditor):
        with signed_in(house, person) as client:
            for address in addresses:
                answer = client.get(address)
                # 422: a list of what waits is asked for by its kind
                told = (address, answer.text[:2000])
                assert answer.status_code in (200, 403, 404, 409, 422), told


def filled(path: str, ids: Mapping[str, list[str]]) -> list[str]:
    """The addresses of a page: none where it is about something else than what is named."""
    found = [path]
    for name, values in ids.items():
        if f"{{{name}}}" in path:
            found = [each.replace(f"{{{name}}}", value) for each in found for value in values]
    return [each for each in found if "{" not in each]


@contextmanager
def signed_in(house: House, person: Person) -> Iterator[httpx.Client]:
    url = house.system.url
    with httpx.Client(base_url=url, follow_redirects=True, timeout=30) as client:
        client.headers.update({"Accept-Language": "en", "Accept": "text/html", "Origin": url})
        client.post("/console/sign-in", data=person.signing_in | {"back": "/"})
        yield client


def make_again(two: Two, *, lost: bool) -> None:
    """All views: where a key is lost as an operator does, by the command."""
    if not lost:
        make_views_again(two.house)
        return
    command = ("rebuild", "views", "--data", str(two.house.data))
    rebuilt = jisr(*command, **two.house.system.environment)
    assert rebuilt.returncode == 0, rebuilt.stderr


def finding_of(by: Person) -> Any:
    """The latest, with what it rests on."""
    first = by.found("/v1/findings")["findings"][0]["finding_id"]
    found = by.found(f"/v1/findings/{first}")
    return found["finding"], found["entries"]


def rows_of(two: Two, answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the two cases, that of the one whose key is gone first."""
    found = {row["case_id"]: row for row in answer["cases"]}
    return [found[case] for case in two.cases]


def assert_all_is_there(
    two: Two,
    before: dict[str, Any],
    after: dict[str, Any],
    how: Callable[[Two], Any],
    *,
    lost: bool,
) -> None:
    """As before, but for the one whose key is gone."""
    one, other = rows_of(two, after["list-cases"])
    assert (other["name_latin"], other["key_lost"]) == (NAMES[1], False)
    assert one["key_lost"] == lost
    assert one["name_latin"] in ((None,) if lost else (None, NAMES[0]))
    found = {each["case_id"] for each in after["search-cases"]["cases"]}
    assert found & {*two.cases} == {two.cases[1]}
    similar = {UUID(each["beneficiary_id"]) for each in after["find-similar-people"]["people"]}
    assert similar & {*two.people} == {two.people[1]}
    assert after["get-case"]["name_latin"] == NAMES[1]
    for name, events in (("get-case-history", "events"), ("get-case-timeline", "entries")):
        was, now = (by_people(each[name][events]) for each in (before, after))
        assert now == was, name
    assert before["list-findings"], "both were handed the example's things"
    for name in (
        "list-findings",
        "get-finding",
        "list-checks",
        "get-beneficiary",
        "get-beneficiary-history",
        "get-project-history",
        "get-me",
        "list-access-keys",
        "list-agreements",
        "get-agreement",
        "get-agreement-history",
        "list-agreement-stock",
        "list-orders",
        "get-order-history",
        "list-sessions",
        "get-session-history",
        "list-ceremonies",
        "get-ceremony",
        "get-ceremony-history",
        "get-registry-history",
        "list-registry-entries",
        "get-registry-entry",
        "search-registry",
        "find-similar-entries",
        "get-complaint-history",
        "get-reception-history",
        "get-reference-history",
        "list-receptions",
        "get-reception",
        "count-receptions",
        "list-batches",
        "get-batch",
        "find-batch-lines",
        "list-referrals",
        "list-answered-referrals",
        "list-delegations",
        "list-left-cases",
        "get-event-log",
        "get-object-log",
    ):
        assert after[name] == before[name], name
    if how is destroyed:
        assert_gone_with_them(before, after)
    else:
        assert after["get-complaint"] == before["get-complaint"]
        assert after["list-cohorts"] == before["list-cohorts"]
    # Who is erased is in the class no more, and was in it.
    assert taken_by_entries(after) == taken_by_entries(before)
    for name, listed in LISTED:
        assert len(after[name][listed]) == len(before[name][listed]), name
        there = row_of(after, name, listed, two.cases[1])
        assert there == row_of(before, name, listed, two.cases[1]), name
    for name, listed in LISTED[1:]:
        gone = row_of(after, name, listed, two.cases[0])
        assert gone["name_latin"] in ((None,) if lost else (None, NAMES[0])), name
    assert lines_of(after, two.cases[1]) == lines_of(before, two.cases[1]) != []
    assert {line["key_lost"] for line in lines_of(after, two.cases[0])} == {lost}
    for was, now in zip(before["get-report"], after["get-report"], strict=True):
        for number in ("people", "projects", "deliveries", "total"):
            assert now["total"][number] == was["total"][number]


def assert_gone_with_them(before: dict[str, Any], after: dict[str, Any]) -> None:
    """What was complained of in the name of the erased; and their place, once their case was closed."""
    theirs, erased = after["get-complaint"]
    assert theirs == before["get-complaint"][0]
    assert (erased["words"], erased["name"], erased["reply_to"]) == (None, None, None)
    assert erased["erased_on"] is not None
    was, now = (each["list-cohorts"]["cohorts"] for each in (before, after))
    assert sum(each["taken"] for each in now) == sum(each["taken"] for each in was) - 1
    assert {each["cohort_id"] for each in now} == {each["cohort_id"] for each in was}


def lines_of(answers: dict[str, Any], case: str) -> list[dict[str, Any]]:
    """Of all orders, those for the case."""
    orders = answers["get-order"]
    return [line for order in orders for line in order["lines"] if line["case_id"] == case]


LISTED = (
    ("list-complaints", "complaints"),
    ("get-cohort", "people"),
    ("get-cohort-attendance", "people"),
    ("list-batch-lines", "lines"),
)
"""What names both of them: a row each."""


def taken_by_entries(answers: dict[str, Any]) -> list[Any]:
    """The suppliers' sums, and how many each vocational centre took."""
    suppliers, centres = answers["get-registry-totals"]
    taken = [each for entry in centres["entries"] for each in entry["taken"]]
    return [suppliers, *((each["use"], each["people"]) for each in taken)]


def row_of(answers: dict[str, Any], name: str, listed: str, case: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = answers[name][listed]
    (row,) = (each for each in rows if each["case_id"] == case)
    return row


def by_people(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without reminders, which go on meanwhile."""
    return [each for each in events if each["type"] != "ReminderRecorded"]


def assert_the_directory_is_whole(two: Two, after: dict[str, Any], *, lost: bool) -> None:
    """The colleague is a number and a role, is said to be so, and signs in all the same."""
    staff = {each["staff_id"]: each for each in after["list-staff"]["staff"]}
    colleague = staff.pop(two.colleague.staff_id)
    assert (colleague["label"], colleague["key_lost"]) == (None, lost)
    assert all(
        each["label"] and not each["key_lost"]
        for each in staff.values()
        if each["staff_id"] in {two.house.auditor.staff_id, two.house.caseworker.staff_id}
    )
    me = two.colleague.found("/v1/me")
    assert (me["staff_id"], me["label"]) == (two.colleague.staff_id, None)


def assert_the_others_go_on(two: Two) -> None:
    """In the hands of the colleague too."""
    for by in (two.house.caseworker, two.colleague):
        by.step(f"/v1/cases/{two.cases[1]}/steps/add-note", NOTE)
    two.house.system.hire(Role.CASEWORKER, EXAMPLE.centre)
    crowd = Crowd(two.house)
    crowd.follow(UUID(two.agreement), LONG_AGO)


def assert_nothing_is_decided_of_the_one(two: Two) -> None:
    """Said in words, and no other key is made in the place of the lost one."""
    house, case = two.house, f"/v1/cases/{two.cases[0]}"
    head = house.auditor.found("/v1/cases")["cases"]
    for response in (
        house.caseworker.post(f"{case}/steps/add-note", NOTE),
        house.caseworker.post("/v1/cases", EXAMPLES["open-case"] | opened_by(two)),
        house.auditor.get(case),
        house.auditor.get(f"{case}/history"),
        house.auditor.get(f"/v1/beneficiaries/{two.people[0]}"),
    ):
        assert (response.status_code, response.json()["code"]) == (503, "key_lost")
        assert "key store" in response.json()["detail"]
    assert house.auditor.found("/v1/cases")["cases"] == head
    assert [wrapped_key(house, subject) for subject in two.gone] == [b"", b""]


def opened_by(two: Two) -> dict[str, str]:
    return {
        "beneficiary_id": str(two.people[0]),
        "caseworker": two.house.caseworker.staff_id,
        "centre": EXAMPLE.centre,
        "province": EXAMPLE.province,
    }
