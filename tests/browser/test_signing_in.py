"""The pages between a sign-in sheet and a session, and those of one's account, as a browser shows them."""

from typing import TYPE_CHECKING
from uuid import uuid4

import pyotp
import pytest

from domain.message import Role
from service.words.language import Language
from service.words.store import words
from tests.browser.conftest import WIDE, House, Windows, press
from tests.browser.test_pages import in_each_language, require_faultless
from tests.support.system import PURPOSE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.timeout(400)  # a browser on a busy machine

PASSWORD = "quatre mots que je retiens"


def go_on(page: "Page") -> None:
    press(page, "main form button.main")


@in_each_language
def test_each_page_from_the_sheet_to_the_account_has_no_fault(
    windows: Windows, house: House, language: Language
) -> None:
    said, person = words(language).page, house.office.system.hire(Role.CASEWORKER, "taza")
    page = windows.of(house.office.administrator, language)
    page.goto(f"/staff/{person.staff_id}")
    page.fill("#name", f"taza-{uuid4().hex[:8]}")
    go_on(page)
    require_faultless(page, f"sheet-{language}", language)
    name, code = page.locator(".secret").all_inner_texts()

    page = windows.of(None, language)
    page.goto("/console/invitation")
    page.fill("#name", name)
    page.fill("#code", code)
    go_on(page)
    page.fill("#new", "motdepasse2026")
    go_on(page)
    assert said["password_too_common"] in page.inner_text("main")
    require_faultless(page, f"choose-password-{language}", language)
    page.fill("#new", PASSWORD)
    go_on(page)
    require_faultless(page, f"authenticator-{language}", language)
    page.fill("#factor", pyotp.TOTP(page.inner_text(".secret")).now())
    go_on(page)
    require_faultless(page, f"recovery-sheet-{language}", language)
    recovery = page.locator(".codes li").first.inner_text()
    press(page, "main a.button.main")
    page.goto("/account")
    require_faultless(page, f"my-account-{language}", language)
    assert name in page.inner_text("main")
    page.set_viewport_size(WIDE)
    press(page, f"header >> text={said['sign_out']}")

    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.fill("#code", "000000")
    page.select_option("#purpose", PURPOSE)
    go_on(page)
    require_faultless(page, f"sign-in-failed-{language}", language)
    page.set_viewport_size(WIDE)
    page.fill("#password", PASSWORD)
    page.fill("#code", recovery)
    page.select_option("#purpose", PURPOSE)
    go_on(page)
    assert said["sign_out"] in page.inner_text("header")
