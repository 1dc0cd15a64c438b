"""The forms of a visit, an entry into detention and a closing, filled in on a phone, in Arabic."""

import re
from typing import TYPE_CHECKING

import pytest

from service.words.language import Language
from service.words.store import words
from tests.browser.conftest import House, Windows, press
from tests.browser.test_pages import require_faultless

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAID = words(Language.ARABIC).page
PHONE = {"width": 360, "height": 640}
GO_ON = "main .buttons button.main"
TARGET = 44


@pytest.fixture
def phone(windows: Windows, house: House) -> "Page":
    page = windows.of(house.office.coordinator, Language.ARABIC)
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    return page


def reach(page: "Page", what: str) -> None:
    """Each choice is as high as a thumb, and none runs out of the screen."""
    for each in page.locator(what).all():
        box = each.bounding_box()
        assert box is not None
        assert box["height"] >= TARGET
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]


def test_a_visit_is_told_thing_by_thing_with_what_follows_before_it_is_sent(
    phone: "Page", house: House
) -> None:
    phone.goto(f"/cases/{house.delivered}/steps/record-visit")
    phone.check("[name=occurred_on][value=today]")
    phone.check("[name=project][value=stopped]")
    press(phone, GO_ON)
    things = phone.locator("fieldset.thing")
    assert things.count() == 2
    assert re.search(r"SN-\d+-1", things.first.inner_text())
    reach(phone, "fieldset.thing .radio")
    phone.check('[name="items.1.condition"][value=stolen]')
    require_faultless(phone, "visit-things-ar", Language.ARABIC)
    phone.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    press(phone, GO_ON)
    assert SAID["follows_visit_thing_problem"] in phone.locator(".follows").inner_text()
    press(phone, ".buttons [value=back]")
    assert phone.locator('[name="items.1.condition"][value=stolen]').is_checked()


def test_a_closing_shows_what_is_possible_first_and_folds_the_rest_with_its_step(
    phone: "Page", house: House
) -> None:
    phone.goto(f"/cases/{house.delivered}/steps/close-case")
    assert phone.locator("[name=outcome][value=left_country]").is_visible()
    folded = phone.locator("main fieldset details")
    assert folded.count() > 0
    assert not phone.locator("[name=outcome][value=deceased]").is_visible()
    visit = f"/cases/{house.delivered}/steps/record-visit"
    assert folded.locator(f'a[href="{visit}"]').count() >= 1, "what a running project lacks"
    folded.filter(has=phone.locator("[value=deceased]")).locator("summary").click()
    phone.check("[name=outcome][value=deceased]")
    phone.check("[name=occurred_on][value=today]")
    require_faultless(phone, "closing-ar", Language.ARABIC)
    press(phone, GO_ON)
    step = f"/cases/{house.delivered}/steps/record-death"
    assert phone.locator(f'main .notice + p a[href="{step}"]').count() == 1
    assert SAID["follows_close_reopened"] in phone.locator(".follows").inner_text()


def test_an_entry_into_detention_says_what_each_choice_leads_to(
    phone: "Page", house: House
) -> None:
    phone.goto(f"/cases/{house.delivered}/steps/begin-detention")
    phone.check("[name=occurred_on][value=today]")
    phone.check("[name=kind][value=remand]")
    press(phone, GO_ON)
    assert SAID["track_leads_suspended"] in phone.inner_text("main")
    require_faultless(phone, "entry-ar", Language.ARABIC)
