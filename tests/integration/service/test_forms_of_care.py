"""A visit, an entry into detention and a closing, by the pages made by hand for them."""

import html
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from domain.case.vocabulary import Outcome
from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.browsing import Browsing, Page, at_a_browser

SAID = words(Language.ENGLISH)
REFUSED, SHOWN = 409, 200


@pytest.fixture
def caseworker(office: Office) -> Iterator[Browsing]:
    with at_a_browser(office.system, office.caseworker) as browsing:
        yield browsing


@pytest.fixture(scope="module")
def delivered(office: Office) -> Story:
    story = Story(office)
    story.was_delivered()
    office.caseworker.found("/v1/cases", at_least=story.position)
    return story


@pytest.fixture
def opened(office: Office) -> Story:
    story = Story(office)
    story.open()
    office.caseworker.found("/v1/cases", at_least=story.position)
    return story


def form(story: Story, step: str) -> str:
    return f"/cases/{story.ids['case']}/steps/{step}"


def on(day: str, name: str = "occurred_on") -> dict[str, str]:
    year, month, number = day.split("-")
    parts = {f"{name}.day": number, f"{name}.month": month, f"{name}.year": year}
    return parts | {name: "other"}


def begun(person: Browsing, address: str, **asked: str) -> Page:
    answer = person.browser.get(address, params=asked or None)
    assert answer.status_code == SHOWN, answer.text
    return Page(answer.text)


def sent(person: Browsing, page: Page, go: str = "send", **typed: str) -> httpx.Response:
    given = {name.replace("__", "."): text for name, text in typed.items()}
    return person.browser.post(page.action, data=page.sent() | given | {"go": go})


def recorded(story: Story, kind: str) -> list[dict[str, Any]]:
    history = story.office.auditor.found(f"{story.case}/history", limit=500)
    return [each["fields"] for each in history["events"] if each["type"].startswith(kind)]


def test_a_visit_goes_from_thing_to_thing_and_says_what_follows(
    delivered: Story, caseworker: Browsing
) -> None:
    page = begun(caseworker, form(delivered, "record-visit"), review="visit/3")
    assert page.controls["review"].value == "visit/3", "the review that led here"
    answer = sent(caseworker, page, project="stopped", **on("2024-10-18"))
    things = Page(answer.text)
    condition = things.controls["items.1.condition"]
    assert condition.value == "", "nobody has seen it before somebody says so"
    assert {"", "in_use", "sold", "stolen", "broken", "given_away"} <= {*condition.offered}
    assert "SN-001-1" in answer.text, "what tells it apart"
    stolen = {"items.1.condition": "stolen", "items.2.condition": ""}
    rest = Page(sent(caseworker, things, **stolen).text)
    assert "remarks" in rest.controls
    assert "monthly_income" not in rest.controls, "what stopped earns nothing"
    check = sent(caseworker, rest, remarks="The shop is shut.")
    assert SAID.page["follows_visit_thing_problem"] in check.text
    assert SAID.page["follows_visit_settles"] in check.text
    receipt = sent(caseworker, Page(check.text), go="record")
    assert receipt.url.path.startswith("/sent/")
    (link,) = re.findall(
        r'href="([^"]*raise-problem[^"]*)"', receipt.text.partition("following")[0]
    )
    raising = begun(caseworker, html.unescape(link))
    assert raising.controls["kind"].value == "stolen", "it begins with what was found"
    assert "items.1" in raising.sent()
    assert "items.2" not in raising.sent()
    (told,) = recorded(delivered, "VisitRecorded")
    assert told["items"] == [{"item": 1, "condition": "stolen"}]
    assert told["project"] == "stopped"


