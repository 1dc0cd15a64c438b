"""What should be looked at: who reads it, over HTTP and on a page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.example.person import EXAMPLE
from domain.message import Role
from service.api.steps.examples import EXAMPLES
from tests.integration.service.conftest import Office, elsewhere
from tests.integration.service.story import Story
from tests.support.system import Person
from tests.support.waiting import until

NEAR, FAR = 911, 912
"""Numbers of papers: of two people of one centre, and of two of two centres."""


@dataclass(frozen=True)
class Found:
    """Two people with the same papers in one centre, and two in two."""

    office: Office
    near: tuple[Story, Story]
    far: tuple[Story, Story]
    other_coordinator: Person


@pytest.fixture(scope="module")
def found(office: Office) -> Found:
    centre = elsewhere("azilal", "AZI", "azilal")
    office.administrator.step("/v1/centres", EXAMPLES["register-centre"] | centre)
    office.system.register_entries(replace(EXAMPLE, province="azilal"))
    hire = office.system.hire
    other = Office(
        office.system,
        office.administrator,
        hire(Role.CASEWORKER, "azilal"),
        hire(Role.COORDINATOR, "azilal"),
        office.elsewhere,
        office.division,
        office.auditor,
        office.receiver,
    )
    near = Story(office, number=NEAR), Story(office, number=NEAR)
    far = Story(office, number=FAR), Story(other, "azilal", "azilal", number=FAR)
    for story in (*near, *far):
        story.was_delivered()
    return Found(office, near, far, other.coordinator)


@pytest.fixture
def browser(office: Office) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=office.system.url, follow_redirects=True, timeout=30) as client:
        client.headers.update(
            {"Accept-Language": "en", "Accept": "text/html", "Origin": office.system.url}
        )
        yield client


def cases_found(person: Person, found: Found, **asked: Any) -> list[set[str]]:
    """The cases that each finding rests on, of those about the four."""
    ours = {story.ids["case"] for story in (*found.near, *found.far)}
    page = person.found("/v1/findings", limit=200, at_least=found.far[1].position, **asked)
    cases = [{row["case_id"] for row in each["rests_on"]} for each in page["findings"]]
    return [each for each in cases if each & ours]


def of(stories: tuple[Story, ...]) -> set[str]:
    return {story.ids["case"] for story in stories}


def test_the_division_and_the_auditor_read_all_of_them(found: Found) -> None:
    for person in (found.office.division, found.office.auditor):
        everything = cases_found(person, found)
        assert everything.count(of(found.near)) == 4
        assert everything.count(of(found.far)) == 3, "their invoices are of two suppliers"
        cheques = cases_found(person, found, code="cheque_twice", open=True)
        assert sorted(cheques, key=sorted) == sorted([of(found.near), of(found.far)], key=sorted)
        assert cases_found(person, found, centre="taza") == [of(found.near)] * 4
        assert cases_found(person, found, open=False) == []


def test_a_coordinator_reads_those_that_rest_on_the_centres_cases_alone(found: Found) -> None:
    assert cases_found(found.office.coordinator, found) == [of(found.near)] * 4
    assert cases_found(found.other_coordinator, found) == []
    refused = found.other_coordinator.get("/v1/findings", centre="taza")
    assert (refused.status_code, refused.json()["code"]) == (403, "other_centre")


def test_nobody_else_reads_any(found: Found) -> None:
    for person in (found.office.caseworker, found.office.administrator):
        refused = person.get("/v1/findings")
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


def test_a_page_says_what_to_do_and_leads_to_each_case(found: Found, browser: httpx.Client) -> None:
    first = browser.post(
        "/console/sign-in", data=found.office.coordinator.signing_in | {"back": "/"}
    )
    assert 'href="/findings"' in first.text
    page = browser.get("/findings?code=serial_twice&state=open").text
    assert "One serial number in two projects" in page
    assert "Read both cheques" not in page
    for story in found.near:
        assert f'href="/cases/{story.ids["case"]}"' in page
    assert found.far[0].ids["case"] not in page
    assert "Nothing of this kind" in browser.get("/findings?state=settled").text
    assert browser.get("/findings?state=nonsense").status_code == 422


def test_no_page_and_no_link_for_whoever_may_not_read_them(
    found: Found, browser: httpx.Client
) -> None:
    first = browser.post(
        "/console/sign-in", data=found.office.caseworker.signing_in | {"back": "/"}
    )
    assert 'href="/findings"' not in first.text
    assert browser.get("/findings").status_code == 404


def test_whoever_belongs_to_no_centre_dismisses_with_a_reason(
    found: Found, browser: httpx.Client
) -> None:
    office = found.office
    cheque = office.division.found("/v1/findings", code="cheque_twice", centre="taza")
    finding = next(
        each["finding_id"]
        for each in cheque["findings"]
        if {row["case_id"] for row in each["rests_on"]} == of(found.near)
    )
    path = f"/v1/findings/{finding}"
    told = office.auditor.found(path)
    assert [each["type"] for each in told["entries"]] == ["ItemsDelivered"] * 2
    assert {each["made_by"] for each in told["entries"]} <= {"person", "import"}
    body = EXAMPLES["dismiss-finding"]
    for person in (office.coordinator, office.administrator):
        refused = person.post(f"{path}/steps/dismiss-finding", body)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    nowhere = office.division.post(f"/v1/findings/{uuid4()}/steps/dismiss-finding", body)
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "finding_not_found")
    early = office.division.post(f"{path}/steps/reopen-finding", EXAMPLES["reopen-finding"])
    assert (early.status_code, early.json()["code"]) == (409, "finding_not_dismissed")
    taken = office.division.step(f"{path}/steps/dismiss-finding", body)
    after = office.auditor.found(path, at_least=taken["position"])
    assert (after["finding"]["open"], after["explanation"]) == (False, body["explanation"])
    assert office.division.found(path)["explanation"] is None, "it may tell of somebody"
    assert found.other_coordinator.get(path).json()["code"] == "finding_not_found"
    browser.post("/console/sign-in", data=office.auditor.signing_in | {"back": "/"})
    page = browser.get(f"/findings/{finding}").text
    assert body["explanation"] in page
    assert f'href="/findings/{finding}/steps/reopen-finding"' in page
    told = office.auditor.found("/v1/checks")
    assert told["position"] <= told["head"]
    checks = browser.get("/checks").text
    assert 'href="/findings?code=cheque_twice&amp;state=dismissed"' in checks
    office.auditor.step(f"{path}/steps/reopen-finding", EXAMPLES["reopen-finding"])


def test_nobody_passes_over_an_entry_of_their_own(found: Found, browser: httpx.Client) -> None:
    """The division entered the third amendment, and nobody the second."""
    office, agreement = found.office, found.near[0].ids["agreement"]
    amended = EXAMPLES["amend-agreement"] | {"number": 3}
    done = office.division.step(f"/v1/agreements/{agreement}/steps/amend-agreement", amended)
    wanted = {"code": "amendment_missing", "at_least": done["position"]}
    (one,) = office.division.found("/v1/findings", **wanted)["findings"]
    path, body = f"/v1/findings/{one['finding_id']}", EXAMPLES["dismiss-finding"]
    refused = office.division.post(f"{path}/steps/dismiss-finding", body)
    assert (refused.status_code, refused.json()["code"]) == (403, "finding_of_yours")
    assert office.division.found(path)["has_yours"]
    browser.post("/console/sign-in", data=office.division.signing_in | {"back": "/"})
    page = browser.get(f"/findings/{one['finding_id']}").text
    assert "recorded by your account" in page
    assert "dismiss-finding" not in page
    office.auditor.step(f"{path}/steps/dismiss-finding", body)


def test_an_auditor_has_a_check_run_and_reads_what_came_of_it(
    found: Found, browser: httpx.Client
) -> None:
    office = found.office
    sent = {"kind": "verify"}

    def verified() -> list[dict[str, Any]]:
        runs = office.auditor.found("/v1/checks")["runs"]
        return [each for each in runs if each["kind"] == "verify"]

    browser.post("/console/sign-in", data=office.coordinator.signing_in | {"back": "/"})
    assert browser.post("/checks", data=sent).status_code == 404
    before = verified()
    browser.post("/console/sign-in", data=office.auditor.signing_in | {"back": "/"})
    assert browser.post("/checks", data={"kind": "rebuild"}).status_code == 422
    assert "It is running" in browser.post("/checks", data=sent).text
    until(lambda: verified() != before)
    run = verified()[0]
    assert (run["kind"], run["result"]) == ("verify", "well")
    assert run["covered"] > 0
    assert "All is well" in browser.get("/checks").text


def test_what_a_program_says_of_its_device_is_known_again_and_not_kept(found: Found) -> None:
    office, story = found.office, found.near[0]
    path, body = story.path("add-note"), story.body("add-note")
    said = "the-tablet-at-the-desk"
    for person in (office.caseworker, office.coordinator):
        done = person.post(path, body, jisr_device=said).json()
    other = office.caseworker.post(path, body, jisr_device="another-tablet-there")
    silent = office.caseworker.step(path, body)
    asked = {"limit": 500, "at_least": silent["position"]}
    history = office.auditor.found(f"{story.case}/history", **asked)["events"]
    devices = {each["position"]: each["origin"]["device"] for each in history}
    first, second, third, fourth = [
        devices[at]
        for at in (
            done["position"] - 1,
            done["position"],
            other.json()["position"],
            silent["position"],
        )
    ]
    assert first == second != third
    assert (fourth, said in str(history)) == (None, False)
    refused = office.caseworker.post(path, body, jisr_device="short")
    assert (refused.status_code, refused.json()["code"]) == (400, "device_malformed")


def test_a_key_that_was_issued_for_one_step_is_named(found: Found) -> None:
    office = found.office
    once = office.system.hire(Role.CASEWORKER, "taza")
    once.step("/v1/receptions", EXAMPLES["record-reception"])
    keys = office.auditor.found("/v1/access-keys")["keys"]
    key = next(each["key_id"] for each in keys if each["staff_id"] == once.staff_id)
    body = EXAMPLES["revoke-access-key"] | {"key_id": key}
    office.administrator.step("/v1/access-keys/revocations", body)

    def noted() -> list[str]:
        """Of the keys that others of the house used once, none was used for that."""
        asked = {"code": "key_once", "open": True}
        found = office.auditor.found("/v1/findings", **asked)["findings"]
        paths = [f"/v1/findings/{each['finding_id']}" for each in found]
        told = {each: office.auditor.found(each)["entries"] for each in paths}
        used_for = ["AccessKeyIssued", "ReceptionRecorded"]
        return [each for each in paths if [one["type"] for one in told[each]] == used_for]

    until(lambda: bool(noted()))
    (path,) = noted()
    body = EXAMPLES["dismiss-finding"]
    taken = office.auditor.step(f"{path}/steps/dismiss-finding", body)
    assert not office.auditor.found(path, at_least=taken["position"])["finding"]["open"]
