"""Every page, in every language: nothing that keeps somebody from reading or using it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from service.words.language import Language
from tests.browser.axe import violations
from tests.browser.conftest import House, Windows
from tests.support.system import Person

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.timeout(400)  # a browser on a busy machine

SCREENS = Path(__file__).with_name("screens")
NARROWEST = 320
WIDTHS = (360, 1280)

Address = Callable[[House], str]
Who = Callable[[House], Person | None]


def nobody(_: House) -> None:
    return None


PAGES: dict[str, tuple[Who, Address]] = {
    "sign-in": (nobody, lambda _: "/"),
    "unknown-address": (nobody, lambda _: "/no/such/page"),
    "caseload-mine": (lambda it: it.office.caseworker, lambda _: "/"),
    "caseload-centre": (lambda it: it.office.coordinator, lambda _: "/"),
    "caseload-filtered": (
        lambda it: it.office.caseworker,
        lambda _: "/?whose=everybody&stage=detention",
    ),
    "caseload-empty": (lambda it: it.office.elsewhere, lambda _: "/"),
    "caseload-division": (lambda it: it.office.division, lambda _: "/"),
    "caseload-auditor": (lambda it: it.office.auditor, lambda _: "/?status=overdue"),
    "case-delivered": (lambda it: it.office.caseworker, lambda it: f"/cases/{it.delivered}"),
    "case-opened": (lambda it: it.office.coordinator, lambda it: f"/cases/{it.opened}"),
    "case-erased": (lambda it: it.office.caseworker, lambda it: f"/cases/{it.erased}"),
    "case-paused": (lambda it: it.office.caseworker, lambda it: f"/cases/{it.paused}"),
    "case-division": (lambda it: it.office.division, lambda it: f"/cases/{it.delivered}"),
    "case-elsewhere": (lambda it: it.office.elsewhere, lambda it: f"/cases/{it.delivered}"),
    "setup": (lambda it: it.office.administrator, lambda _: "/"),
    "step-centre": (lambda it: it.office.administrator, lambda _: "/steps/register-centre"),
    "step-staff": (
        lambda it: it.office.administrator,
        lambda _: "/steps/register-staff?role=caseworker",
    ),
    "step-key": (lambda it: it.office.administrator, lambda _: "/steps/issue-access-key"),
    "step-agreement": (lambda it: it.office.division, lambda _: "/steps/sign-agreement"),
}


in_each_language = pytest.mark.parametrize(
    "language",
    [
        Language.ARABIC,
        pytest.param(Language.FRENCH, marks=pytest.mark.rare),
        pytest.param(Language.ENGLISH, marks=pytest.mark.rare),
    ],
)
"""`make browser` and `make soak` try all three; they differ in their words and the direction."""


@in_each_language
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_fault_that_axe_finds_and_fits_the_narrowest_screen(
    windows: Windows, house: House, name: str, language: Language
) -> None:
    who, address = PAGES[name]
    page = windows.of(who(house), language)
    page.goto(address(house))
    require_faultless(page, f"{name}-{language}", language)


@in_each_language
def test_a_form_with_faults_one_to_check_and_what_was_found_have_none_either(
    windows: Windows, house: House, language: Language
) -> None:
    page = windows.of(house.office.division, language)
    page.goto("/steps/sign-agreement")
    page.click("main .buttons button")
    assert page.locator(".errors").count() == 1
    require_faultless(page, f"step-wrong-{language}", language)
    fill_agreement(page)
    page.click("main .buttons button")
    require_faultless(page, f"step-check-{language}", language)
    page = windows.of(house.office.caseworker, language)
    page.goto("/")
    page.fill("#text", "سعيد المثالي")
    page.press("#text", "Enter")
    require_faultless(page, f"found-{language}", language)


def fill_agreement(page: "Page") -> None:
    page.fill("[id='parties.0']", "Fondation")
    page.fill("[id='parties.1']", "Province de Taza")
    page.select_option("#province", "taza")
    page.fill("[id='season.label']", "2026")
    for day, parts in {
        "season.starts_on": ("1", "1", "2026"),
        "season.ends_on": ("31", "12", "2026"),
    }.items():
        for part, text in zip(("day", "month", "year"), parts, strict=True):
            page.fill(f"[id='{day}.{part}']", text)
    page.check("[name=funding_source] >> nth=0")
    page.fill("#envelope", "1 500 000,50")
    page.fill("#planned_places", "45")
    page.fill("#signed_at", "Taza")
    page.check("[name=occurred_on] >> nth=0")


def require_faultless(page: "Page", name: str, language: Language) -> None:
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert violations(page) == []
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    assert width_of(page) <= NARROWEST, widest(page)
    if os.environ.get("JISR_SCREENS"):
        keep_screens(page, name)


def width_of(page: "Page") -> int:
    found: int = page.evaluate("document.scrollingElement.scrollWidth")
    return found


def widest(page: "Page") -> str:
    """What reaches beyond the screen, for who has to mend it."""
    found: str = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(each => {"
        "  const box = each.getBoundingClientRect();"
        "  return box.right > innerWidth + 1 || box.left < -1;"
        "}).map(each => each.outerHTML.slice(0, 120)).join('\\n')"
    )
    return found


def keep_screens(page: "Page", name: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=True)
