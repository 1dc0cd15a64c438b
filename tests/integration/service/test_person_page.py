"""The page of a person: what it tells, and whose number is shown and noted."""

from collections.abc import Iterator

import pytest

from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.integration.service.test_request_log import line_of
from tests.support.browsing import Browsing, at_a_browser, told

PAGE = words(Language.ENGLISH).page
STREET = "12, invented street"


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    story = Story(office)
    story.open()
    story.on("record-social-enquiry")
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
    looked_for = {"text": f"show-identity-number {story.ids['beneficiary']}"}
    found = caseworker.browser.post("/found", data=looked_for, follow_redirects=False)
    name = found.headers["location"].removeprefix("/found/").partition("?")[0]
    page = caseworker.browser.get(f"{address(story)}?shown={name}")
    assert story.card not in page.text, "what is looked for shows none"
    with at_a_browser(office.system, office.coordinator) as another:
        assert story.card not in another.browser.get(sent.headers["location"]).text


def test_it_tells_where_with_whom_and_to_what_they_agreed(
    story: Story, caseworker: Browsing
) -> None:
    said = told(caseworker.browser.get(address(story)))
    enquiry = story.body("record-social-enquiry")
    assert STREET in said
    for each in ("addresses", "household", "consents", "papers", "data_of_person"):
        assert PAGE[each] in said
    assert f"{words(Language.ENGLISH).field['household_size']} {enquiry['household_size']}" in said
    assert words(Language.ENGLISH).event["ReleaseRecorded"] not in said, "nothing judicial"


def test_neither_the_division_nor_another_centre_gets_there(office: Office, story: Story) -> None:
    for person in (office.division, office.elsewhere, office.administrator):
        with at_a_browser(office.system, person) as browsing:
            assert browsing.browser.get(address(story)).status_code == 404
            assert browsing.browser.post(f"{address(story)}/number").status_code == 404
