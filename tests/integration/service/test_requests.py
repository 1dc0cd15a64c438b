"""What one person asked for, found and answered by another: through the API and at the console."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.message import Role
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.system import Person, System
from tests.support.waiting import until


@pytest.fixture
def story(office: Office) -> Story:
    """An agreement with more places asked for by the division."""
    story = Story(office)
    story.sign()
    story.of(office.division, "allow-more-places")
    return story


@pytest.fixture
def browser(system: System) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=system.url, follow_redirects=True, timeout=30) as client:
        client.headers.update(
            {"Accept-Language": "en", "Accept": "text/html", "Origin": system.url}
        )
        yield client


def waiting(person: Person, story: Story) -> dict[str, Any]:
    """The one request about the story's agreement, as it is told to this person."""
    about = story.ids["agreement"]
    (found,) = person.found("/v1/requests", about=about, at_least=story.position)["requests"]
    return dict(found)


def places(story: Story, position: int) -> int:
    path = f"/v1/agreements/{story.ids['agreement']}"
    found: int = story.office.division.found(path, at_least=position)["places"]
    return found


def test_it_says_to_each_what_is_asked_and_whether_it_waits_for_them(story: Story) -> None:
    office = story.office
    told = {
        who: waiting(getattr(office, who), story)
        for who in ("coordinator", "caseworker", "division", "auditor")
    }
    assert [who for who, each in told.items() if each["waits_for_you"]] == ["coordinator"]
    mine = told["coordinator"]
    assert (mine["kind"], mine["step"]) == ("agreement", "allow-more-places")
    assert mine["says"] == {"places": 1, "explanation": "Two people share one workshop."}
    assert mine["asked_by"] == office.division.staff_id
    path = f"/v1/agreements/{mine['about']}/steps/{mine['confirm']}"
    body = story.body("confirm-agreement-request") | {"request_id": mine["request_id"]}
    before = places(story, 0)
    done = office.coordinator.step(path, body)
    assert done["events"] == ["AgreementRequestConfirmed", "MorePlacesAllowed"]
    assert places(story, done["position"]) == before + 1
    left = office.coordinator.found("/v1/requests", about=mine["about"])
    assert left["requests"] == []


def test_whoever_was_hired_since_is_not_waited_for(story: Story) -> None:
    office = story.office
    newcomer = office.system.hire(Role.COORDINATOR, "taza")
    assert not waiting(newcomer, story)["waits_for_you"]
    path = f"/v1/agreements/{story.ids['agreement']}/steps/confirm-agreement-request"
    answer = newcomer.post(path, story.body("confirm-agreement-request"))
    assert (answer.status_code, answer.json()["code"]) == (403, "second_person_came_later")


def test_an_erasure_is_told_without_a_name_and_to_its_centre(office: Office) -> None:
    story = Story(office)
    story.register()
    asked = office.division.step(
        f"/v1/beneficiaries/{story.ids['beneficiary']}/steps/request-erasure",
        {"occurred_on": "2025-09-01"},
    )
    about = {"about": story.ids["beneficiary"], "at_least": asked["position"]}
    (found,) = office.coordinator.found("/v1/requests", **about)["requests"]
    assert (found["centre"], found["waits_for_you"], found["says"]) == ("taza", True, {})
    assert "Salma" not in str(found)
    person = office.coordinator.found(f"/v1/beneficiaries/{story.ids['beneficiary']}")
    assert person["erasure_requested"]


def test_the_division_answers_about_a_case_and_an_order_without_a_name(
    browser: httpx.Client, office: Office
) -> None:
    story = Story(office)
    with story.beforehand():
        story.sign()
        story.open()
        story.walk(story.way.steps(), until="receive-lines")
    said = {"occurred_on": "2026-09-01", "explanation": "Salma chose another trade."}
    order = story.path("record-loss").partition("/steps/")[0]
    end = office.coordinator.step(f"{story.case}/steps/end-approval", said)
    lost = {"occurred_on": "2026-09-01", "line": 2, "explanation": "Lost at sea."}
    loss = office.coordinator.step(f"{order}/steps/record-loss", lost)
    asked = [
        office.division.found("/v1/requests", about=name, at_least=loss["position"])["requests"][0]
        for name in (story.ids["case"], story.ids["order"])
    ]
    assert [(each["step"], each["waits_for_you"]) for each in asked] == [
        ("end-approval", True),
        ("record-loss", True),
    ]
    assert end["events"] == ["ApprovalEndRequested"]
    (theirs,) = office.caseworker.found("/v1/requests", about=story.ids["case"])["requests"]
    assert (theirs["waits_for_you"], theirs["says"]["explanation"]) == (False, said["explanation"])
    elsewhere = office.elsewhere.found("/v1/requests", limit=200)["requests"]
    assert not {each["about"] for each in elsewhere} & {story.ids["case"], story.ids["order"]}

    browser.post("/console/sign-in", data=office.division.signing_in)
    page = browser.get("/requests")
    assert page.status_code == 200
    assert "Salma" not in page.text
    case = office.division.found(story.case)["reference"]
    for each, shown in zip(asked, (case, "Lost at sea."), strict=True):
        form = card(page.text, each["request_id"])
        section = page.text.split(f'id="r-{each["request_id"]}"')[1].partition("</section>")[0]
        assert shown in section
        done = browser.post("/requests", data=form | {"go": "confirm"})
        assert each["request_id"] not in done.text
    assert office.division.found(order)["lines"][1]["status"] == "lost"
    events = [each["type"] for each in office.division.found(f"{story.case}/history")["events"]]
    assert events.count("ApprovalEnded") == 1


