"""From an empty installation to people who can work, by forms alone and without any script."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pyotp
import pytest

from service.words.language import Language
from service.words.store import words
from tests.browser.conftest import House, Windows, enter, fill_key, press
from tests.browser.test_pages import fill_agreement, show_the_end_of_the_session
from tests.support.commands import jisr
from tests.support.system import System, forked_system
from tests.support.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.timeout(400)  # a browser on a busy machine

SAID = words(Language.ENGLISH)


@pytest.fixture
def empty(
    chromium: "Browser", tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Windows, System]]:
    with forked_system(tmp_path_factory.mktemp("empty")) as started:
        windows = Windows(chromium, started)
        yield windows, started
        windows.close()


def states(page: "Page") -> list[str]:
    """What the first page says of each thing to do."""
    page.goto("/")
    return [each.strip() for each in page.locator(".tasks .state, .tasks .tag").all_inner_texts()]


def turns(page: "Page") -> list[str]:
    """Of what is left: whose turn it is, or what must be first."""
    said = {text: name for name, text in SAID.page.items() if name.startswith("first_")}
    told = [each.strip() for each in page.locator(".tasks .turn").all_inner_texts()]
    return [next((said[text] for text in said if each.endswith(text)), "here") for each in told]


def send(page: "Page") -> None:
    press(page, "main .buttons button.main")


def register(page: "Page", role: str, centre: str | None) -> tuple[str, str]:
    """Register somebody by the first page's own link, and make their sign-in sheet: what it says."""
    page.goto("/")
    press(page, f"text={SAID.page[f'task_{role}']}")
    assert page.locator(f"[name=role][value={role}]").is_checked(), "the link has chosen it"
    if centre:
        page.check(f"[name=centre][value={centre}]")
    page.fill("#label", f"{role}-1")
    page.check("[name=occurred_on][value=today]")
    send(page)
    assert SAID.page["recorded_entry"] in page.inner_text("main")
    press(page, "main a.button.main")
    assert page.input_value("#name") == f"{role}-1", "the label, as far as it can be typed"
    press(page, "main form button.main")
    name, code = page.locator(".secret").all_inner_texts()
    page.reload()
    assert page.locator(".secret").all_inner_texts() == [name, code], "the same sheet, sent again"
    return name, code


def first_sign_in(page: "Page", name: str, code: str) -> None:
    """By the sheet alone, to the recovery sheet, which is kept."""
    press(page, f"text={SAID.page['have_sheet']}")
    page.fill("#name", name)
    page.fill("#code", code.lower())
    send_on(page)
    page.fill("#new", "short")
    press(page, "button[lang=ar]")
    assert words(Language.ARABIC).page["choose_password"] in page.inner_text("h1")
    press(page, "button[lang=en]")
    page.fill("#new", "quatre mots que je retiens")
    send_on(page)
    (secret,) = page.locator(".secret").all_inner_texts()
    press(page, "button[lang=ar]")
    press(page, "button[lang=en]")
    assert page.locator(".secret").all_inner_texts() == [secret], "another language, the same code"
    page.fill("#factor", "000000")
    send_on(page)
    assert SAID.page["code_wrong"] in page.inner_text("main")
    page.fill("#factor", pyotp.TOTP(secret).now())
    send_on(page)
    assert page.locator(".codes li").count() == 10
    press(page, "main a.button.main")
    assert page.locator("input[name=purpose]:checked").count() == 1, "what is usual is proposed"
    send_on(page)


def send_on(page: "Page") -> None:
    press(page, "main form button.main")


def test_the_first_sign_in_leads_to_people_who_can_work(
    empty: tuple[Windows, System], tmp_path: Path
) -> None:
    windows, system = empty
    page = windows.new(system.administrator, script=False)
    done, start, waits = (SAID.page[f"state_{name}"] for name in ("done", "can_start", "waits"))
    assert states(page) == [start, waits, waits, start, waits, start]
    assert turns(page) == [
        "here",
        "first_centre",
        "first_centre",
        "here",
        "first_division_key",
        "here",
    ]

    press(page, "h2 a >> nth=0")
    fill_centre(page)
    send(page)
    assert states(page) == [done, start, start, start, waits, start]

    register(page, "coordinator", "taza")
    register(page, "caseworker", "taza")
    sheet = register(page, "division", None)
    assert states(page) == [done, done, done, done, waits, start]
    assert turns(page) == ["first_division", "here"]

    division = windows.new(script=False)
    first_sign_in(division, *sheet)
    press(division, f"text={SAID.step['sign-agreement']}")
    fill_agreement(division)
    send(division)
    assert SAID.page["check_title"] in division.inner_text("h1")
    press(division, "[value='change:2']")
    assert division.input_value("#envelope") == "1 500 000,50", "answers are kept"
    end_of_season(division, "2025")
    refusal = SAID.problem["season_ends_before_start"]["detail"]
    assert refusal in division.inner_text(".notice.late"), "a rule is asked before the check"
    assert division.input_value("#envelope") == "1 500 000,50"
    end_of_season(division, "2026")
    press(division, "button[lang=ar]")
    assert division.locator("html").get_attribute("lang") == "ar"
    assert words(Language.ARABIC).page["check_title"] in division.inner_text("h1")
    press(division, "button[lang=en]")
    send(division)
    assert SAID.page["recorded_entry"] in division.inner_text("main")
    until(lambda: states(page) == [*[done] * 5, start], "the agreement is not on the first page")
    made = jisr("backup", str(tmp_path / "backup"), "--data", str(system.data))
    assert made.returncode == 0, made.stderr
    until(lambda: states(page) == [done] * 6, "the first page does not say that all is done")
    assert SAID.page["setup_done"] in page.inner_text("h1")


