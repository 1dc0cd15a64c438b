"""What is to be done, over HTTP and on the page that people begin their day with."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from domain.message import Role
from domain.values.calendar import local_date
from projections.views.tasks import Group
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.system import Person


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    """Somebody who was handed something years ago, and whom nobody has seen since."""
    story = Story(office)
    story.until_delivery()
    return story


@pytest.fixture
def browser(office: Office) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=office.system.url, follow_redirects=True, timeout=30) as client:
        client.headers.update(
            {"Accept-Language": "en", "Accept": "text/html", "Origin": office.system.url}
        )
        yield client


def tasks(person: Person, story: Story, **asked: Any) -> list[dict[str, Any]]:
    """Of the story's case."""
    given = {"case_id": story.ids["case"], "at_least": story.position, "limit": 200}
    found: list[dict[str, Any]] = person.found("/v1/tasks", **given, **asked)["tasks"]
    return found


def counts(person: Person, story: Story) -> dict[str, Any]:
    asked = {"case_id": story.ids["case"], "at_least": story.position}
    found: dict[str, Any] = person.found("/v1/tasks/counts", **asked)
    return found


def test_what_is_due_leads_into_the_step_that_ends_it(office: Office, story: Story) -> None:
    due = {each["kind"]: each for each in tasks(office.caseworker, story, group="due")}
    assert due["silence"]["done_by"] == "record-contact"
    assert due["closing"]["done_by"] == "close-case"
    told = counts(office.caseworker, story)
    for group in Group:
        assert told[group] == len(tasks(office.caseworker, story, group=group))
    met = story.body("record-contact") | {"occurred_on": local_date(datetime.now(UTC)).isoformat()}
    story.take(office.caseworker, story.path("record-contact"), "record-contact", met)
    assert [each["kind"] for each in tasks(office.caseworker, story, group="due")] == ["closing"]
    assert counts(office.caseworker, story)["due"] == 1


def test_what_cannot_be_seen_to_yet_says_why(office: Office) -> None:
    opened = Story(office)
    opened.sign()
    opened.open()
    case = office.caseworker.found(opened.case)
    closed = {each["step"]: each["code"] for each in case["closed_steps"]}
    found = tasks(office.caseworker, opened)
    assert found
    for each in found:
        assert each["blocked"] == closed.get(each["done_by"]), each["kind"]
        assert bool(each["waits_for"]) == (each["blocked"] is not None)
    assert any(each["blocked"] for each in found)


def test_who_may_not_know_of_custody_reads_neither_the_review_nor_its_day(
    office: Office, story: Story
) -> None:
    refused = office.division.get("/v1/tasks", kind="visit")
    assert refused.json()["code"] == "not_allowed"
    own = {each["task_id"]: each for each in tasks(office.caseworker, story)}
    for each in tasks(office.division, story):
        assert (each["key"], each["kind"], each["done_by"], each["name_ar"]) == (None,) * 4
        if own[each["task_id"]]["kind"] in ("silence", "first_contact", "plan"):
            assert (each["due_on"][-2:], each["days_late"]) == ("01", None)


def test_the_team_counts_what_each_has(office: Office, story: Story) -> None:
    tasks(office.coordinator, story)
    (own,) = [
        each
        for each in office.coordinator.found("/v1/team")["members"]
        if each["caseworker"] == office.caseworker.staff_id
    ]
    asked = {"caseworker": office.caseworker.staff_id, "at_least": story.position}
    told = office.coordinator.found("/v1/tasks/counts", **asked)
    assert {group: own[group] for group in Group} == {group: told[group] for group in Group}
    assert (own["left"], own["label"]) == (False, office.caseworker.found("/v1/me")["label"])
    assert own["oldest"] is None, "all of it was entered today"
    team = office.coordinator.found("/v1/team")
    for name in ("overdue", "due", "coming", "open_cases", "silent", "paused"):
        assert team["totals"][name] == sum(each[name] for each in team["members"])
    left = [each["open_cases"] for each in team["members"] if each["left"]]
    assert team["totals"]["unassigned"] == sum(left)
    assert sum(each["cases"] for each in team["stages"]) == team["totals"]["open_cases"]
    assert team["totals"]["paused"] == len(
        office.coordinator.found("/v1/cases", paused=True, limit=200)["cases"]
    )
    seen = office.division.found("/v1/cases", limit=200)["cases"]
    assert {each["stage_since"] for each in seen} == {None}, "the day of a release"