def card(page: str, request_id: str) -> dict[str, str]:
    """The hidden fields of a request's form."""
    section = page.split(f'id="r-{request_id}"')[1].split("</section>", maxsplit=1)[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', section))


def test_at_the_console_it_is_found_on_the_first_page_and_confirmed(
    browser: httpx.Client, story: Story
) -> None:
    request = waiting(story.office.coordinator, story)
    first = browser.post("/console/sign-in", data=story.office.coordinator.signing_in)
    assert 'href="/requests"' in first.text
    page = browser.get("/requests")
    assert page.status_code == 200
    assert "Waits for your answer" in page.text
    before = places(story, 0)
    form = card(page.text, request["request_id"])
    done = browser.post("/requests", data=form | {"go": "confirm"})
    assert done.status_code == 200
    until(lambda: request["request_id"] not in browser.get("/requests").text, "it is asked still")
    assert places(story, position_of(story)) == before + 1


def position_of(story: Story) -> int:
    """The ledger's, as of its agreement's history."""
    path = f"/v1/agreements/{story.ids['agreement']}/history"
    found: int = story.office.division.found(path)["events"][-1]["position"]
    return found


def test_at_the_console_a_refusal_says_why(browser: httpx.Client, story: Story) -> None:
    request = waiting(story.office.coordinator, story)
    browser.post("/console/sign-in", data=story.office.coordinator.signing_in)
    form = card(browser.get("/requests").text, request["request_id"]) | {"go": "refuse"}
    answer = browser.post("/requests", data=form | {"explanation": " "})
    assert [each.status_code for each in answer.history] == [303]
    assert answer.status_code == 409
    assert "Say why it is refused" in answer.text
    assert waiting(story.office.coordinator, story)
    done = browser.post("/requests", data=form | {"explanation": "The hall is full."})
    assert done.status_code == 200
    history = story.office.division.found(f"/v1/agreements/{story.ids['agreement']}/history")
    last = history["events"][-1]
    assert (last["type"], last["fields"]["explanation"]) == (
        "AgreementRequestRefused",
        "The hall is full.",
    )


def test_at_the_console_whoever_asked_is_given_nothing_to_press(
    browser: httpx.Client, story: Story
) -> None:
    request = waiting(story.office.division, story)
    browser.post("/console/sign-in", data=story.office.division.signing_in)
    page = browser.get("/requests").text
    assert "Waits for another person" in page
    assert card(page, request["request_id"]) == {}
    forged = {
        "go": "confirm",
        "request": request["request_id"],
        "kind": "agreement",
        "about": request["about"],
        "once": uuid4().hex,
    }
    answer = browser.post("/requests", data=forged)
    assert [each.status_code for each in answer.history] == [303]
    assert answer.status_code == 409
    assert "cannot confirm or refuse" in answer.text


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "staff"}, {"kind": "x"}, {"go": "erase"}, {"request": "x"}, {"about": "x"}],
)
def test_a_form_that_no_page_sends_is_no_page(
    browser: httpx.Client, story: Story, wrong: dict[str, str]
) -> None:
    browser.post("/console/sign-in", data=story.office.coordinator.signing_in)
    sent = {
        "go": "confirm",
        "kind": "agreement",
        "request": str(uuid4()),
        "about": story.ids["agreement"],
    }
    assert browser.post("/requests", data=sent | wrong).status_code == 404


def test_an_agreements_page_has_its_terms_its_money_and_what_waits(
    browser: httpx.Client, story: Story
) -> None:
    """And the list leads to it."""
    office, name = story.office, story.ids["agreement"]
    story.of(office.division, "record-funds-received")
    office.coordinator.found("/v1/agreements", at_least=story.position)
    browser.post("/console/sign-in", data=office.coordinator.signing_in)
    assert f'href="/agreements/{name}"' in browser.get("/agreements").text
    page = browser.get(f"/agreements/{name}")
    assert page.status_code == 200
    assert 'href="/requests"' in page.text
    for told in ("Taza", "2024", "1,000,000", "200,000", "0 / 40", "31 December 2024"):
        assert told in page.text, told
    assert browser.get("/agreements/none").status_code == 404


def test_another_centres_agreement_is_not_there(browser: httpx.Client, office: Office) -> None:
    story = Story(office)
    elsewhere = {"reach": "provinces", "provinces": ["laayoune"]}
    body = story.body("sign-agreement") | {"territory": elsewhere}
    signed = office.division.step("/v1/agreements", body)
    office.division.found("/v1/agreements", at_least=signed["position"])
    name = signed["ids"]["agreement"]
    browser.post("/console/sign-in", data=office.coordinator.signing_in)
    assert name not in browser.get("/agreements").text
    assert browser.get(f"/agreements/{name}").status_code == 404
