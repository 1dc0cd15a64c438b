"""The days to come, over HTTP and on their page: each task once, under the day it is due."""

from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from domain.values.calendar import local_date
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story

TODAY = local_date(datetime.now(UTC))


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    story = Story(office)
    with story.beforehand():
        story.open()
    return story


def test_every_task_stands_under_its_day_and_the_holidays_between_them(
    office: Office, story: Story
) -> None:
    after = {"at_least": story.position, "limit": 200}
    listed = office.caseworker.found("/v1/tasks", **after)["tasks"]
    since = min(date.fromisoformat(each["due_on"]) for each in listed)
    told, holidays, day = [], 0, since
    while day < since + timedelta(days=400):
        found = office.caseworker.found("/v1/agenda", since=day.isoformat(), days=31)
        for each in found["days"]:
            assert {task["due_on"] for task in each["tasks"]} <= {each["day"]}
            told += [task["task_id"] for task in each["tasks"]]
            holidays += each["is_holiday"]
        day = date.fromisoformat(found["until"]) + timedelta(days=1)
        if found["next_on"]:
            assert date.fromisoformat(found["next_on"]) >= day
    due = {each["task_id"] for each in listed if each["due_on"] < day.isoformat()}
    assert len(told) == len(set(told))
    assert due <= set(told)
    assert holidays >= 8
    assert office.caseworker.found("/v1/agenda")["since"] == TODAY.isoformat()
    assert office.caseworker.get("/v1/agenda", days=32).status_code == 422
    assert office.caseworker.get("/v1/agenda", since="9999-12-20", days=31).status_code == 422
    assert office.elsewhere.found("/v1/agenda", since=since.isoformat(), days=31)["days"] == [
        each
        for each in office.elsewhere.found("/v1/agenda", since=since.isoformat(), days=31)["days"]
        if not each["tasks"] or story.ids["case"] not in str(each)
    ]
    assert office.division.get("/v1/agenda").json()["code"] == "not_allowed"


def test_the_page_says_the_days_in_words(office: Office, story: Story) -> None:
    with httpx.Client(base_url=office.system.url, follow_redirects=True, timeout=30) as browser:
        browser.headers.update({"Accept-Language": "en", "Accept": "text/html"})
        browser.headers["Origin"] = office.system.url
        browser.post("/console/sign-in", data=office.caseworker.signing_in | {"back": "/"})
        listed = office.caseworker.found("/v1/tasks", limit=1, at_least=story.position)["tasks"]
        page = browser.get("/calendar", params={"whose": "everybody", "since": listed[0]["due_on"]})
        assert listed[0]["reference"] in page.text
        empty = browser.get("/calendar?since=2001-03-05")
        assert "Nothing is due on these days." in empty.text
        for wrong in ("since=today", "whose=nobody", "since=9999-12-31"):
            assert browser.get(f"/calendar?{wrong}").status_code == 422, wrong
