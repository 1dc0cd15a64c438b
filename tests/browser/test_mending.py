"""An entry is corrected on a phone, in Arabic: what it was and becomes, and a number that is shown."""

from typing import TYPE_CHECKING

import pytest

from service.words.language import Language
from service.words.store import words
from tests.browser.axe import violations
from tests.browser.conftest import House, Windows, press

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.timeout(400)  # a browser on a busy machine

PHONE, LANGUAGE = 360, Language.ARABIC
SAID = words(LANGUAGE).page
MAIN = "main .buttons button.main"


def test_an_entry_is_corrected_and_a_number_shown_on_a_phone(
    windows: Windows, house: House
) -> None:
    page = windows.of(house.office.coordinator, LANGUAGE)
    page.set_viewport_size({"width": PHONE, "height": 740})
    page.goto(f"/cases/{house.delivered}/history")
    press(page, "main a[href*='correct-entries'] >> nth=0")
    assert SAID["mend_stands_today"] in page.inner_text("main")
    page.fill("#answers [name='entries.0.content.occurred_on.day']", "28")
    page.fill("#answers [name=explanation]", "قراءة خاطئة")
    page.check("#answers [name=occurred_on][value=today]")
    faultless(page)
    press(page, MAIN)
    assert SAID["mend_becomes"] in page.inner_text("main")
    assert SAID["mend_follows"] in page.inner_text("main")
    faultless(page)
    page.goto(f"/beneficiaries/{house.person}")
    faultless(page)
    press(page, "#identity ~ dl button")
    assert SAID["number_shown_why"] in page.inner_text("main")
    page.goto(f"/beneficiaries/{house.person}/steps/merge-person")
    faultless(page)


def faultless(page: "Page") -> None:
    """Nothing that axe finds, and nothing wider than the screen."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
