"""Whoever reads of somebody is written down before they are shown anything; so is who was refused."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.integration.service.conftest import Office
from tests.integration.service.story import Story


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    story = Story(office)
    story.open()
    return story


def log_file(office: Office) -> Path:
    return office.system.data / "reads.db"


def readings(office: Office, response: httpx.Response) -> list[dict[str, Any]]:
    """What stands in the log of that request."""
    with closing(sqlite3.connect(f"file:{log_file(office)}?mode=ro", uri=True)) as log:
        rows = log.execute("SELECT state FROM stored_events ORDER BY position").fetchall()
    found = [json.loads(state) for (state,) in rows]
    return [each for each in found if each["request"] == response.headers["x-request-id"]]


def test_a_case_that_is_read_is_written_down_with_who_and_what(
    office: Office, story: Story
) -> None:
    response = office.caseworker.get(story.case)
    (entry,) = readings(office, response)
    assert entry["staff"] == office.caseworker.staff_id
    assert (entry["query"], entry["door"], entry["alone"]) == ("get-case", "api", True)
    assert entry["cases"] == [story.ids["case"]]
    assert entry["persons"] == [story.ids["beneficiary"]]
    assert "personal" in entry["classes"]
    assert "refused" not in entry


def test_what_the_division_does_not_see_is_not_said_to_be_shown(
    office: Office, story: Story
) -> None:
    (entry,) = readings(office, office.division.get(story.case))
    assert "classes" not in entry


def test_a_list_names_everybody_on_it(office: Office, story: Story) -> None:
    response = office.coordinator.get("/v1/cases")
    (entry,) = readings(office, response)
    assert entry["cases"] == sorted(each["case_id"] for each in response.json()["cases"])
    assert "alone" not in entry


def test_what_is_about_nobody_is_not_written(office: Office, story: Story) -> None:
    for path in ("/v1/me", "/v1/tasks/counts", "/v1/centres", "/v1/staff"):
        assert readings(office, office.caseworker.get(path)) == []


def test_a_refusal_is_written_down_too(office: Office, story: Story) -> None:
    response = office.elsewhere.get(story.case)
    assert response.status_code == 403
    (entry,) = readings(office, response)
    assert entry["refused"] == "other_centre"
    assert entry["cases"] == [story.ids["case"]]
    assert "classes" not in entry


def test_a_page_is_one_request_however_much_it_asks(office: Office, story: Story) -> None:
    with httpx.Client(base_url=office.system.url, headers={"Origin": office.system.url}) as browser:
        browser.post("/console/sign-in", data={"key": office.caseworker.key})
        page = browser.get(f"/cases/{story.ids['case']}")
        assert page.status_code == 200
        found = readings(office, page)
    assert {each["door"] for each in found} == {"console"}
    assert "get-case" in {each["query"] for each in found}
    told = [{**each, "at": None} for each in found]
    assert all(told.count(each) == 1 for each in told)


def test_nothing_is_shown_that_cannot_be_written_down(office: Office, story: Story) -> None:
    away = log_file(office).with_name("reads.away")
    log_file(office).rename(away)
    try:
        refused = office.caseworker.get(story.case)
        assert refused.status_code == 503, refused.text
        assert refused.json()["code"] == "unavailable"
        assert story.ids["case"] not in refused.text
        with httpx.Client(
            base_url=office.system.url, headers={"Origin": office.system.url}
        ) as browser:
            browser.post("/console/sign-in", data={"key": office.caseworker.key})
            assert browser.get(f"/cases/{story.ids['case']}").status_code == 503
        assert office.caseworker.get("/v1/me").status_code == 200
    finally:
        away.rename(log_file(office))
    assert office.caseworker.get(story.case).status_code == 200
