"""Who asked stands in the log of requests, by number and role, whatever they were answered."""

import sqlite3
import time
from contextlib import closing
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.message import Role
from service.api.steps.examples import EXAMPLES
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story, somebody
from tests.support.system import Person
from tests.support.waiting import until
from tests.support.written import entries

NOBODY = {"staff": None, "role": None, "credential": None}


def line_of(office: Office, response: httpx.Response) -> dict[str, Any]:
    """What the log says of the request; it is written when all has been sent."""
    request, found = response.headers["x-request-id"], list[dict[str, Any]]()

    def is_there() -> bool:
        said = entries(office.system.data / "api.log", naming=request)
        found.extend(entry for entry in said if entry["event"] == "request")
        return bool(found)

    until(is_there, "the request is not in the log")
    return found[0]


def asker(line: dict[str, Any]) -> dict[str, Any]:
    return {name: line[name] for name in NOBODY}


def assert_asked_by(office: Office, person: Person, response: httpx.Response) -> None:
    line = line_of(office, response)
    assert line["status"] == response.status_code
    keys = {each["staff_id"]: each["keys"] for each in office.auditor.found("/v1/staff")["staff"]}
    assert line["staff"] == person.staff_id
    assert line["credential"] in keys[person.staff_id]
    assert line["role"] == person.found("/v1/me")["role"]
    assert person.key not in str(line)


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    story = Story(office)
    story.open()
    return story


def test_who_asked_is_known_of_every_answer(office: Office, story: Story) -> None:
    person, stranger = office.caseworker, office.elsewhere
    note = {"occurred_on": "2026-01-05", "text": "a quiet note"}
    answers = {
        200: person.get(story.case),
        201: person.post("/v1/beneficiaries", somebody()),
        404: person.get(f"/v1/cases/{uuid4()}"),
        405: person.http.delete(story.case),
        406: person.http.get(story.case, headers={"Accept": "text/html"}),
        409: person.post("/v1/cases", story.body("open-case")),
        413: person.post("/v1/beneficiaries", {"name_latin": "x" * 2 * 1024 * 1024}),
        422: person.get("/v1/cases", limit=100_000),
    }
    for status, response in answers.items():
        assert response.status_code == status, response.text
        assert_asked_by(office, person, response)
    for refused in (stranger.get(story.case), stranger.post(f"{story.case}/steps/add-note", note)):
        assert refused.status_code == 403
        assert_asked_by(office, stranger, refused)
    nowhere = person.get("/v1/no-such-thing")
    assert nowhere.status_code == 404
    assert_asked_by(office, person, nowhere)
    unread = person.post("/v1/beneficiaries", {"occurred_on": "no day"})
    assert unread.status_code == 422
    assert_asked_by(office, person, unread)


def test_nobody_is_named_for_a_key_that_is_nobodys(office: Office, story: Story) -> None:
    url = f"{office.system.url}{story.case}"
    for headers in ({}, {"Authorization": f"Bearer jisr_{'x' * 43}"}, {"Authorization": "Basic x"}):
        response = httpx.get(url, headers=headers)
        assert response.status_code == 401
        assert asker(line_of(office, response)) == NOBODY
    assert asker(line_of(office, httpx.get(f"{office.system.url}/healthz"))) == NOBODY


def test_whose_key_was_is_known_after_it_ended(office: Office, story: Story) -> None:
    gone = office.system.hire(Role.CASEWORKER, "taza")
    assert gone.get(story.case).status_code == 200
    (key,) = next(
        each["keys"]
        for each in office.administrator.found("/v1/staff")["staff"]
        if each["staff_id"] == gone.staff_id
    )
    office.administrator.step(
        "/v1/access-keys/revocations", EXAMPLES["revoke-access-key"] | {"key_id": key}
    )
    refused = gone.get(story.case)
    assert refused.status_code == 401
    assert asker(line_of(office, refused)) == {
        "staff": gone.staff_id,
        "role": "caseworker",
        "credential": key,
    }


