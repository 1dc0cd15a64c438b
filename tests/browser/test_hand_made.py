"""A project's table, the areas of need and the goals of a plan: in Arabic, on the narrowest phone."""

from typing import TYPE_CHECKING

import pytest

from service.words.language import Language
from service.words.store import words
from tests.browser.conftest import House, Windows, press
from tests.browser.test_pages import require_faultless
from tests.integration.service.story import Story

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.timeout(400)  # a browser on a busy machine

ARABIC = Language.ARABIC
SAID = words(ARABIC)
MAIN = "main .buttons button.main"
PHONE = 360


@pytest.fixture(scope="module")
def proposed(house: House) -> Story:
    """Somebody whose project is proposed, and not studied yet."""
    story = Story(house.office)
    with story.beforehand():
        story.open()
        story.walk(story.steps(), until="record-study")
    house.office.caseworker.found("/v1/cases", at_least=story.position)
    return story


def at_the_form(windows: Windows, story: Story, step: str) -> "Page":
    page = windows.of(story.office.caseworker, ARABIC)
    page.set_viewport_size({"width": PHONE, "height": 740})
    page.goto(f"/cases/{story.ids['case']}/steps/{step}")
    page.check("input[name=occurred_on][value=today]")
    return page


def test_a_project_is_told_anew_from_cards_with_their_sums(
    windows: Windows, proposed: Story
) -> None:
    page = at_the_form(windows, proposed, "revise-project")
    page.fill("[name=explanation]", "المحل صغير")
    press(page, MAIN)
    assert page.input_value("[name='items.0.label']"), "it begins with what stands"
    page.check("[name='items.payers.indh_income']")
    press(page, "button[value='find:payers']")
    page.fill("[name='items.0.sources.indh_income.amount']", "٣٠٠٠")
    press(page, "button[value='find:sums']")
    assert SAID.page["plan_parts_too_little"].partition(" {")[0] in page.inner_text("main")
    assert SAID.page["plan_ceiling"] in page.inner_text("main")
    require_faultless(page, "plan-of-finance", ARABIC)
    press(page, MAIN)
    assert page.locator("#errors a").get_attribute("href") == "#items.0.estimated"
    page.fill("[name='items.0.sources.indh_income.amount']", "")
    press(page, MAIN)
    press(page, MAIN)
    assert page.locator("table.finance tfoot").count() == 1
    require_faultless(page, "plan-of-finance-check", ARABIC)


@pytest.mark.rare
def test_an_area_of_need_is_answered_from_the_list(windows: Windows, proposed: Story) -> None:
    page = at_the_form(windows, proposed, "assess-needs")
    press(page, "button[value='change:5']")
    page.check("input[name='areas.health'][value=no_need]")
    require_faultless(page, "area-of-need", ARABIC)
    press(page, "button[value='change:0']")
    assert SAID.code["NeedStatus"]["no_need"] in page.inner_text(".areas")
    require_faultless(page, "areas-of-need", ARABIC)


def test_a_plan_is_agreed_anew_from_the_one_that_stands(windows: Windows, proposed: Story) -> None:
    page = at_the_form(windows, proposed, "agree-plan")
    press(page, "button[value='more:goals.0.steps']")
    page.fill("[name='goals.0.steps.2.text']", "فتح حساب بنكي")
    page.fill("[name='revised_because']", "لم يعد المحل معروضا للكراء")
    require_faultless(page, "goals-of-a-plan", ARABIC)
    press(page, MAIN)
    press(page, MAIN)
    assert "فتح حساب بنكي" in page.inner_text(".goals")
    require_faultless(page, "goals-of-a-plan-check", ARABIC)
