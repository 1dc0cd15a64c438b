"""What should be looked at: who reads it, over HTTP and on a page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest

from domain.example.person import EXAMPLE
from domain.message import Role
from service.api.steps.examples import EXAMPLES
from tests.integration.service.conftest import Office, elsewhere
from tests.integration.service.story import Story
from tests.support.system import Person

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
        "/console/sign-in", data={"key": found.office.coordinator.key, "back": "/"}
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
    first = browser.post("/console/sign-in", data={"key": found.office.caseworker.key, "back": "/"})
    assert 'href="/findings"' not in first.text
    assert browser.get("/findings").status_code == 404
