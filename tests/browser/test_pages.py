"""Every page, in every language: nothing that keeps somebody from reading or using it."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from service.console.navigation import FIRST
from service.console.visit import COOKIE
from service.words.language import Language
from service.words.store import words
from tests.browser.axe import violations
from tests.browser.conftest import LONG_LATIN, House, Windows, enter, fill_key, press
from tests.support.system import Person

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.timeout(400)  # a browser on a busy machine

SCREENS = Path(__file__).with_name("screens")
NARROWEST = 320
JOINED = """[...document.querySelectorAll('bdi')]
  .filter(each => each.querySelector('bdi') || each.textContent.includes('·'))
  .map(each => each.outerHTML)"""
DOUBLED = 640
"""What is left of a screen of 1280 at 200 %."""
BLANKS = """[...document.querySelectorAll('td, dd, dt, tbody th')]
  .filter(each => !each.textContent.trim()).map(each => each.outerHTML)"""
WIDTHS = (360, 1280)
FIRST_LOOK = 400
TARGET = 44
"""Pixels that a thumb hits."""
LONGEST_CASE = 2200
"""Pixels, at 360 wide."""

Address = Callable[[House], str]
Who = Callable[[House], Person | None]


def nobody(_: House) -> None:
    return None


PAGES: dict[str, tuple[Who, Address]] = {
    "sign-in": (nobody, lambda _: "/"),
    "invitation": (nobody, lambda _: "/console/invitation"),
    "account": (lambda it: it.office.auditor, lambda _: "/account"),
    "staff-member": (
        lambda it: it.office.administrator,
        lambda it: f"/staff/{it.office.caseworker.staff_id}",
    ),
    "unknown-address": (nobody, lambda _: "/no/such/page"),
    "caseload-mine": (lambda it: it.office.caseworker, lambda _: "/cases"),
    "caseload-centre": (lambda it: it.office.coordinator, lambda _: "/cases"),
    "caseload-filtered": (
        lambda it: it.office.caseworker,
        lambda _: "/cases?whose=everybody&stage=detention",
    ),
    "caseload-empty": (lambda it: it.office.elsewhere, lambda _: "/cases"),
    "caseload-division": (lambda it: it.office.division, lambda _: "/cases"),
    "caseload-auditor": (lambda it: it.office.auditor, lambda _: "/cases?status=overdue"),
    "partners": (lambda it: it.office.administrator, lambda _: "/partners"),
    "partner": (lambda it: it.office.administrator, lambda _: "/partners/anapec-taza"),
    "rules": (lambda it: it.office.administrator, lambda _: "/rules"),
    "today": (lambda it: it.office.caseworker, lambda _: "/"),
    "today-centre": (lambda it: it.office.coordinator, lambda _: "/"),
    "today-late": (lambda it: it.office.caseworker, lambda _: "/?group=overdue"),
    "inbox": (lambda it: it.office.caseworker, lambda _: "/inbox"),
    "inbox-division": (lambda it: it.office.division, lambda _: "/inbox"),
    "outbox": (lambda it: it.office.coordinator, lambda _: "/outbox"),
    "matters": (lambda it: it.office.coordinator, lambda _: "/matters?kind=waiting"),
    "calendar": (lambda it: it.office.caseworker, lambda _: "/calendar"),
    "calendar-centre": (lambda it: it.office.coordinator, lambda _: "/calendar?since=2026-11-30"),
    "prison-day": (lambda it: it.office.coordinator, lambda _: "/prison-day"),
    "visit-round": (lambda it: it.office.coordinator, lambda _: "/visit-round"),
    "team": (lambda it: it.office.coordinator, lambda _: "/team"),
    "today-none": (lambda it: it.office.elsewhere, lambda _: "/"),
    "today-division": (lambda it: it.office.division, lambda _: "/"),
    "agreements": (lambda it: it.office.coordinator, lambda _: "/agreements"),
    "agreement": (lambda it: it.office.division, lambda it: f"/agreements/{it.agreement}"),
    "agreement-history": (
        lambda it: it.office.division,
        lambda it: f"/agreements/{it.agreement}/history",
    ),
    "order-history": (lambda it: it.office.caseworker, lambda it: f"/orders/{it.order}/history"),
    "orders": (lambda it: it.office.caseworker, lambda it: f"/orders?agreement={it.agreement}"),
    "orders-none": (lambda it: it.office.elsewhere, lambda _: "/orders?state=open"),
    "order": (lambda it: it.office.caseworker, lambda it: f"/orders/{it.order}"),
    "order-troubled": (lambda it: it.office.caseworker, lambda it: f"/orders/{it.troubled}"),
    "order-division": (lambda it: it.office.division, lambda it: f"/orders/{it.troubled}"),
    "stock": (lambda it: it.office.coordinator, lambda it: f"/agreements/{it.agreement}/stock"),
    "referrals": (lambda it: it.office.coordinator, lambda _: "/referrals"),
    "requests": (lambda it: it.office.coordinator, lambda _: "/requests"),
    "privacy": (lambda it: it.office.coordinator, lambda _: "/privacy"),
    "erasure": (
        lambda it: it.office.coordinator,
        lambda it: f"/beneficiaries/{it.person}/erasure",
    ),
    "erasure-restricted": (
        lambda it: it.office.division,
        lambda it: f"/beneficiaries/{it.restricted_person}/erasure",
    ),
    "person-restricted": (
        lambda it: it.office.coordinator,
        lambda it: f"/beneficiaries/{it.restricted_person}",
    ),
    "case-restricted": (lambda it: it.office.coordinator, lambda it: f"/cases/{it.restricted}"),
    "retention": (
        lambda it: it.office.coordinator,
        lambda _: "/privacy/retention?year=2040",
    ),
    "findings": (lambda it: it.office.coordinator, lambda _: "/findings"),
    "finding": (lambda it: it.office.auditor, lambda it: f"/findings/{it.finding}"),
    "checks": (lambda it: it.office.auditor, lambda _: "/checks"),
    "findings-none": (lambda it: it.office.auditor, lambda _: "/findings?state=settled"),
    "who-looked": (lambda it: it.office.auditor, lambda _: "/who-looked"),
    "who-looked-at": (
        lambda it: it.office.coordinator,
        lambda it: f"/beneficiaries/{it.person}/readings",
    ),
    "case-delivered": (lambda it: it.office.caseworker, lambda it: f"/cases/{it.delivered}"),
    "case-opened": (lambda it: it.office.coordinator, lambda it: f"/cases/{it.opened}"),
    "case-erased": (lambda it: it.office.caseworker, lambda it: f"/cases/{it.erased}"),
    "case-paused": (lambda it: it.office.caseworker, lambda it: f"/cases/{it.paused}"),
    "case-long": (lambda it: it.office.caseworker, lambda it: f"/cases/{it.long}"),
    "case-division-erased": (lambda it: it.office.division, lambda it: f"/cases/{it.erased}"),
    "case-division": (lambda it: it.office.division, lambda it: f"/cases/{it.delivered}"),
    "case-elsewhere": (lambda it: it.office.elsewhere, lambda it: f"/cases/{it.delivered}"),
    "case-coordinator": (lambda it: it.office.coordinator, lambda it: f"/cases/{it.delivered}"),
    "case-auditor": (lambda it: it.office.auditor, lambda it: f"/cases/{it.delivered}"),
    "history": (lambda it: it.office.caseworker, lambda it: f"/cases/{it.delivered}/history"),
    "reminder-lives": (
        lambda it: it.office.caseworker,
        lambda it: f"/cases/{it.delivered}/reminders",
    ),
    "reminder-lives-erased": (
        lambda it: it.office.caseworker,
        lambda it: f"/cases/{it.erased}/reminders",
    ),
    "reminder-lives-long": (lambda it: it.office.auditor, lambda it: f"/cases/{it.long}/reminders"),
    "reminder-lives-division": (
        lambda it: it.office.division,
        lambda it: f"/cases/{it.delivered}/reminders",
    ),
    "history-all": (
        lambda it: it.office.coordinator,
        lambda it: f"/cases/{it.delivered}/history?view=all",
    ),
    "exports": (lambda it: it.office.auditor, lambda _: "/exports"),
    "proof": (lambda it: it.office.auditor, lambda _: "/proof"),
    "checkpoint": (lambda it: it.office.auditor, lambda _: "/proof/checkpoints/1"),
    "proof-of-entry": (lambda it: it.office.auditor, lambda _: "/proof/events/1"),
    "case-proof": (lambda it: it.office.caseworker, lambda it: f"/cases/{it.delivered}/proof"),
    "any-history": (lambda it: it.office.auditor, lambda _: "/replay"),
    "replay": (
        lambda it: it.office.auditor,
        lambda it: f"/replay/case/{it.delivered}?version=8&from_version=2",
    ),
    "replay-division": (lambda it: it.office.division, lambda it: f"/replay/case/{it.delivered}"),
    "replay-erased": (lambda it: it.office.auditor, lambda it: f"/replay/case/{it.erased}"),
    "replay-staff": (lambda it: it.office.auditor, lambda _: "/replay/staff"),
    "replay-upkeep": (lambda it: it.office.auditor, lambda _: "/replay/upkeep"),
    "replay-references": (
        lambda it: it.office.auditor,
        lambda _: "/replay/reference/taza-2023?version=2&from_version=0",
    ),
    "papers": (lambda it: it.office.caseworker, lambda it: f"/cases/{it.delivered}/papers"),
    "papers-agreement": (
        lambda it: it.office.division,
        lambda it: f"/agreements/{it.agreement}/papers",
    ),
    "papers-order": (lambda it: it.office.caseworker, lambda it: f"/orders/{it.order}/papers"),
    "papers-session": (
        lambda it: it.office.coordinator,
        lambda it: f"/sessions/{it.session}/papers",
    ),
    "papers-ceremony": (
        lambda it: it.office.coordinator,
        lambda it: f"/ceremonies/{it.ceremony}/papers",
    ),
    "session-history": (
        lambda it: it.office.coordinator,
        lambda it: f"/sessions/{it.session}/history",
    ),
    "ceremony-history": (
        lambda it: it.office.coordinator,
        lambda it: f"/ceremonies/{it.ceremony}/history",
    ),
    "drafts": (lambda it: it.office.caseworker, lambda _: "/drafts"),
    "papers-auditor": (lambda it: it.office.auditor, lambda it: f"/cases/{it.delivered}/papers"),
    "person": (lambda it: it.office.caseworker, lambda it: f"/beneficiaries/{it.person}"),
    "person-division": (lambda it: it.office.division, lambda it: f"/beneficiaries/{it.person}"),
    "staff": (lambda it: it.office.administrator, lambda _: "/staff"),
    "registry": (lambda it: it.office.coordinator, lambda _: "/registry?kind=prison"),
    "entry": (
        lambda it: it.office.coordinator,
        lambda _: "/registry/supplier/supplier-taza",
    ),
    "centre": (lambda it: it.office.caseworker, lambda _: "/centres/taza"),
    "ceremonies": (lambda it: it.office.coordinator, lambda _: "/ceremonies"),
    "cohorts": (lambda it: it.office.coordinator, lambda _: "/cohorts"),
    "cohort": (lambda it: it.office.coordinator, lambda it: f"/cohorts/{it.cohort}"),
    "attendance": (
        lambda it: it.office.caseworker,
        lambda it: f"/cohorts/{it.cohort}/attendance/2023-11-12",
    ),
    "cohort-history": (
        lambda it: it.office.coordinator,
        lambda it: f"/cohorts/{it.cohort}/history",
    ),
    "complaints": (lambda it: it.office.coordinator, lambda _: "/complaints"),
    "complaint": (lambda it: it.office.coordinator, lambda it: f"/complaints/{it.complaint}"),
    "complaint-history": (
        lambda it: it.office.coordinator,
        lambda it: f"/complaints/{it.complaint}/history",
    ),
    "calls": (lambda it: it.office.caseworker, lambda _: "/calls"),
    "receptions": (lambda it: it.office.caseworker, lambda _: "/receptions"),
    "more": (lambda it: it.office.caseworker, lambda _: "/more"),
    "sessions": (lambda it: it.office.coordinator, lambda _: "/sessions"),
    "session": (lambda it: it.office.coordinator, lambda it: f"/sessions/{it.session}"),
    "session-division": (lambda it: it.office.division, lambda it: f"/sessions/{it.session}"),
    "ceremony": (lambda it: it.office.caseworker, lambda it: f"/ceremonies/{it.ceremony}"),
    "ceremony-division": (lambda it: it.office.division, lambda it: f"/ceremonies/{it.ceremony}"),
    "ceremony-hold": (
        lambda it: it.office.caseworker,
        lambda it: f"/ceremonies/{it.ceremony}/hold",
    ),
    "batches": (lambda it: it.office.coordinator, lambda _: "/batches"),
    "batch": (lambda it: it.office.coordinator, lambda it: f"/batches/{it.batch}"),
    "batch-new": (
        lambda it: it.office.coordinator,
        lambda _: "/batches/new?takes=assign-caseworker",
    ),
    "ceremony-people": (
        lambda it: it.office.caseworker,
        lambda it: f"/ceremonies/{it.ceremony}/people",
    ),
    "printed-paper": (
        lambda it: it.office.caseworker,
        lambda it: f"/p/cases/{it.delivered}?at=1",
    ),
    "custody": (lambda it: it.office.caseworker, lambda it: f"/cases/{it.delivered}/custody"),
    "case-papers": (
        lambda it: it.office.caseworker,
        lambda it: f"/cases/{it.delivered}/papers-out",
    ),
    "setup": (lambda it: it.office.administrator, lambda _: "/"),
    "gallery": (lambda it: it.office.administrator, lambda _: "/console/gallery"),
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


MUCH_LIKE_ANOTHER = (
    "case-coordinator",
    "case-auditor",
    "case-division-erased",
    "caseload-auditor",
    "ceremony-division",
    "session-division",
    "findings-none",
    "orders-none",
    "order-division",
    "order-history",
    "session-history",
    "ceremony-history",
    "papers-agreement",
    "papers-order",
    "papers-session",
)
"""As seen by one more role, or of one more thing: tried by `make browser` and `make soak`."""


GO_ON = "main .buttons button.main"


@in_each_language
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.rare if name in MUCH_LIKE_ANOTHER else ())
        for name in PAGES
    ],
)
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
    press(page, GO_ON)
    assert page.locator(".errors").count() == 1
    require_faultless(page, f"step-wrong-{language}", language)
    fill_agreement(page)
    page.fill("#envelope", "999 999 999 999,99")
    press(page, GO_ON)
    require_faultless(page, f"step-check-{language}", language)
    page = windows.of(house.office.caseworker, language)
    page.goto("/")
    page.fill("#find", "سعيد المثالي")
    enter(page, "#find")
    require_faultless(page, f"found-{language}", language)


EMPTIES: dict[str, set[str]] = {
    "caseload-mine": {"not_recorded", "does_not_apply", "erased"},
    "caseload-division": {"not_shown", "does_not_apply", "not_recorded"},
    "case-delivered": set(),
    "case-opened": set(),
    "case-erased": {"erased"},
    "case-division": {"not_shown"},
    "case-division-erased": {"not_shown"},
}
"""Page → which of the empties stand on it."""


@in_each_language
@pytest.mark.parametrize("name", EMPTIES)
def test_each_role_is_told_the_right_one_of_the_empties(
    windows: Windows, house: House, name: str, language: Language
) -> None:
    who, address = PAGES[name]
    page = windows.of(who(house), language)
    page.goto(f"{address(house)}?whose=everybody")
    masks = page.locator(".mask")
    found = {
        str(each.get_attribute("class")).split()[1]: each.text_content() for each in masks.all()
    }
    assert found.keys() <= EMPTIES[name] | {"not_recorded"}
    assert found.keys() >= EMPTIES[name] - {"not_recorded", "does_not_apply"}
    for why, text in found.items():
        assert words(language).page[f"gap_{why}"] in str(text)


@in_each_language
def test_a_stage_that_is_reached_is_told_by_sign_and_word(
    windows: Windows, house: House, language: Language
) -> None:
    page = windows.of(house.office.caseworker, language)
    page.goto(f"/cases/{house.delivered}")
    said = words(language).page
    signs = {}
    for kind in ("behind", "here", "ahead"):
        steps = page.locator(f".on-wide .rail .{kind}")
        assert said[f"stage_{kind}"] in str(steps.first.text_content())
        signs[kind] = steps.first.locator("svg").inner_html()
    assert len(set(signs.values())) == len(signs)


def test_the_bar_of_a_phone_has_the_first_places_each_with_its_word(
    windows: Windows, house: House
) -> None:
    page = windows.of(house.office.caseworker, Language.ARABIC)
    page.goto("/ceremonies")
    page.set_viewport_size({"width": 360, "height": 640})
    seen = [each for each in page.locator("nav.places li").all() if each.is_visible()]
    assert len(seen) == FIRST + 1
    for each in seen:
        assert each.locator("svg").count() == 1
        assert str(each.text_content()).strip()
        box = each.locator("a").bounding_box()
        assert box is not None
        assert box["height"] >= TARGET
        assert box["y"] + box["height"] <= 641, "in reach of the thumb"
    assert page.locator("[aria-current=page]").count() == 1


def test_a_language_is_chosen_and_the_same_page_with_its_filters_comes_again(
    windows: Windows, house: House
) -> None:
    page = windows.of(house.office.caseworker, Language.ARABIC)
    page.goto("/cases?whose=everybody&stage=detention")
    press(page, ".languages [value=fr]")
    assert page.url.endswith("/cases?whose=everybody&stage=detention")
    assert page.locator("html").get_attribute("lang") == "fr"


def test_names_are_put_away_with_one_press_and_come_again_with_another(
    windows: Windows, house: House
) -> None:
    page = windows.of(house.office.caseworker, Language.ARABIC)
    page.goto(f"/cases/{house.delivered}")
    name = str(page.locator("h1 bdi").first.text_content())
    press(page, ".account [name=names]")
    assert name not in str(page.text_content("main"))
    assert words(Language.ARABIC).page["gap_put_away"] in str(page.text_content("main"))
    page.goto("/cases?whose=everybody")
    assert name not in str(page.text_content("main"))
    press(page, ".account [name=names]")
    assert name in str(page.text_content("main"))


def test_a_case_says_what_needs_a_hand_and_what_came_of_it_first(
    windows: Windows, house: House
) -> None:
    page = windows.of(house.office.caseworker, Language.ARABIC)
    page.goto(f"/cases/{house.delivered}")
    page.set_viewport_size({"width": 360, "height": 640})
    top = page.locator("#attention").bounding_box()
    assert top is not None
    assert top["y"] < FIRST_LOOK
    came = page.locator(".came dd")
    assert came.count() == 4
    said = words(Language.ARABIC)
    decided, paid, handed, found = (each.inner_text() for each in came.all())
    assert said.code["DecisionKind"]["approve"] in decided
    assert said.page["minutes"] in decided
    assert said.page["invoice"] in paid
    assert said.page["handed_all"] in handed
    assert said.code["ProjectCondition"]["running"] in found
    for each in (decided, paid, handed, found):
        assert re.search(r"\d{1,2} \S+ \d{4}", each), "on which day"
        assert re.search("caseworker-|coordinator-", each), "by whom"


@in_each_language
def test_a_case_is_no_longer_on_a_phone_than_a_thumb_scrolls(
    windows: Windows, house: House, language: Language
) -> None:
    for person in (house.office.caseworker, house.office.division):
        page = windows.of(person, language)
        page.goto(f"/cases/{house.delivered}")
        page.set_viewport_size({"width": 360, "height": 640})
        assert page.evaluate("document.scrollingElement.scrollHeight") <= LONGEST_CASE


def test_on_paper_there_is_no_form_and_a_state_is_in_brackets(
    windows: Windows, house: House
) -> None:
    page = windows.of(house.office.caseworker, Language.ARABIC)
    page.goto(f"/cases/{house.delivered}")
    page.emulate_media(media="print")
    for gone in ("form", "button", ".idle", ".skip", ".back"):
        assert not any(each.is_visible() for each in page.locator(gone).all()), gone
    assert page.locator(".printed").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")


@pytest.mark.rare
@pytest.mark.parametrize("language", Language)
def test_what_follows_a_form_has_none_either(
    windows: Windows, house: House, language: Language
) -> None:
    page = windows.of(house.office.administrator, language)
    page.goto("/steps/register-staff?role=auditor")
    page.fill("#label", f"audit-{language}")
    page.check("[name=occurred_on][value=today]")
    press(page, "main .buttons button.main")
    require_faultless(page, f"sent-{language}", language)
    page.goto(f"/steps/issue-access-key?staff_id={house.office.auditor.staff_id}")
    page.check("[name=occurred_on][value=today]")
    press(page, "main .buttons button.main")
    require_faultless(page, f"key-{language}", language)
    show_the_end_of_the_session(page)
    require_faultless(page, f"session-ends-{language}", language)


@pytest.mark.rare
@pytest.mark.parametrize("language", Language)
def test_what_follows_the_end_of_a_session_has_none_either(
    windows: Windows, house: House, language: Language
) -> None:
    person = house.office.administrator
    page = windows.of(None, language)
    page.goto("/steps/register-staff?role=auditor")
    fill_key(page, "jisr_wrong")
    press(page, WITH_A_KEY)
    require_faultless(page, f"sign-in-wrong-{language}", language)
    page = windows.of(person, language)
    page.goto("/steps/register-staff?role=auditor")
    page.context.clear_cookies(name=COOKIE)
    press(page, "main .buttons button.main")
    require_faultless(page, f"sign-in-kept-{language}", language)
    fill_key(page, person.key)
    press(page, WITH_A_KEY)
    require_faultless(page, f"kept-{language}", language)
    press(page, "main button.main")
    assert page.locator(".errors").count() == 1, "back in the form, with what was sent"


WITH_A_KEY = "main form:has(#key) button"
"""Beside the password, which is what most come with."""


def show_the_end_of_the_session(page: "Page") -> None:
    """As after 28 minutes without a press."""
    page.evaluate("document.getAnimations().forEach(each => { each.currentTime = 1_681_000 })")
    assert page.locator(".idle").is_visible()


def fill_agreement(page: "Page") -> None:
    """All of it, page after page; the last is not sent."""
    page.fill("[id='parties.0']", "Fondation")
    page.fill("[id='parties.1']", "Province de Taza")
    page.fill("[id='season.label']", "2026")
    for day, parts in {
        "season.starts_on": ("1", "1", "2026"),
        "season.ends_on": ("31", "12", "2026"),
        "ends_on": ("31", "12", "2026"),
    }.items():
        for part, text in zip(("day", "month", "year"), parts, strict=True):
            page.fill(f"[id='{day}.{part}']", text)
    page.fill("#signed_at", LONG_LATIN)
    page.check("[name=occurred_on] >> nth=0")
    press(page, GO_ON)
    page.check("[name='territory.reach'] >> nth=0")
    page.select_option("[id='territory.provinces.0']", "taza")
    page.check("[name=funding_source] >> nth=0")
    press(page, GO_ON)
    page.fill("#envelope", "1 500 000,50")
    page.fill("#planned_places", "45")


def require_faultless(page: "Page", name: str, language: Language) -> None:
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert violations(page) == []
    assert page.evaluate(BLANKS) == [], "each empty says which of the four it is"
    assert page.evaluate(JOINED) == [], "an isolate holds one thing"
    for width in (DOUBLED, NARROWEST):
        page.set_viewport_size({"width": width, "height": 640})
        assert width_of(page) <= width, widest(page)
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
