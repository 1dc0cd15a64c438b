"""The minutes of a session at a phone, in Arabic: from the list through the lines, by keys and by thumb."""

from typing import TYPE_CHECKING

import pytest

from service.words.language import Language
from service.words.store import words
from tests.browser.conftest import House, Windows, press
from tests.browser.test_pages import GO_ON, require_faultless
from tests.support.sitting import sitting

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.timeout(400)  # a browser on a busy machine

SAID = words(Language.ARABIC)
PHONE = 360
GO_ON_LINE = "main .buttons a.main"


def test_minutes_are_taken_at_a_phone_a_line_a_page(windows: Windows, house: House) -> None:
    office = house.office
    first, second, own = sitting(office, *[office.caseworker] * 2, office.coordinator)
    page = windows.of(office.coordinator, Language.ARABIC)
    at_a_phone(page)
    page.goto(f"/sessions/{first.ids['session']}")
    press(page, "main .does .button.main")
    assert first.ids["case"] in page.url, "the first line that waits"
    require_faultless(page, "minutes-line", Language.ARABIC)
    at_a_phone(page)
    page.focus("[name=decision][value=approve]")
    page.keyboard.press("Space")
    assert page.is_visible("#equipment_amount")
    assert not page.is_visible("#reason"), "what is asked of another decision is put away"
    page.fill("#equipment_amount", "٣٠ ٠٠٠")
    press(page, "main [value=find]")
    assert page.locator(".sums").last.inner_text().count("20") >= 1, "50 000 - 30 000"
    press(page, GO_ON)
    press(page, GO_ON)
    assert SAID.page["minutes_next"] in page.inner_text(GO_ON_LINE)
    require_faultless(page, "minutes-receipt", Language.ARABIC)
    at_a_phone(page)
    press(page, GO_ON_LINE)
    assert second.ids["case"] in page.url
    page.focus("[name=decision][value=approve]")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert page.is_checked("[name=decision][value=reject]"), "by the keys inside the radios"
    page.select_option("#reason", "not_viable")
    press(page, GO_ON)
    press(page, GO_ON)
    assert SAID.count["lines_for_others"]["one"] in page.inner_text("main")
    page.goto(f"/cases/{own.ids['case']}/steps/record-decision")
    assert SAID.page["minutes_not_yours_why"] in page.inner_text("main")
    assert not page.locator(GO_ON).count(), "nothing to send"


def at_a_phone(page: "Page") -> None:
    page.set_viewport_size({"width": PHONE, "height": 740})