def test_the_consoles_requests_have_their_asker_too(office: Office, story: Story) -> None:
    origin = {"Origin": office.system.url}
    with httpx.Client(base_url=office.system.url, headers=origin) as browser:
        before = browser.get("/")
        assert asker(line_of(office, before)) == NOBODY
        signed = browser.post("/console/sign-in", data=office.coordinator.signing_in)
        assert_asked_by(office, office.coordinator, signed)
        for path in ("/", f"/cases/{story.ids['case']}", f"/cases/{uuid4()}"):
            assert_asked_by(office, office.coordinator, browser.get(path))


def test_whatever_somebody_asks_who_is_signed_in_has_its_asker(
    office: Office, story: Story
) -> None:
    """Also what no page asks it of: addresses that are none, the language, files, refusals."""
    ours, elsewhere = {"Origin": office.system.url}, {"Origin": "https://elsewhere.example"}
    person = office.coordinator
    with httpx.Client(base_url=office.system.url, timeout=30) as browser:
        browser.post("/console/sign-in", data=person.signing_in, headers=ours)
        html = {"Accept": "text/html"}
        asked: tuple[tuple[int, str, str, dict[str, str]], ...] = (
            (404, "GET", "/no/such/page", html),
            (404, "GET", "/v1/nothing", {}),
            (401, "GET", "/v1/me", {}),
            (405, "DELETE", "/", {}),
            (303, "POST", "/console/language", ours),
            (403, "POST", "/console/language", elsewhere),
            (403, "POST", "/steps/register-centre", elsewhere),
            (200, "GET", "/console/static/console.css", {}),
            (200, "GET", "/docs", {}),
            (200, "HEAD", "/", {}),
            (204, "OPTIONS", "/", {}),
            (400, "GET", "/cases?stage=%ff", {}),
            (414, "GET", "/?x=" + "x" * 5000, {}),
        )
        for status, method, path, headers in asked:
            response = browser.request(method, path, headers=headers)
            assert response.status_code == status, (method, path)
            assert_asked_by(office, person, response)
        browser.post("/console/sign-out", headers=ours)
        cookies = {"Cookie": "jisr_sign_in=" + "x" * 43}
        assert asker(line_of(office, browser.get("/no/such/page", headers=cookies))) == NOBODY


def test_to_be_logged_is_not_to_be_at_work(office: Office) -> None:
    """Files and wrong addresses that a browser asks for by itself keep nobody signed in."""
    with (
        closing(sqlite3.connect(office.system.data / "sign_ins.db")) as kept,
        httpx.Client(timeout=30) as browser,
    ):
        browser.base_url = httpx.URL(office.system.url)
        ours = {"Origin": office.system.url}
        browser.post("/console/sign-in", data=office.auditor.signing_in, headers=ours)
        long_ago = int(time.time()) - 1000
        kept.execute("UPDATE sessions SET seen_at = ?", (long_ago,))
        kept.commit()
        for path in ("/no/such/page", "/console/static/console.css"):
            assert_asked_by(office, office.auditor, browser.get(path))
        assert kept.execute("SELECT max(seen_at) FROM sessions").fetchone() == (long_ago,)


def test_what_was_asked_about_is_logged_however_its_id_is_written(
    office: Office, story: Story
) -> None:
    """Else a case could be read without a trace of which."""
    case = story.ids["case"]
    for written in (case, case.upper(), case.replace("-", ""), f"urn:uuid:{case}", f"{{{case}}}"):
        response = office.caseworker.get(f"/v1/cases/{written}")
        assert response.status_code in (200, 422)
        assert line_of(office, response)["on"] == [case], written


def test_the_log_says_nothing_personal_of_them(office: Office, story: Story) -> None:
    line = line_of(office, office.caseworker.get(story.case))
    said = {"request", "method", "operation", "on", "status", "ms", "staff", "role", "credential"}
    assert line.keys() == said | {"event", "level", "timestamp", "process"}
