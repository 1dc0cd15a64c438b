"""An absent colleague's cases in the delegate's list, and those of whoever left, over HTTP."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from domain.message import Role
from domain.values.calendar import local_date
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.system import Person, System


def today() -> date:
    return local_date(datetime.now(UTC))


@pytest.fixture
def colleague(office: Office) -> Person:
    return office.system.hire(Role.CASEWORKER, "taza")


@pytest.fixture
def story(office: Office) -> Story:
    story = Story(office)
    story.open()
    return story


@pytest.fixture
def browser(system: System) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=system.url, follow_redirects=True, timeout=30) as client:
        client.headers.update(
            {"Accept-Language": "en", "Accept": "text/html", "Origin": system.url}
        )
        yield client


def listed(person: Person, position: int) -> dict[str, str]:
    """The caseworker of each case in their own list."""
    mine = {"caseworker": person.staff_id, "limit": 200, "at_least": position}
    found = person.found("/v1/cases", **mine)["cases"]
    return {each["case_id"]: each["caseworker"] for each in found}


def test_the_absents_cases_are_in_the_delegates_list_until_it_ends(
    office: Office, story: Story, colleague: Person, browser: httpx.Client
) -> None:
    absent = office.system.hire(Role.CASEWORKER, "taza")
    give = {"occurred_on": str(today()), "caseworker": absent.staff_id}
    office.coordinator.step(f"{story.case}/steps/assign-caseworker", give)
    assert listed(colleague, story.position) == {}
    days = {"since": str(today()), "until": str(today() + timedelta(days=5))}
    named = {"staff_id": absent.staff_id, "delegate": colleague.staff_id, **days}
    absent.step("/v1/delegations", named | {"occurred_on": str(today())})
    own = absent.step(f"{story.case}/steps/add-note", story.body("add-note"))
    note = colleague.step(f"{story.case}/steps/add-note", story.body("add-note"))
    assert listed(colleague, note["position"]) == {story.ids["case"]: absent.staff_id}
    entries = office.auditor.found(f"{story.case}/timeline", limit=100)["entries"]
    stood = {each["position"]: each["stood_in_for"] for each in entries}
    assert stood[note["position"]] == absent.staff_id
    assert stood[own["position"]] is None
    browser.post("/console/sign-in", data=colleague.signing_in)
    for page in ("/", f"/cases/{story.ids['case']}"):
        assert "Standing in for" in browser.get(page).text
    assert "Cases of an absent colleague are in your list" in browser.get("/").text
    (delegation,) = colleague.found("/v1/delegations")["delegations"]
    assert (delegation["yours"], delegation["holds"]) == (True, True)
    ends = {"occurred_on": str(today()), "delegation_id": delegation["delegation_id"]}
    office.coordinator.step("/v1/delegations/ends", ends)
    assert listed(colleague, note["position"]) == {}
    assert delegation not in colleague.found("/v1/delegations")["delegations"]
    named = {"staff_id": office.coordinator.staff_id, "delegate": colleague.staff_id, **days}
    office.coordinator.step("/v1/delegations", named | {"occurred_on": str(today())})
    for page in ("/", "/cases"):
        assert f'href="{page}?whose=mine"' in browser.get(page).text, (
            "their own, beside the centre's"
        )


def test_what_is_still_with_a_leaver_is_told_at_the_departure_and_to_the_coordinator(
    office: Office, story: Story, colleague: Person, browser: httpx.Client
) -> None:
    give = {"occurred_on": str(today()), "caseworker": colleague.staff_id}
    path = f"{story.case}/steps/assign-caseworker"
    given = office.coordinator.step(path, give)
    office.coordinator.found("/v1/cases", at_least=given["position"], limit=1)
    leaves = {"occurred_on": str(today()), "staff_id": colleague.staff_id}
    left = office.administrator.step("/v1/staff/departures", leaves)
    (warned,) = left["warnings"]
    assert (warned["code"], warned["params"]) == ("cases_left", {"cases": "1"})
    refused = office.coordinator.post(path, give)
    assert refused.json()["code"] == "caseworker_not_in_centre"
    of_centre = office.coordinator.found("/v1/left-cases")["left"]
    assert [each["open_cases"] for each in of_centre if each["staff_id"] == colleague.staff_id] == [
        1
    ]
    browser.post("/console/sign-in", data=office.coordinator.signing_in)
    assert "still with somebody who left" in browser.get("/").text
    their = f"/cases?whose=everybody&caseworker={colleague.staff_id}"
    assert their.replace("&", "&amp;") in browser.get("/staff").text
    page = browser.get(their)
    assert story.ids["case"] in page.text
    assert browser.get("/cases?caseworker=nobody").status_code == 422