def test_the_page_shows_as_many_as_it_says_each_with_its_button(
    office: Office, story: Story, browser: httpx.Client
) -> None:
    browser.post("/console/sign-in", data=office.caseworker.signing_in | {"back": "/"})
    tasks(office.caseworker, story)
    page = browser.get("/?whose=everybody").text
    told = office.caseworker.found("/v1/tasks/counts")
    assert f"{told['due']} due now" in page
    whole, address = 0, "/?whose=everybody&group=due"
    while address:
        page = browser.get(address).text
        whole += len(re.findall(r'<th scope="row">', page))
        more = re.search(r'class="button" href="(/\?[^"]*after=[^"]*)"', page)
        address = more[1].replace("&amp;", "&") if more else ""
    assert whole == told["due"]
    buttons = re.findall(r'class="does" href="([^"]+)"', page)
    assert buttons
    assert browser.get(buttons[-1].replace("&amp;", "&")).status_code == 200
    assert browser.get("/?group=nonsense").status_code == 422
    assert browser.get("/?whose=nobody").status_code == 422


def test_a_kind_of_what_is_to_be_done_is_listed_alone(
    office: Office, story: Story, browser: httpx.Client
) -> None:
    told = counts(office.caseworker, story)
    assert sum(told["by_kind"].values()) == sum(told[group] for group in Group)
    assert sum(told["by_province"].values()) == sum(told["by_kind"].values())
    for kind, many in told["by_kind"].items():
        assert len(tasks(office.caseworker, story, kind=kind)) >= many
    assert counts(office.division, story)["by_kind"] is None
    browser.post("/console/sign-in", data=office.caseworker.signing_in | {"back": "/"})
    page = browser.get("/?whose=everybody&kind=closing").text
    assert "/steps/close-case" in page
    assert "/steps/agree-plan" not in page
    assert browser.get("/?kind=nonsense").status_code == 422
    assert browser.get("/?province=nowhere").status_code == 422


def test_each_number_of_the_team_leads_to_as_many(
    office: Office, story: Story, browser: httpx.Client
) -> None:
    browser.post("/console/sign-in", data=office.coordinator.signing_in | {"back": "/"})
    tasks(office.coordinator, story)
    page = browser.get("/team").text
    of = f"caseworker={office.caseworker.staff_id}"
    links = re.findall(rf'href="(/\?[^"]*{of}[^"]*)"><bdi>(\d+)<', page)
    assert links, "something is due"
    for href, many in links:
        assert f"({many})" in browser.get(href.replace("&amp;", "&")).text
    assert re.search(rf'href="/cases\?[^"]*{of}"', page)
    assert browser.get("/?whose=everybody&caseworker=nobody").status_code == 422
    browser.post("/console/sign-out")
    browser.post("/console/sign-in", data=office.caseworker.signing_in | {"back": "/"})
    assert browser.get("/team").status_code == 404


def test_whom_no_message_reaches_stands_among_the_calls_until_they_were_reached(
    office: Office, browser: httpx.Client
) -> None:
    """What they are to be there for falls due; the centre calls, in vain first."""
    story, caller = Story(office), office.system.hire(Role.CASEWORKER, "taza")
    today = local_date(datetime.now(UTC))
    opened = {"occurred_on": str(today - timedelta(days=28))}
    story.register(reads=False, phone="06 00 00 00 61", **opened)
    freely = {"route": "after_release", "caseworker": caller.staff_id} | opened
    case = story.body("open-case") | freely
    story.take(office.caseworker, "/v1/cases", "open-case", case)

    def calls(person: Person, **asked: Any) -> list[dict[str, Any]]:
        given = {"case_id": story.ids["case"], "at_least": story.position} | asked
        found: list[dict[str, Any]] = person.found("/v1/calls", **given)["calls"]
        return found

    (call,) = calls(caller, caseworker=caller.staff_id)
    assert (call["because"], call["tried"]) == ("does_not_read", 0)
    assert calls(office.caseworker, caseworker=office.caseworker.staff_id) == []
    assert office.division.get("/v1/calls").status_code == 403
    browser.post("/console/sign-in", data=caller.signing_in)
    page = browser.get("/calls").text
    assert 'href="tel:0600000061"' in page
    assert f"/cases/{story.ids['case']}/steps/record-contact?channel=phone" in page
    assert 'href="/calls"' in browser.get("/").text
    for outcome, left in (("no_answer", [1]), ("reached", [])):
        by_phone = {"channel": "phone", "outcome": outcome, "occurred_on": str(today)}
        story.take(caller, story.path("record-contact"), "record-contact", by_phone)
        assert [each["tried"] for each in calls(caller)] == left
    assert 'href="/calls"' not in browser.get("/").text
