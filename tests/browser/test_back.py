"""Back, Forward and reload, at each point of a form: they send nothing, and nothing typed is lost."""

from typing import TYPE_CHECKING, Any

import pytest

from service.words.language import Language
from service.words.store import words
from tests.browser.conftest import House, Windows, press

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.timeout(400)  # a browser on a busy machine

MAIN = "main .buttons button.main"
TEXT, KEY = "#answers [name=explanation]", "#answers [name=key]"
SAID = words(Language.ENGLISH).page


def looked_at_again(page: "Page", sent: list[str]) -> None:
    """By every way that shows it anew: no browser asks whether to send it once more."""
    shown, before = page.locator("main").inner_text(), len(sent)
    page.reload()
    assert page.locator("main").inner_text() == shown
    page.go_back()
    page.go_forward()
    assert page.locator("main").inner_text() == shown
    assert len(sent) == before


def test_back_and_reload_are_harmless_at_each_point_of_a_form(
    windows: Windows, house: House
) -> None:
    page, sent = windows.new(house.office.caseworker, script=False), list[str]()

    def counted(request: Any) -> None:
        if request.method == "POST":
            sent.append(request.url)

    page.on("request", counted)
    page.goto(f"/cases/{house.opened}/steps/record-death")
    key = page.input_value(KEY)
    page.fill(TEXT, "Typed before Back.")
    press(page, MAIN)
    assert page.locator(".errors").count() == 1
    looked_at_again(page, sent)
    page.go_back()
    assert page.input_value(TEXT) == "Typed before Back.", "where it began, too"
    page.go_forward()
    page.check("#answers [name=occurred_on][value=today]")
    page.check("#answers [name=known_by][value=hospital]")
    press(page, MAIN)
    assert page.inner_text("h1") == SAID["check_title"]
    looked_at_again(page, sent)
    page.go_back()
    assert (page.input_value(TEXT), page.input_value(KEY)) == ("Typed before Back.", key)
    assert page.locator(".errors").count() == 0, "what was corrected is no mistake any more"
    page.go_forward()
    press(page, "[name=in_language][value=ar]")
    assert page.inner_text("h1") == words(Language.ARABIC).page["check_title"]
    press(page, "[name=in_language][value=en]")
    press(page, "main .buttons [value=save]")
    press(page, f"main a[href='/drafts/{key}']")
    assert page.input_value(TEXT) == "Typed before Back."
    assert len(sent) == 5
    page.remove_listener("request", counted)