def end_of_season(page: "Page", year: str) -> None:
    """Back to the first page, and on to the last again."""
    for _ in range(2):
        press(page, "[value=back]")
    page.fill("[id='season.ends_on.year']", year)
    for _ in range(3):
        send(page)


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
    press(page, "text=" + SAID.page["one_more"])
    assert page.locator("[id='catchment.1.province']").count() == 0, "an empty row is no second one"
    page.select_option("[id='catchment.0.province']", "fes")
    press(page, "text=" + SAID.page["one_more"])
    page.select_option("[id='catchment.1.province']", "taza")
    press(page, "button[lang=ar]")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.input_value("#name_fr") == "Centre de Fès"
    assert page.input_value("[id='catchment.1.province']") == "taza"
    enter(page, "#name_fr")
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
    page.fill("#find", "سعيد المثالي")
    enter(page, "#find")
    found = page.url
    assert page.locator(".cases tbody tr").count() == 1
    press(page, ".cases tbody a")
    page.go_back()
    assert page.url == found
    assert page.locator(".cases tbody tr").count() == 1
    page.goto("/cases?whose=everybody&stage=closed")
    press(page, ".cases tbody a")
    page.go_back()
    assert page.url.endswith("stage=closed")
    assert page.locator(".chips li").count() == 1


def test_a_session_that_ends_in_a_form_loses_nothing_that_was_typed(
    windows: Windows, system: System
) -> None:
    page = windows.new(system.administrator, script=False)
    page.goto("/steps/register-staff?role=auditor")
    label = f"audit-{uuid4().hex[:6]}"
    page.fill("#label", label)
    page.check("[name=occurred_on][value=today]")
    page.context.clear_cookies()
    send(page)
    assert SAID.page["answers_kept"] in page.inner_text("main")
    press(page, "button[lang=ar]")
    arabic = words(Language.ARABIC).page
    assert arabic["answers_kept"] in page.inner_text("main"), (
        "a language chosen loses nothing either"
    )
    fill_key(page, "jisr_wrong")
    enter(page, "#key")
    assert arabic["sign_in_failed"] in page.inner_text("main"), "nor does a wrong key"
    fill_key(page, system.administrator.key)
    enter(page, "#key")
    assert arabic["nothing_sent_yet"] in page.inner_text("main")
    assert page.input_value("#label") == label, "back in the form, in the language chosen"
    press(page, "button[lang=en]")
    assert SAID.page["nothing_sent_yet"] in page.inner_text("main")
    assert page.input_value("#label") == label
    send(page)
    assert SAID.page["recorded_entry"] in page.inner_text("main")


def test_pressed_twice_reloaded_or_gone_back_to_a_form_records_once(
    windows: Windows, system: System
) -> None:
    page = windows.new(system.administrator, script=False)
    page.goto("/steps/register-staff?role=auditor")
    page.fill("#label", f"audit-{uuid4().hex[:6]}")
    page.check("[name=occurred_on][value=today]")
    with page.expect_navigation(url="**/sent/**"):
        page.dblclick("main .buttons button.main")
    entry = page.inner_text(".notice")
    page.reload()
    assert page.inner_text(".notice") == entry
    receipt = page.url
    page.go_back()
    assert (page.url, page.inner_text(".notice")) == (receipt, entry), "it is not asked for again"
    page.goto("/steps/register-staff?role=auditor")
    key = page.input_value("[name=key]")
    assert f"/sent/{key}" not in receipt, "a form that is shown anew is a new one"


def test_a_language_is_still_there_at_the_next_sign_in(windows: Windows, system: System) -> None:
    page = windows.new(system.administrator, script=False)
    press(page, "button[lang=ar]")
    press(page, "text=" + words(Language.ARABIC).page["sign_out"])
    assert page.locator("html").get_attribute("lang") == "ar"
    fill_key(page, system.administrator.key)
    enter(page, "#key")
    assert page.locator("html").get_attribute("lang") == "ar"
    assert words(Language.ARABIC).page["sign_out"] in page.inner_text("header")


def test_the_end_of_a_session_is_announced_without_a_script_and_put_off_by_one_press(
    windows: Windows, house: House
) -> None:
    page = windows.new(house.office.administrator)
    page.goto("/steps/register-staff")
    page.fill("#label", "half-filled")
    notice = page.locator(".idle")
    assert not notice.is_visible()
    show_the_end_of_the_session(page)
    page.click(".idle button")
    assert not notice.is_visible()
    assert page.input_value("#label") == "half-filled"
