"""A list that is open says what has changed since, in a browser: in one line, and nothing moves."""

import pytest

from tests.browser.conftest import House, Windows
from tests.integration.service.story import Story

pytestmark = pytest.mark.timeout(400)  # a browser on a busy machine


def test_an_open_list_says_what_has_changed_until_it_is_looked_at_again(
    windows: Windows, house: House
) -> None:
    page = windows.new(house.office.caseworker)
    page.goto("/")
    rows = page.locator("main").inner_text()
    assert page.locator(".live .said").inner_text() == ""
    note = Story(house.office).body("add-note") | {"occurred_on": "2026-01-05"}
    house.office.caseworker.step(f"/v1/cases/{house.opened}/steps/add-note", note)
    page.get_by_text("1 case has changed").wait_for()
    assert (
        page.locator("main").inner_text().replace("1 case has changed", "").split() == rows.split()
    )
    page.locator(".live a").click()
    assert page.locator(".live .said").inner_text() == ""
