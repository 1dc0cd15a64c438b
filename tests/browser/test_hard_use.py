"""Pages and forms under hard use: each in every language and at two widths, pressed twice, gone back
to, used by two people at once, and by the keyboard alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from domain.commands import HANDLINGS, STEPS
from domain.message import Role, StreamKind
from service.access.table import STEPS as TAKEN
from service.api.steps.examples import EXAMPLES
from service.api.steps.routes import COLLECTIONS
from service.console.forms.layouts import LAYOUTS
from service.words.language import Language
from service.words.store import words
from tests.browser.axe import violations
from tests.browser.conftest import House, Windows, press
from tests.browser.test_pages import PAGES, WIDTHS, widest, width_of
from tests.support.filled import typed_for
from tests.support.system import Person

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.timeout(400), pytest.mark.rare]

MAIN = "main .buttons button.main"
in_each_language = pytest.mark.parametrize("language", list(Language))
MOST_TABS = 200
FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  return {
    name: at.name || '', type: at.type || '', value: at.value || '', tag: at.tagName,
    href: at.getAttribute('href') || '', main: at.matches('main .buttons button.main'),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""


@contextmanager
def watched(page: "Page", own: str) -> Iterator[list[str]]:
    """What a page complains of, and asks of others."""
    said: list[str] = []

    def complains(message: Any) -> None:
        if message.type in ("error", "warning"):
            said.append(message.text)

    def asks(request: Any) -> None:
        if not request.url.startswith((own, "data:", "about:")):
            said.append(request.url)

    page.on("console", complains)
    page.on("request", asks)
    yield said
    page.remove_listener("console", complains)
    page.remove_listener("request", asks)


def require_bearing(page: "Page", address: str, own: str) -> None:
    """At both widths without a fault, and the same again after Back and after a reload."""
    with watched(page, own) as said:
        page.goto(address)
        title = page.title()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            assert width_of(page) <= width, widest(page)
            assert violations(page) == []
        page.reload()
        assert page.title() == title
        page.goto("/more" if address == "/account" else "/account")
        page.go_back()
        assert page.title() == title
    expected = "the server responded with a status of 4"
    assert [each for each in said if expected not in each] == []


@in_each_language
@pytest.mark.parametrize("name", PAGES)
def test_a_page_bears_every_width_back_and_reload(
    windows: Windows, house: House, name: str, language: Language
) -> None:
    who, address = PAGES[name]
    page = windows.of(who(house), language)
    require_bearing(page, address(house), windows.system.url)


def form_of(house: House, step: str) -> tuple[Person, str]:
    """Who would ask for it, and where."""
    office = house.office
    person = {
        Role.CASEWORKER: office.caseworker,
        Role.COORDINATOR: office.coordinator,
        Role.DIVISION: office.division,
        Role.ADMINISTRATOR: office.administrator,
        Role.AUDITOR: office.auditor,
    }[next(role for role in Role if role in TAKEN[step].who)]
    row = HANDLINGS[STEPS[step]]
    on = {
        StreamKind.CASE: house.delivered,
        StreamKind.BENEFICIARY: house.person,
        StreamKind.AGREEMENT: house.agreement,
        StreamKind.SESSION: house.session,
        StreamKind.ORDER: house.order,
        StreamKind.CEREMONY: house.ceremony,
        StreamKind.COMPLAINT: house.complaint,
        StreamKind.RECEPTION: house.reception,
        StreamKind.FINDING: house.finding,
    }
    if row.kind not in COLLECTIONS or row.creates:
        return person, f"/steps/{step}"
    return person, f"/{COLLECTIONS[row.kind][0]}/{on[row.kind]}/steps/{step}"


@in_each_language
@pytest.mark.parametrize("step", LAYOUTS)
def test_a_form_bears_every_width_back_and_reload(
    windows: Windows, house: House, step: str, language: Language
) -> None:
    person, address = form_of(house, step)
    page = windows.of(person, language)
    require_bearing(page, address, windows.system.url)


def notes(house: House) -> int:
    found = house.office.auditor.found(f"/v1/cases/{house.delivered}/history", limit=500)
    return [each["type"] for each in found["events"]].count("NoteAdded")


def begin_note(page: "Page", house: House, text: str) -> None:
    page.goto(f"/cases/{house.delivered}/steps/add-note")
    page.fill("#answers [name=text]", text)
    page.check("#answers [name=occurred_on][value=today]")


def test_the_main_button_pressed_twice_at_once_records_once(windows: Windows, house: House) -> None:
    page, before = windows.new(house.office.caseworker, script=False), notes(house)
    begin_note(page, house, "Pressed twice.")
    page.dblclick(MAIN)
    page.wait_for_url("**/sent/**")
    assert notes(house) == before + 1


def test_back_after_a_receipt_leads_to_it_again_and_records_nothing_more(
    windows: Windows, house: House
) -> None:
    page, before = windows.new(house.office.caseworker, script=False), notes(house)
    begin_note(page, house, "Sent, and gone back from.")
    press(page, MAIN)
    receipt = page.url
    page.reload()
    page.go_back()
    assert page.url == receipt, "what is recorded is not asked for once more"
    page.go_forward()
    assert page.url == receipt
    assert page.locator("main .notice.done").count() == 1
    assert notes(house) == before + 1


def test_the_second_of_two_at_one_case_is_told_what_came_in(windows: Windows, house: House) -> None:
    first, second = (
        windows.new(person, script=False)
        for person in (house.office.caseworker, house.office.coordinator)
    )
    for page in (first, second):
        begin_note(page, house, f"By one of two, {uuid4().hex[:6]}.")
    before = notes(house)
    press(first, MAIN)
    press(second, MAIN)
    said = words(Language.ENGLISH)
    assert said.page["form_has_moved"] in second.inner_text("h1")
    assert said.event["NoteAdded"] in second.inner_text(".news")
    assert notes(house) == before + 1
    press(second, MAIN)
    assert notes(house) == before + 2


@in_each_language
def test_a_contact_is_recorded_by_the_keyboard_alone(
    windows: Windows, house: House, language: Language
) -> None:
    step = "record-contact"
    page = windows.of(house.office.caseworker, language)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/cases/{house.delivered}")
    tab_to(page, lambda at: urlsplit(at["href"]).path.endswith(f"/steps/{step}"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    body = STEPS[step].model_validate(EXAMPLES[step])
    typed = dict(typed_for(step, body))
    typed = {name: text for name, text in typed.items() if not name.startswith("occurred_on")}
    typed["occurred_on"] = "today"
    while typed:
        at = tab_to(page, lambda at: at["name"] in typed)
        answer(page, typed.pop(at["name"]))
    tab_to(page, lambda at: at["main"])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert urlsplit(page.url).path.startswith("/sent/"), page.inner_text("main")


def tab_to(page: "Page", wanted: Any) -> dict[str, Any]:
    """The ring is seen at each stop; what is folded is opened on the way."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        at: dict[str, Any] = page.evaluate(FOCUSED)
        if at["tag"] == "BODY":
            continue
        assert at["ring"], ("no ring", at)
        assert at["seen"], ("out of sight", at)
        if wanted(at):
            return at
        if at["tag"] == "SUMMARY":
            page.keyboard.press("Enter")
    raise AssertionError("not reached by Tab")


def answer(page: "Page", text: str) -> None:
    at: dict[str, Any] = page.evaluate(FOCUSED)
    if at["type"] == "checkbox":
        page.keyboard.press("Space")
    elif at["type"] in ("radio", "select-one"):
        if at["type"] == "radio":
            page.keyboard.press("Space")
        for _ in range(MOST_TABS):
            if page.evaluate(FOCUSED)["value"] == text:
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError((at, text))
    else:
        page.keyboard.type(text)