def test_a_visit_before_the_handover_is_refused_and_keeps_what_was_found(
    delivered: Story, caseworker: Browsing
) -> None:
    page = begun(caseworker, form(delivered, "record-visit"))
    things = Page(sent(caseworker, page, project="running", **on("2024-03-18")).text)
    rest = Page(sent(caseworker, things, items__1__condition="in_use").text)
    refused = sent(caseworker, rest, monthly_income="3200", people_employed="1")
    assert refused.status_code == REFUSED
    assert "notice late" in refused.text
    assert Page(refused.text).sent()["items.1.condition"] == "in_use"


def test_an_entry_into_detention_asks_once_for_each_track_that_was_open_that_day(
    opened: Story, caseworker: Browsing
) -> None:
    with opened.beforehand():
        opened.walk(opened.way.steps(), until="record-release")
    released = {"release": "conditional", "conditions_until": "2025-11-06"}
    body = opened.body("record-release") | released
    opened.take(caseworker, opened.path("record-release"), "record-release", body)
    address = form(opened, "return-to-detention")
    page = begun(caseworker, address)
    assert "track_id" not in page.controls
    (name,) = (
        each
        for each in Page(sent(caseworker, page, **on("2024-03-01")).text).controls
        if each.endswith(".choice")
    )
    tracks = Page(sent(caseworker, page, **on("2024-03-01")).text)
    silent = sent(caseworker, tracks)
    assert silent.status_code == REFUSED
    assert SAID.problem["track_choice_missing"]["detail"] in silent.text
    nobody = sent(caseworker, tracks, **{name: "family_continues"})
    assert nobody.status_code == REFUSED
    before = Page(sent(caseworker, page, **on("2023-07-01")).text)
    assert name not in before.controls, "on that day it was not open yet"
    who = name.replace("choice", "family_member")
    told = {name: "family_continues", who: "Amina Elmithal, sister"}
    check = sent(caseworker, tracks, **told)
    assert SAID.page["follows_track_family_continues"] in check.text
    assert sent(caseworker, Page(check.text), go="record").url.path.startswith("/sent/")
    assert recorded(opened, "ReturnedToDetention")


def test_closing_says_of_each_outcome_what_proves_it_or_is_missing(
    opened: Story, caseworker: Browsing
) -> None:
    address = form(opened, "close-case")
    answer = caseworker.browser.get(address)
    page = Page(answer.text)
    outcomes = page.controls["outcome"]
    assert {*outcomes.offered} == {*Outcome} - {Outcome.OPENED_IN_ERROR, Outcome.ERASED}
    assert SAID.page["close_coordinator"] in answer.text
    assert SAID.problem["death_not_recorded"]["detail"] in answer.text
    assert f'href="{form(opened, "record-death")}"' in answer.text
    chosen = sent(caseworker, page, outcome="deceased", **on("2025-06-30"))
    assert "notice due" in chosen.text
    refused = sent(caseworker, Page(chosen.text))
    assert refused.status_code == REFUSED
    assert f'href="{form(opened, "record-death")}"' in refused.text
    last = sent(caseworker, page, outcome="left_country", **on("2025-06-30"))
    assert SAID.page["follows_close_reopened"] in last.text
    check = sent(caseworker, Page(last.text))
    assert SAID.page["follows_close_reviews"] in check.text
    assert sent(caseworker, Page(check.text), go="record").url.path.startswith("/sent/")
    assert recorded(opened, "CaseClosed")


def test_the_proof_of_an_outcome_is_linked_where_it_stands(
    opened: Story, caseworker: Browsing
) -> None:
    for day in ("2025-06-01", "2025-06-10", "2025-06-20"):
        tried = {"occurred_on": day, "channel": "phone", "outcome": "no_answer"}
        caseworker.step(f"{opened.case}/steps/record-contact", tried)
    answer = caseworker.browser.get(form(opened, "close-case"))
    history = opened.office.auditor.found(f"{opened.case}/history", limit=500)["events"]
    tries = [each["version"] for each in history if each["type"].startswith("ContactRecorded")]
    assert len(tries) == 3
    assert all(f"#entry-{each}" in answer.text for each in tries)
