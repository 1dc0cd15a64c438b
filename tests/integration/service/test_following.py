"""What changes in a list, over HTTP: asked for, followed, and by the browser of whoever is signed in."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.system import Person

PATH = "/v1/tasks/changes"


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    story = Story(office)
    story.sign()
    story.open()
    return story


def noted(office: Office, story: Story) -> int:
    """Something is recorded in the case; at which position."""
    note = {"text": "Appel reçu", "occurred_on": "2026-01-05"}
    answer = office.caseworker.step(story.path("add-note"), story.body("add-note") | note)
    return int(answer["position"])


@contextmanager
def following(http: httpx.Client, path: str, **headers: str) -> Iterator[Iterator[dict[str, str]]]:
    sent = {"Accept": "text/event-stream"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    with http.stream("GET", path, headers=sent, timeout=20) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        yield messages(answer)


def messages(answer: httpx.Response) -> Iterator[dict[str, str]]:
    """Those that say something."""
    fields: dict[str, str] = {}
    for line in answer.iter_lines():
        name, _, value = line.partition(": ")
        if line and name:
            fields[name] = value
        elif not line:
            if "event" in fields:
                yield fields
            fields = {}


def changed(person: Person, since: int, **asked: Any) -> Any:
    return person.found(PATH, since=since, **asked)["changed"]


def test_a_list_says_in_how_many_of_its_cases_something_was_recorded(
    office: Office, story: Story
) -> None:
    at = noted(office, story)
    told = office.caseworker.found(PATH, since=at - 1, at_least=at)
    counts = office.caseworker.found("/v1/tasks/counts")
    assert {name: told[name] for name in ("overdue", "due", "coming")} == {
        name: counts[name] for name in ("overdue", "due", "coming")
    }
    assert (told["changed"], told["position"] >= at) == (1, True)
    assert changed(office.elsewhere, at - 1) == 0, "another centre's"
    assert changed(office.division, at - 1) == 1
    assert changed(office.caseworker, told["position"]) == 0
    assert changed(office.caseworker, 10**15) is None, "a ledger that was brought back from a copy"
    assert office.caseworker.found(PATH)["changed"] is None
    assert changed(office.caseworker, at - 1, caseworker=office.elsewhere.staff_id) == 0
    assert changed(office.caseworker, at - 1, province="midelt") == 0
    refused = office.administrator.get(PATH)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


def test_who_follows_is_told_and_goes_on_where_they_were(office: Office, story: Story) -> None:
    with following(office.caseworker.http, PATH) as told:
        first = next(told)
        assert json.loads(first["data"])["changed"] is None
        at = noted(office, story)
        news = next(told)
        assert (json.loads(news["data"])["changed"], int(news["id"]) >= at) == (1, True)
    with following(office.caseworker.http, PATH, Last_Event_ID=first["id"]) as told:
        assert json.loads(next(told)["data"])["changed"] == 1
    with following(office.caseworker.http, PATH, Last_Event_ID=news["id"]) as told:
        assert json.loads(next(told)["data"])["changed"] == 0
    wrong = office.caseworker.http.get(
        PATH, headers={"Accept": "text/event-stream", "Last-Event-ID": "yesterday"}
    )
    assert (wrong.status_code, wrong.json()["code"]) == (400, "position_malformed")
    head = office.caseworker.http.head(PATH, headers={"Accept": "text/event-stream"})
    assert head.headers["content-type"].startswith("text/event-stream")


def test_the_page_says_where_it_is_followed_and_it_ends_with_the_sign_in(
    office: Office, story: Story
) -> None:
    with httpx.Client(base_url=office.system.url, follow_redirects=True, timeout=30) as browser:
        browser.headers.update({"Accept-Language": "en", "Origin": office.system.url})
        browser.post("/console/sign-in", data=office.caseworker.signing_in | {"back": "/"})
        page = browser.get("/", headers={"Accept": "text/html"})
        assert "script-src 'self'" in page.headers["content-security-policy"]
        address = page.text.partition('data-follow="')[2].partition('"')[0].replace("&amp;", "&")
        with following(browser, address) as told:
            assert json.loads(next(told)["data"])["text"] == ""
            noted(office, story)
            assert json.loads(next(told)["data"])["text"] == "1 case has changed"
            with httpx.Client(base_url=office.system.url, cookies=browser.cookies) as other:
                other.post("/console/sign-out", headers={"Origin": office.system.url})
            noted(office, story)
            assert next(told) | {"data": ""} == {"event": "end", "data": ""}
        with following(browser, address) as told:
            assert json.loads(next(told)["data"]) == {"because": "signed_out"}
    assert "Last-Event" not in page.text
