"""Who was released lately, who called, on whom is waited: over HTTP, and on the first page."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from domain.values.calendar import local_date
from projections.views.matters import MatterKind
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.system import Person

TODAY = local_date(datetime.now(UTC))


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    """Somebody who is free since years, and with whom somebody spoke today."""
    story = Story(office)
    story.was_delivered()
    contact(story, outcome="reached")
    return story


@pytest.fixture
def browser(office: Office) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=office.system.url, follow_redirects=True, timeout=30) as client:
        client.headers.update(
            {"Accept-Language": "en", "Accept": "text/html", "Origin": office.system.url}
        )
        yield client


def contact(story: Story, **told: Any) -> None:
    body = {"occurred_on": TODAY.isoformat(), "channel": "phone"} | told
    story.take(story.office.caseworker, story.path("record-contact"), "record-contact", body)


def matters(person: Person, story: Story, **asked: Any) -> list[dict[str, Any]]:
    given = {"case_id": story.ids["case"], "at_least": story.position}
    found: list[dict[str, Any]] = person.found("/v1/matters", **given, **asked)["matters"]
    return found


def counts(person: Person, story: Story) -> dict[str, Any]:
    given = {"case_id": story.ids["case"], "at_least": story.position}
    found: dict[str, Any] = person.found("/v1/matters/counts", **given)
    return found


def test_who_called_stands_there_until_they_are_reached(office: Office, story: Story) -> None:
    assert matters(office.caseworker, story) == []
    contact(story, made_by="person", outcome="no_answer")
    (told,) = matters(office.caseworker, story, kind="called")
    assert (told["happened_on"], told["done_by"]) == (TODAY.isoformat(), "record-contact")
    assert counts(office.caseworker, story)["called"] == 1
    contact(story, outcome="reached")
    assert matters(office.caseworker, story) == []


def test_on_whom_is_waited_since_when(office: Office, story: Story) -> None:
    body = {
        "occurred_on": (TODAY - timedelta(days=3)).isoformat(),
        "party_name": "The office of records",
        "awaiting": "A new card",
    }
    path = story.path("await-third-party")
    story.take(office.caseworker, path, "await-third-party", body)
    (told,) = matters(office.caseworker, story, kind="waiting")
    assert told["called"] == "The office of records"
    assert (told["since"], told["awaiting"]) == (body["occurred_on"], "A new card")
    assert told["done_by"] == "record-third-party-answer"
    assert told["waits_for"] is None


def test_who_was_released_lately_is_listed_whoever_met_them(office: Office) -> None:
    freed = Story(office)
    with freed.beforehand():
        freed.open()
        freed.on("begin-detention")
    body = freed.body("record-release") | {"occurred_on": TODAY.isoformat()}
    freed.take(office.caseworker, freed.path("record-release"), "record-release", body)
    (told,) = matters(office.caseworker, freed, kind="released")
    assert (told["happened_on"], told["done_by"]) == (TODAY.isoformat(), "record-contact")
    contact(freed, outcome="reached")
    (told,) = matters(office.caseworker, freed, kind="released")
    assert (told["seen_to_on"], told["done_by"]) == (TODAY.isoformat(), None)


def test_no_other_centre_and_not_the_division_reads_of_it(office: Office, story: Story) -> None:
    for path in ("/v1/matters", "/v1/matters/counts"):
        assert office.division.get(path).status_code == 403
        assert office.administrator.get(path).status_code == 403
    assert story.ids["case"] not in office.elsewhere.get("/v1/matters").text
    assert office.elsewhere.get("/v1/matters", centre="taza").status_code == 403


def test_the_first_page_shows_as_many_as_it_says(
    office: Office, story: Story, browser: httpx.Client
) -> None:
    browser.post("/console/sign-in", data=office.caseworker.signing_in | {"back": "/"})
    contact(story, made_by="relative", outcome="through_relative")
    told = office.caseworker.found("/v1/matters/counts", at_least=story.position)
    first = browser.get("/?whose=everybody").text
    for kind in MatterKind:
        assert (f'<h2 id="{kind}">' in first) == bool(told[kind])
        alone = browser.get(f"/matters?whose=everybody&kind={kind}").text
        assert f"<bdi>({told[kind]})</bdi></h1>" in alone
        assert alone.count('<th scope="row">') == told[kind]
    assert f"/cases/{story.ids['case']}/steps/record-third-party-answer?awaited_id=" in first
    for address in ("/matters", "/matters?kind=nothing", "/matters?kind=called&whose=nobody"):
        assert browser.get(address).status_code == 422


def test_a_paper_that_expires_is_named(office: Office, story: Story, browser: httpx.Client) -> None:
    expires = (TODAY + timedelta(days=10)).isoformat()
    body = story.body("attach-document")
    body |= {"occurred_on": TODAY.isoformat(), "kind": "identity_card", "expires_on": expires}
    body.pop("issued_on", None)
    story.take(office.caseworker, story.path("attach-document"), "attach-document", body)
    asked = {"kind": "paper", "case_id": story.ids["case"], "at_least": story.position}
    (told,) = office.caseworker.found("/v1/tasks", **asked)["tasks"]
    assert (told["paper"], told["window_end"]) == ("identity_card", expires)
    (hidden,) = [
        each
        for each in office.division.found("/v1/tasks", case_id=story.ids["case"])["tasks"]
        if each["task_id"] == told["task_id"]
    ]
    assert hidden["paper"] is None
    browser.post("/console/sign-in", data=office.caseworker.signing_in | {"back": "/"})
    page = browser.get("/?whose=everybody&kind=paper").text
    assert "Identity card" in page
    assert "/?whose=everybody&amp;kind=paper" in browser.get("/?whose=everybody").text
