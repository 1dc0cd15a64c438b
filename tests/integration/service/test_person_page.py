"""The page of a person: what it tells, whose number is shown and noted, and what hiding names reaches."""

from collections.abc import Iterator

import pytest

from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.integration.service.test_request_log import line_of
from tests.support.browsing import Browsing, Page, at_a_browser, told

PAGE = words(Language.ENGLISH).page
STREET = "12, invented street"


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    story = Story(office)
    story.until_delivery()
    details = story.body("change-details") | {"address": STREET}
    path = f"/v1{address(story)}/steps/change-details"
    story.take(office.caseworker, path, "change-details", details)
    office.caseworker.found("/v1/cases", at_least=story.position)
    return story


@pytest.fixture
def caseworker(office: Office) -> Iterator[Browsing]:
    with at_a_browser(office.system, office.caseworker) as browsing:
        yield browsing


def address(story: Story) -> str:
    return f"/beneficiaries/{story.ids['beneficiary']}"


def test_a_number_is_shown_by_asking_and_that_leaves_its_trace(
    office: Office, story: Story, caseworker: Browsing
) -> None:
    page = caseworker.browser.get(address(story))
    assert (page.status_code, story.card in page.text) == (200, False)
    assert f"…{story.card[-3:]}" in page.text
    sent = caseworker.browser.post(f"{address(story)}/number", follow_redirects=False)
    assert story.card not in sent.headers["location"]
    line = line_of(office, sent)
    assert (line["method"], line["operation"]) == ("POST", "show-identity-number")
    assert (line["on"], line["staff"]) == ([story.ids["beneficiary"]], caseworker.staff_id)
    shown = caseworker.browser.get(sent.headers["location"])
    assert story.card in shown.text
    with at_a_browser(office.system, office.coordinator) as another:
        assert story.card not in another.browser.get(sent.headers["location"]).text


def test_it_tells_where_with_whom_and_to_what_they_agreed(
    story: Story, caseworker: Browsing
) -> None:
    said = told(caseworker.browser.get(address(story)))
    enquiry = story.body("record-social-enquiry")
    assert STREET in said
    for each in ("addresses", "household", "consents", "papers", "data_of_person"):
        if each != "data_of_person":
            assert PAGE[each] in said
    assert f"{words(Language.ENGLISH).field['household_size']} {enquiry['household_size']}" in said
    assert words(Language.ENGLISH).event["ReleaseRecorded"] not in said, "nothing judicial"


def test_neither_the_division_nor_another_centre_gets_there(office: Office, story: Story) -> None:
    for person in (office.division, office.elsewhere, office.administrator):
        with at_a_browser(office.system, person) as browsing:
            assert browsing.browser.get(address(story)).status_code == 404
            assert browsing.browser.post(f"{address(story)}/number").status_code == 404


def test_hidden_names_stand_on_no_page_in_no_title_receipt_or_check(
    story: Story, caseworker: Browsing, office: Office
) -> None:
    person = office.caseworker.found(f"/v1{address(story)}")
    names = [person["name_ar"], person["name_latin"], *(it["name"] for it in person["contacts"])]
    ids = story.ids
    case = f"/cases/{ids['case']}"
    places = [
        *("/", "/drafts", "/requests", "/findings", "/ceremonies", "/sessions", "/orders"),
        *(f"/{kind}s/{ids[kind]}" for kind in ("agreement", "order", "session")),
        *(f"/ceremonies/{ids['ceremony']}", f"/ceremonies/{ids['ceremony']}/history"),
        *(case, f"{case}/history", f"{case}/history?view=all", f"{case}/papers"),
        *(address(story), f"{address(story)}/steps/merge-person?goes_by.find=Salma"),
        *(f"{case}/steps/add-note", f"{case}/steps/correct-entries", f"{case}/steps/close-case"),
        *(f"/steps/open-case?beneficiary_id={ids['beneficiary']}", "/steps/place-order"),
    ]
    with at_a_browser(office.system, office.coordinator) as coordinator:
        for browsing in (caseworker, coordinator):
            browsing.browser.post("/console/names", data={"names": "hidden", "back": "/"})
            for place in places:
                page = browsing.browser.get(place)
                assert page.status_code in (200, 404, 409), (place, told(page))
                assert [name for name in names if name in page.text] == [], place
    form = Page(caseworker.browser.get(f"{case}/steps/record-contact").text)
    sent = form.sent() | {"occurred_on": "today", "channel": "phone", "result": "reached"}
    page = caseworker.browser.post(form.action, data=sent | {"go": "send"})
    assert [name for name in names if name in page.text] == []
    caseworker.browser.post("/console/names", data={"names": "shown", "back": "/"})
    assert any(name in caseworker.browser.get(case).text for name in names)
