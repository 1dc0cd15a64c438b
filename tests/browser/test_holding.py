"""A ceremony held on a phone in Arabic, standing: a whole line by Tab, Space and Enter."""

from typing import TYPE_CHECKING

from service.words.language import Language
from tests.browser.axe import violations
from tests.browser.conftest import House, Windows, enter, press
from tests.browser.test_pages import width_of
from tests.integration.service.story import Story

if TYPE_CHECKING:
    from playwright.sync_api import Page

NARROW = 360
THUMB = 48
"""Pixels that a thumb needs."""
MOST_TABS = 60
SMALL = f"""() => [...document.querySelectorAll('.ways button, .ways a, .at-table button, .at-table .radio')]
  .filter(each => each.getBoundingClientRect().height < {THUMB}).map(each => each.textContent.trim())"""


def _listed(house: House) -> Story:
    story = Story(house.office)
    with story.beforehand():
        story.sign()
        story.schedule()
        story.open()
        story.walk(story.way.steps(), until="confirm-delivery")
    house.office.caseworker.found("/v1/cases", at_least=story.position)
    return story


def _tab_to(page: "Page", field: str) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == field:
            return
    raise AssertionError((field, "is not reached"))


def test_a_line_is_told_on_a_phone_by_the_keyboard_alone(house: House, windows: Windows) -> None:
    story = _listed(house)
    ceremony = f"/ceremonies/{story.ids['ceremony']}"
    page = windows.of(house.office.caseworker, Language.ARABIC)
    page.set_viewport_size({"width": NARROW, "height": 640})
    page.goto(ceremony)
    press(page, f'a[href="{ceremony}/hold"]')
    press(page, "main .buttons a.main")
    assert width_of(page) <= NARROW
    assert page.evaluate(SMALL) == []
    assert violations(page) == []
    for field in ("items.1.item", "items.2.item", "received_by"):
        _tab_to(page, field)
        page.keyboard.press("Space")
    enter(page, "#received_by")
    assert page.url.partition("?")[0].endswith(f"{ceremony}/hold")
    assert "sent=" in page.url
    assert page.locator("main .notice.done").is_visible()
    assert violations(page) == []
