"""From an empty installation to people who can work, by forms alone and without any script."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from service.words.language import Language
from service.words.store import words
from tests.browser.conftest import House, Windows
from tests.browser.test_pages import fill_agreement
from tests.support.system import System, running_system

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.timeout(400)  # a browser on a busy machine

SAID = words(Language.ENGLISH)


@pytest.fixture
def empty(
    chromium: "Browser", tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Windows, System]]:
    with running_system(tmp_path_factory.mktemp("empty")) as started:
        yield Windows(chromium, started), started


def states(page: "Page") -> list[str]:
    """What the first page says of each thing to do."""
    page.goto("/")
    return [each.strip() for each in page.locator(".tasks .state, .tasks .tag").all_inner_texts()]


def send(page: "Page") -> None:
    page.click("main .buttons button.main")


def register(page: "Page", role: str, centre: str | None) -> str:
    """Register somebody by the first page's own link, and issue a key; the key."""
    page.goto("/")
    page.click(f"text={SAID.page[f'task_{role}']}")
    assert page.locator(f"[name=role][value={role}]").is_checked(), "the link has chosen it"
    if centre:
        page.check(f"[name=centre][value={centre}]")
    page.fill("#label", f"{role}-1")
    page.check("[name=occurred_on][value=today]")
    send(page)
    assert SAID.page["recorded_entry"] in page.inner_text("main")
    page.click("main a.button.main")
    page.check("[name=occurred_on][value=today]")
    send(page)
    key: str = page.inner_text(".secret")
    assert key.startswith("jisr_")
    page.reload()
    assert page.inner_text(".secret") == key, "sent again it is the same key, not another"
    return key


def test_the_first_sign_in_leads_to_people_who_can_work(empty: tuple[Windows, System]) -> None:
    windows, system = empty
    page = windows.new(system.administrator, script=False)
    done, start = SAID.page["state_done"], SAID.page["state_can_start"]
    waits = SAID.page["waits_centre"], SAID.page["waits_division"]
    assert states(page) == [start, waits[0], waits[0], start, waits[1]]

    page.click("h2 a >> nth=0")
    fill_centre(page)
    send(page)
    assert states(page) == [done, start, start, start, waits[1]]

    register(page, "coordinator", "taza")
    register(page, "caseworker", "taza")
    key = register(page, "division", None)
    assert states(page) == [done, done, done, done, waits[1]]

    division = windows.new(system.person(key), script=False)
    division.click(f"text={SAID.step['sign-agreement']}")
    fill_agreement(division)
    send(division)
    assert SAID.page["check_title"] in division.inner_text("h1")
    division.click("text=" + SAID.page["change_answers"])
    assert division.input_value("#envelope") == "1 500 000,50", "answers are kept"
    send(division)
    send(division)
    assert SAID.page["recorded_entry"] in division.inner_text("main")
    assert states(page) == [done] * 5
    assert SAID.page["setup_done"] in page.inner_text("h1")


def fill_centre(page: "Page") -> None:
    page.fill("#name_fr", "Centre de Taza")
    page.fill("#name_ar", "مركز تازة")
    page.fill("#centre", "taza")
    page.fill("#code", "TAZ")
    page.select_option("[id='catchment.0.province']", "taza")
    for part, text in (("day", "1"), ("month", "janvier"), ("year", "2015")):
        page.fill(f"[id='catchment.0.since.{part}']", text)
    page.check("[name=occurred_on][value=yesterday]")


def test_a_form_keeps_its_answers_through_faults_rows_and_languages(
    windows: Windows, system: System
) -> None:
    page = windows.new(system.administrator, script=False)
    page.goto("/steps/register-centre")
    page.fill("#name_fr", "Centre de Fès")
    page.fill("#code", "fes")
    page.click("text=" + SAID.page["one_more"])
    assert page.locator("[id='catchment.1.province']").count() == 0, "an empty row is no second one"
    page.select_option("[id='catchment.0.province']", "fes")
    page.click("text=" + SAID.page["one_more"])
    page.select_option("[id='catchment.1.province']", "taza")
    page.click("button[lang=ar]")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.input_value("#name_fr") == "Centre de Fès"
    assert page.input_value("[id='catchment.1.province']") == "taza"
    page.press("#name_fr", "Enter")
    assert page.locator("html").get_attribute("lang") == "ar", "Enter sends, it chooses no language"
    assert page.locator(".errors a[href='#code']").count() == 1
    assert page.input_value("#code") == "fes"


def test_a_refusal_says_why_and_keeps_the_answers(windows: Windows, system: System) -> None:
    page = windows.new(system.administrator, script=False)
    page.goto("/steps/register-staff")
    page.check("[name=role][value=caseworker]")
    page.fill("#label", f"post-{uuid4().hex[:6]}")
    page.check("[name=occurred_on][value=today]")
    send(page)
    assert SAID.page["not_recorded_because"] in page.inner_text(".notice")
    assert page.locator("[name=role][value=caseworker]").is_checked()


def test_back_after_a_search_and_a_filter_shows_them_again(windows: Windows, house: House) -> None:
    page = windows.new(house.office.caseworker, script=False)
    page.fill("#text", "سعيد المثالي")
    page.press("#text", "Enter")
    found = page.url
    assert page.locator(".cases tbody tr").count() == 1
    page.click(".cases tbody a")
    page.go_back()
    assert page.url == found
    assert page.locator(".cases tbody tr").count() == 1
    page.goto("/?whose=everybody&stage=closed")
    page.click(".cases tbody a")
    page.go_back()
    assert page.url.endswith("stage=closed")
    assert page.locator(".chips li").count() == 1
