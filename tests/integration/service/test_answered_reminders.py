"""A reminder is acknowledged, or put off, over HTTP: what the lists and pages say of it then."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from domain.values.calendar import local_date
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.system import Person

TODAY = local_date(datetime.now(UTC))


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    """Somebody whom nobody has seen for years: silence, and the closing, are due."""
    story = Story(office)
    story.until_delivery()
    return story


@pytest.fixture
def browser(office: Office) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=office.system.url, follow_redirects=True, timeout=30) as client:
        client.headers.update(
            {"Accept-Language": "en", "Accept": "text/html", "Origin": office.system.url}
        )
        client.post("/console/sign-in", data=office.caseworker.signing_in | {"back": "/"})
        yield client


def due(person: Person, story: Story) -> dict[str, dict[str, Any]]:
    """What is due in the case, by its kind; or by its id, to who may not know that."""
    asked = {"case_id": story.ids["case"], "at_least": story.position, "group": "due"}
    found = person.found("/v1/tasks", **asked)["tasks"]
    return {each["kind"] or each["task_id"]: each for each in found}


def answer(story: Story, step: str, kind: str, **more: object) -> httpx.Response:
    person = story.office.caseworker
    key = due(person, story)[kind]["key"]
    body = {"occurred_on": TODAY.isoformat(), "review": key, "explanation": "At it", **more}
    sent = person.post(story.path(step), body)
    story.position = sent.json().get("position", story.position)
    return sent


def until(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def test_what_is_acknowledged_stays_due_and_says_so(office: Office, story: Story) -> None:
    before = due(office.caseworker, story)
    assert {each["acknowledged_on"] for each in before.values()} == {None}
    assert answer(story, "acknowledge-reminder", "silence").status_code == 200
    after = due(office.caseworker, story)
    assert after["silence"] == before["silence"] | {"acknowledged_on": TODAY.isoformat()}
    assert after["closing"] == before["closing"]
    again = answer(story, "acknowledge-reminder", "silence")
    assert (again.status_code, again.json()["code"]) == (409, "reminder_acknowledged")
    reviews = office.caseworker.found(story.case)["reviews"]
    told = {each["kind"]: each["acknowledged_on"] for each in reviews if each["status"] == "due"}
    assert told == {"silence": TODAY.isoformat(), "closing": None}
    hidden = due(office.division, story)[before["silence"]["task_id"]]
    assert (hidden["acknowledged_on"], hidden["snoozed_until"]) == (None, None)


def test_a_reminder_is_put_off_fourteen_days_at_most_and_twice(
    office: Office, story: Story
) -> None:
    for days, code in ((15, "snooze_too_long"), (0, "date_before_earlier_step")):
        refused = answer(story, "snooze-reminder", "closing", until=until(days))
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    for days, left in ((14, 1), (3, 0)):
        assert answer(story, "snooze-reminder", "closing", until=until(days)).status_code == 200
        row = due(office.caseworker, story)["closing"]
        assert (row["snoozed_until"], row["snoozes_left"]) == (until(days), left)
    refused = answer(story, "snooze-reminder", "closing", until=until(2))
    assert (refused.status_code, refused.json()["code"]) == (409, "snoozed_enough")
    assert "2 times" in refused.json()["detail"]


def test_the_lists_say_what_was_answered_and_lead_to_what_can_be(
    office: Office, story: Story, browser: httpx.Client
) -> None:
    due(office.caseworker, story)
    for address in ("/", story.case.removeprefix("/v1")):
        page = browser.get(address).text
        assert "Acknowledged on" in page
        assert "Reminder again on" in page
    found = re.findall(r'href="([^"]*steps/([a-z]+-reminder)\?review=([a-z]+)[^"]*)"', page)
    can_be = {("snooze-reminder", "silence"), ("acknowledge-reminder", "closing")}
    assert {(step, kind) for _, step, kind in found} == can_be
    for address, _, kind in found:
        form = browser.get(address.replace("&amp;", "&")).text
        assert re.search(rf'value="{kind}/\d+"', form)
        assert "twice at most" in form or "What is being done" in form
