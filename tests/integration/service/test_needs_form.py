"""Needs by their form: an area at a time, left in between, and all seven on the check."""

from collections.abc import Iterator

import pytest

from domain.case.vocabulary import NeedArea
from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.browsing import Browsing, Page, at_a_browser

SAID = words(Language.ENGLISH)


@pytest.fixture
def opened(office: Office) -> Story:
    story = Story(office)
    story.open()
    office.caseworker.found("/v1/cases", at_least=story.position)
    return story


@pytest.fixture
def caseworker(office: Office) -> Iterator[Browsing]:
    with at_a_browser(office.system, office.caseworker) as browsing:
        yield browsing


def test_areas_are_answered_one_by_one_left_and_gone_on_with(
    opened: Story, caseworker: Browsing
) -> None:
    address = f"/cases/{opened.ids['case']}/steps/assess-needs"

    def sent(page: Page, go: str, **more: str) -> str:
        fields = {f"areas.{name}": text for name, text in more.items()} | {"go": go}
        answer = caseworker.browser.post(page.action, data=page.sent() | fields)
        assert answer.status_code == 200, answer.text
        return answer.text

    first = Page(caseworker.browser.get(address).text)
    assert [each for each in first.buttons if each.startswith("change:")] == [
        f"change:{page}" for page in range(1, 8)
    ]
    first.controls["occurred_on"].value = "today"
    health = Page(sent(first, "change:5"))
    assert "areas.health" in health.controls
    listed = sent(health, "change:0", health="in_progress")
    assert SAID.count["areas_answered"]["one"].format(n=1) in listed
    sent(Page(listed), "save")
    key = first.sent()["key"]
    again = Page(caseworker.browser.get(f"/drafts/{key}").text)
    assert again.sent()["areas.health"] == "in_progress", "it is where it was left"
    last = sent(again, "change:8")
    check = sent(Page(last), "send")
    assert all(SAID.of(area) in check for area in NeedArea)
    assert check.count(SAID.page["need_not_yet"]) == 6
    caseworker.browser.post(Page(check).action, data=Page(check).sent() | {"go": "record"})
    assert caseworker.found(opened.case)["needs"] == {"health": "in_progress"}
    anew = caseworker.browser.get(address).text
    assert f"{SAID.page['need_as_before']} {SAID.code['NeedStatus']['in_progress']}" in anew


def test_without_any_area_it_is_said_at_the_list(opened: Story, caseworker: Browsing) -> None:
    address = f"/cases/{opened.ids['case']}/steps/assess-needs"
    page = Page(caseworker.browser.get(address).text)
    page.controls["occurred_on"].value = "today"
    to_the_end = page.sent() | {"go": "change:8"}
    last = Page(caseworker.browser.post(page.action, data=to_the_end).text)
    answer = caseworker.browser.post(last.action, data=last.sent() | {"go": "send"})
    assert answer.status_code == 422
    assert 'href="#areas"' in answer.text
    assert 'id="areas"' in answer.text
