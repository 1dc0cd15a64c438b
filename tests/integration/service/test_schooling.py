"""A child's way back to school over HTTP: told, closed so, masked, and shown on the case's page."""

from typing import Any

import pytest

from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.browsing import at_a_browser

GUARDIAN = {"name": "Amina", "relation": "sister", "phone": "+212 600 000 002"}
YEAR = "2022/2023"


@pytest.fixture(scope="module")
def child(office: Office) -> Story:
    """Of fourteen, enrolled at the school of a child-protection centre, with a tablet."""
    story = Story(office)
    story.register(birth_date="2009-03-05", guardian=GUARDIAN)
    story.take(office.caseworker, "/v1/cases", "open-case")
    told(office, story, "open-track", occurred_on="2023-01-20", track="schooling")
    for step in ("enrol-at-school", "give-learning-kit"):
        told(office, story, step)
    return story


def told(office: Office, story: Story, step: str, **body: Any) -> None:
    story.take(office.caseworker, f"{story.case}/steps/{step}", step, body or None)


def track(story: Story, person: Any) -> dict[str, Any]:
    (found,) = person.found(story.case)["tracks"]
    return dict(found)


def test_the_track_tells_its_years_and_what_was_given(office: Office, child: Story) -> None:
    found = track(child, office.caseworker)
    (year,) = found["years"]
    assert (found["kind"], found["stage"]) == ("schooling", "training")
    assert (year["school_year"], year["school"]) == (YEAR, "child-protection-taza")
    assert year["school_name"]
    assert [each["kit"] for each in found["kits"]] == ["tablet"]


def test_which_school_it_is_stays_hidden_from_the_division(office: Office, child: Story) -> None:
    (year,) = track(child, office.division)["years"]
    assert (year["school"], year["school_name"], year["level"]) == (None, None, "lower_secondary")
    assert "child-protection" not in str(office.division.found(f"{child.case}/timeline"))


def test_no_such_track_opens_for_an_adult(office: Office) -> None:
    story = Story(office)
    story.open()
    opening = {"occurred_on": "2023-01-20", "track": "schooling"}
    answer = office.caseworker.post(f"{story.case}/steps/open-track", opening)
    assert (answer.status_code, answer.json()["code"]) == (409, "schooling_opens_below_age")
    assert "Vocational training" in answer.json()["detail"]


def test_the_case_page_names_the_year_and_offers_what_follows(office: Office, child: Story) -> None:
    office.caseworker.found("/v1/cases", at_least=child.position)
    with at_a_browser(office.system, office.caseworker) as browsing:
        page = browsing.browser.get(f"/cases/{child.ids['case']}").text
        form = browsing.browser.get(f"/cases/{child.ids['case']}/steps/record-school-result").text
    assert YEAR in page
    assert "record-school-result" in page
    assert f'value="{YEAR}"' in form


def test_the_case_is_closed_as_in_school_by_the_coordinator(office: Office, child: Story) -> None:
    told(office, child, "change-school")
    told(office, child, "record-school-result")
    closing = {"occurred_on": "2023-07-10", "outcome": "in_school"}
    path = f"{child.case}/steps/close-case"
    refused = office.caseworker.post(path, closing)
    assert (refused.status_code, refused.json()["code"]) == (403, "closing_takes_coordinator")
    office.coordinator.step(path, closing)
    assert office.caseworker.found(child.case)["outcome"] == "in_school"
