"""Every step by its form: what the API takes, a browser can type."""

import html
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.commands import HANDLINGS
from domain.commands import STEPS as ALL
from domain.message import Role, StreamKind
from service.access.table import STEPS
from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story, every_step, somebody
from tests.support.browsing import Browsing, Page, at_a_browser
from tests.support.filled import typed_for

WHO = ("caseworker", "coordinator", "elsewhere", "division", "administrator")


@pytest.fixture(scope="module")
def browsing(office: Office) -> Iterator[Office]:
    """The same people, each at a browser."""
    with ExitStack() as open_ones:
        people: dict[str, Any] = {
            name: open_ones.enter_context(at_a_browser(office.system, getattr(office, name)))
            for name in WHO
        }
        yield replace(office, **people)


def test_the_whole_path_is_walked_by_forms(browsing: Office) -> None:
    """Each step once with the same questions answered; told again, it comes by the API."""
    by_form = set[tuple[str, ...]]()
    people: dict[str, Any] = {name: replace(getattr(browsing, name), once=by_form) for name in WHO}
    at_browsers = replace(browsing, **people)
    delivered = Story(at_browsers)
    delivered.until_delivery()
    taken = every_step(at_browsers, delivered)
    of_the_house = (StreamKind.STAFF, StreamKind.REGISTRY, StreamKind.BATCH)
    asked = {step for step in STEPS if HANDLINGS[ALL[step]].kind not in of_the_house}
    assert asked <= taken


def test_what_is_told_by_forms_comes_to_the_same_as_by_the_api(
    office: Office, browsing: Office
) -> None:
    told = [Story(office), Story(browsing)]
    for each in told:
        each.until_delivery()
    by_api, by_forms = map(present, told)
    differing = {
        each for each in by_api.keys() | by_forms.keys() if by_api.get(each) != by_forms.get(each)
    }
    assert {each: (by_api.get(each), by_forms.get(each)) for each in sorted(differing)} == {}


IDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
OWN = frozenset({"reference", "number", "reminded", "position"})
"""What two people cannot have alike, or is of the moment of telling."""


def present(story: Story) -> dict[str, Any]:
    """What the case, its project and its money have come to, each id by the order of its coming."""
    names: dict[str, str] = {}

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {plain(k): plain(v) for k, v in value.items() if k not in OWN}
        if isinstance(value, list):
            return [plain(each) for each in value]
        if isinstance(value, str):
            told = IDS.sub(lambda each: names.setdefault(each[0], f"id-{len(names)}"), value)
            return INSTANT.sub("then", told)
        return value

    auditor, ids = story.office.auditor, story.ids
    case = auditor.found(f"{story.case}/history", limit=1)["state"]
    project = auditor.found(f"/v1/projects/{ids['project']}/history", limit=1)["state"]
    order = auditor.found(f"/v1/orders/{ids['order']}")
    states = {"case": case, "project": project, "order": order}
    return dict(leaves(plain(states), ""))


def leaves(value: Any, at: str) -> Iterator[tuple[str, Any]]:
    """Each by where it stands; of a list only what is in it."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in OWN:
                yield from leaves(each, f"{at}/{name}")
    elif isinstance(value, list):
        yield at, sorted(json.dumps(each, sort_keys=True) for each in value)
    else:
        yield at, value


@pytest.fixture
def opened(office: Office) -> Story:
    story = Story(office)
    story.open()
    office.caseworker.found("/v1/cases", at_least=story.position)
    return story


@pytest.fixture
def caseworker(office: Office) -> Iterator[Browsing]:
    with at_a_browser(office.system, office.caseworker) as browsing:
        yield browsing


def note(text: str = "Asks for help.") -> dict[str, str]:
    return {"text": text, "occurred_on": "today", "go": "send"}


def begun(person: Browsing, address: str) -> dict[str, str]:
    """An empty form's own fields: its key, and the version it was made on."""
    return Page(person.browser.get(address).text).sent()


def events(story: Story) -> list[str]:
    history = story.office.auditor.found(f"{story.case}/history", limit=500)
    return [each["type"] for each in history["events"]]


def on_case(story: Story, step: str) -> str:
    return f"/cases/{story.ids['case']}/steps/{step}"


def test_a_note_goes_straight_to_its_receipt(opened: Story, caseworker: Browsing) -> None:
    address = on_case(opened, "add-note")
    page = caseworker.browser.post(address, data=begun(caseworker, address) | note())
    assert page.url.path.startswith("/sent/")
    assert words(Language.ENGLISH).page["recorded_entry"] in page.text
    by = rf"{words(Language.ENGLISH).page['receipt_by']}: <bdi>caseworker-\w+</bdi>, <time"
    assert re.search(by, page.text), "by whom and when"
    assert f'href="/cases/{opened.ids["case"]}"' in page.text
    assert on_case(opened, "record-social-enquiry") in page.text, "what can follow"
    entry = len(events(opened))
    mended = f"{on_case(opened, 'correct-entries')}?entries.0.entry_number={entry}"
    assert f'href="{mended}"' in page.text
    correcting = Page(caseworker.browser.get(mended).text).sent()
    assert correcting["entries.0.content.text"] == note()["text"], "it begins with what was said"


def test_pressed_twice_reloaded_or_sent_from_back_it_is_one_record(
    opened: Story, caseworker: Browsing
) -> None:
    address = on_case(opened, "add-note")
    form = begun(caseworker, address) | note()
    first, again = (caseworker.browser.post(address, data=form) for _ in range(2))
    assert first.url == again.url
    assert events(opened).count("NoteAdded") == 1
    other = caseworker.browser.post(address, data=form | note("Something else."))
    assert other.status_code == 409
    assert words(Language.ENGLISH).page["form_used"] in other.text
    assert "Something else." in other.text
    assert events(opened).count("NoteAdded") == 1


def test_what_is_recorded_is_not_found_again_as_if_it_were_not(
    opened: Story, caseworker: Browsing
) -> None:
    """A second press may be read when what was chosen is offered no more: it leads to the receipt."""
    address, browser = on_case(opened, "add-note"), caseworker.browser
    form = begun(caseworker, address)
    kept = browser.post(address, data=form | {"text": "Without a day.", "go": "send"})
    done = browser.post(address, data=form | note())
    assert browser.get(kept.url).url == done.url
    again = browser.post(address, data=form | {"text": "Without a day.", "go": "send"})
    assert again.url == done.url
    assert form["key"] not in browser.get("/drafts").text


def test_what_came_in_meanwhile_is_told_before_anything_is_recorded(
    opened: Story, caseworker: Browsing
) -> None:
    address = on_case(opened, "add-note")
    form = begun(caseworker, address)
    opened.on("record-social-enquiry")
    page = caseworker.browser.post(address, data=form | note())
    said = words(Language.ENGLISH)
    assert page.status_code == 409
    assert said.page["form_has_moved"] in page.text
    assert said.event["SocialEnquiryRecorded"] in page.text
    assert "NoteAdded" not in events(opened)
    kept = Page(page.text).sent()
    assert kept["text"] == note()["text"]
    assert caseworker.browser.post(address, data=kept | {"go": "anyway"}).url.path != address
    assert events(opened).count("NoteAdded") == 1


def test_a_closed_step_says_why_with_the_step_that_opens_the_way(
    opened: Story, caseworker: Browsing
) -> None:
    page = caseworker.browser.get(on_case(opened, "rule-on-eligibility"))
    assert page.status_code == 409
    assert words(Language.ENGLISH).problem["social_enquiry_missing"]["detail"] in page.text
    assert f'href="{on_case(opened, "record-social-enquiry")}"' in page.text


def test_a_refusal_is_a_notice_of_its_own_and_the_answers_are_kept(
    opened: Story, caseworker: Browsing
) -> None:
    address = on_case(opened, "add-note")
    form = begun(caseworker, address)
    day = {"occurred_on.day": "1", "occurred_on.month": "1", "occurred_on.year": "2015"}
    page = caseworker.browser.post(address, data=form | note() | day | {"occurred_on": "other"})
    assert page.status_code == 409
    assert "notice late" in page.text
    assert 'id="errors"' not in page.text
    assert note()["text"] in page.text


def test_a_step_of_another_role_or_centre_is_not_there(
    opened: Story, caseworker: Browsing, office: Office
) -> None:
    gone = words(Language.ENGLISH).page["not_here"]
    hidden = [
        caseworker.browser.get(on_case(opened, "assign-caseworker")),
        caseworker.browser.get("/steps/sign-agreement"),
        caseworker.browser.get("/steps/add-note"),
        caseworker.browser.get(f"/orders/{opened.ids['case']}/steps/add-note"),
        caseworker.browser.get(f"/cases/{uuid4()}/steps/add-note"),
    ]
    with at_a_browser(office.system, office.elsewhere) as elsewhere:
        hidden.append(elsewhere.browser.get(on_case(opened, "add-note")))
        hidden.append(elsewhere.browser.post(on_case(opened, "add-note"), data=note()))
    assert [(each.status_code, gone in each.text) for each in hidden] == [(404, True)] * 7


def test_a_form_that_is_left_is_found_again_by_its_author_alone(
    opened: Story, caseworker: Browsing, office: Office
) -> None:
    address = on_case(opened, "add-note")
    form = begun(caseworker, address) | {"text": "Half a note", "go": "save"}
    listed = caseworker.browser.post(address, data=form)
    assert listed.url.path == "/drafts"
    draft = f"/drafts/{form['key']}"
    assert f'href="{draft}"' in listed.text
    page = Page(caseworker.browser.get(draft).text)
    assert (page.action, page.sent()["text"], page.sent()["key"]) == (
        address,
        "Half a note",
        form["key"],
    )
    with at_a_browser(office.system, office.coordinator) as another:
        assert another.browser.get(draft).status_code == 404
        assert draft not in another.browser.get("/drafts").text
    caseworker.browser.post(address, data=page.sent() | note("A whole note."))
    assert draft not in caseworker.browser.get("/drafts").text
    assert caseworker.browser.get(draft).status_code == 404


SENDS: dict[str, tuple[dict[str, str], int, str]] = {
    "mistakes": ({"go": "send"}, 422, "to_correct_first"),
    "language": ({"in_language": "fr"}, 200, ""),
    "more time": ({"go": "stay"}, 200, ""),
    "left": ({"go": "save"}, 200, "form_drafts"),
    "refused": ({"go": "send", "occurred_on": "other", "occurred_on.year": "2015"}, 409, ""),
    "check": ({"go": "send", "occurred_on": "today"}, 200, "check_title"),
    "recorded": ({"go": "record", "occurred_on": "today"}, 200, "recorded_entry"),
    "moved": ({"go": "send", "occurred_on": "today", "seen": "0"}, 409, "form_has_moved"),
}
"""What is pressed, and what it leads to."""


@pytest.mark.parametrize("name", SENDS)
def test_no_send_is_answered_by_a_page(opened: Story, caseworker: Browsing, name: str) -> None:
    """It leads to an address without a name in it, which says the same when it is asked for again."""
    address, (pressed, status, said) = on_case(opened, "record-death"), SENDS[name]
    browser = caseworker.browser
    day = {"occurred_on.day": "1", "occurred_on.month": "1"}
    typed = {"known_by": "hospital", "explanation": "Typed by hand."}
    sent = begun(caseworker, address) | typed | day | pressed
    answer = browser.post(address, data=sent, follow_redirects=False)
    assert answer.status_code == 303
    assert "Typed" not in answer.headers["Location"]
    language = Language(pressed.get("in_language", "en"))
    for _ in range(2):
        page = browser.get(answer.headers["Location"])
        assert (page.status_code, f'<html lang="{language}"' in page.text) == (status, True)
        assert not said or words(language).page[said] in page.text


def test_the_address_a_form_was_begun_at_has_what_was_typed_and_in_the_end_the_receipt(
    opened: Story, caseworker: Browsing
) -> None:
    address, browser = on_case(opened, "add-note"), caseworker.browser
    first = browser.get(address)
    assert first.url.path == address
    form = Page(first.text).sent() | {"text": "Without a day.", "go": "send"}
    again = browser.post(address, data=form)
    assert (again.status_code, again.url.path) == (422, address)
    back = Page(browser.get(first.url).text).sent()
    assert (back["text"], back["key"]) == ("Without a day.", form["key"])
    assert f'href="/drafts/{form["key"]}"' in browser.get("/drafts").text, "also if it is left so"
    done = browser.post(address, data=back | note())
    for each in (first.url, again.url):
        assert browser.get(each).url == done.url
    assert form["key"] not in browser.get("/drafts").text


def test_another_language_alone_makes_no_draft(opened: Story, caseworker: Browsing) -> None:
    address = on_case(opened, "add-note")
    form = begun(caseworker, address)
    caseworker.browser.post(address, data=form | {"in_language": "fr"})
    assert form["key"] not in caseworker.browser.get("/drafts").text


def test_the_key_of_anothers_form_shows_nothing_of_it(
    opened: Story, caseworker: Browsing, office: Office
) -> None:
    address = on_case(opened, "add-note")
    form = begun(caseworker, address) | {"text": "Half a note", "go": "send"}
    page = caseworker.browser.post(address, data=form)
    assert "Half a note" in page.text
    with at_a_browser(office.system, office.coordinator) as another:
        shown = another.browser.get(str(page.url))
        assert (shown.status_code, "Half a note" in shown.text) == (200, False)


def test_what_cannot_be_kept_is_shown_at_once(
    opened: Story, caseworker: Browsing, office: Office
) -> None:
    address = on_case(opened, "add-note")
    form = begun(caseworker, address) | {"text": "Half a note", "go": "send"}
    with closing(sqlite3.connect(office.system.data / "sign_ins.db", timeout=30)) as kept:
        kept.execute(
            "CREATE TRIGGER full BEFORE INSERT ON drafts BEGIN SELECT RAISE(FAIL, 'full'); END"
        )
        try:
            page = caseworker.browser.post(address, data=form, follow_redirects=False)
        finally:
            kept.execute("DROP TRIGGER full")
    assert (page.status_code, "Half a note" in page.text) == (422, True)
    done = caseworker.browser.post(address, data=Page(page.text).sent() | note())
    assert done.url.path.startswith("/sent/")


def test_what_is_sent_after_a_session_ended_by_itself_waits_at_its_address(
    opened: Story, caseworker: Browsing, office: Office
) -> None:
    address = on_case(opened, "add-note")
    form = begun(caseworker, address) | note("Typed before it ended.")
    with closing(sqlite3.connect(office.system.data / "sign_ins.db", timeout=30)) as kept:
        kept.execute("UPDATE sessions SET seen_at = 0 WHERE staff = ?", [caseworker.staff_id])
        kept.commit()
    asked = caseworker.browser.post(address, data=form)
    assert [each.status_code for each in asked.history] == [303]
    assert "Typed before" not in asked.text
    back = f"{asked.url.path}?{asked.url.query.decode()}"
    assert f'value="{html.escape(back)}"' in asked.text
    page = caseworker.browser.post("/console/sign-in", data=caseworker.signing_in | {"back": back})
    assert "Typed before it ended." in page.text
    assert "NoteAdded" not in events(opened)


def test_signing_in_again_goes_on_with_what_was_typed(opened: Story, caseworker: Browsing) -> None:
    address = on_case(opened, "add-note")
    form = begun(caseworker, address) | note("Typed before it ended.")
    caseworker.browser.post("/console/sign-out")
    asked = caseworker.browser.post(address, data=form)
    kept = re.search(r'name="kept" value="([^"]*)"', asked.text)
    assert kept is not None
    back = caseworker.browser.post(
        "/console/sign-in",
        data=caseworker.signing_in | {"back": address, "kept": html.unescape(kept[1])},
    )
    assert "Typed before it ended." in back.text
    assert "NoteAdded" not in events(opened)


def test_another_language_keeps_what_is_half_filled_in(opened: Story, caseworker: Browsing) -> None:
    address = on_case(opened, "record-contact")
    form = begun(caseworker, address) | {"note": "Half", "in_language": "ar"}
    page = caseworker.browser.post(address, data=form)
    assert '<html lang="ar"' in page.text
    sent = Page(page.text).sent()
    assert (sent["note"], sent["key"]) == ("Half", form["key"])


def following(page: str) -> list[str]:
    """The steps that a receipt links as what can follow, in order."""
    found = re.search(r'<ul class="following">(.*?)</ul>', page, re.DOTALL)
    return re.findall(r'/steps/([a-z-]+)"', found[1]) if found else []


def test_a_receipt_offers_what_the_step_has_opened(opened: Story, caseworker: Browsing) -> None:
    typed = dict(typed_for("record-social-enquiry", opened.way.step(ALL["record-social-enquiry"])))
    before = open_steps(opened)
    key = caseworker.fill(on_case(opened, "record-social-enquiry"), typed)
    receipt = caseworker.browser.get(f"/sent/{key}?step=record-social-enquiry")
    offered = following(receipt.text)
    assert offered
    assert set(offered) <= open_steps(opened) - before
    assert len(offered) <= 4


def open_steps(story: Story) -> set[str]:
    case = story.office.caseworker.found(story.case)
    return {each["step"] for each in case["open_steps"] if each["yours"]}


def test_an_order_is_paid_under_the_agreements_that_its_lines_rest_on(
    office: Office, caseworker: Browsing
) -> None:
    story = Story(office)
    story.was_delivered()
    other = Story(office)
    other.sign()
    rests_on = {
        part["agreement_id"]
        for line in office.caseworker.found(f"/v1/orders/{story.ids['order']}")["lines"]
        for part in line["parts"]
    }
    with at_a_browser(office.system, office.coordinator) as coordinator:
        for step in ("pay-invoice", "record-refund"):
            person = coordinator if Role.COORDINATOR in STEPS[step].who else caseworker
            page = Page(person.browser.get(f"/orders/{story.ids['order']}/steps/{step}").text)
            assert {*page.controls["agreement_id"].offered} - {""} == rests_on


def test_a_draft_about_somebody_goes_when_they_are_erased(
    opened: Story, caseworker: Browsing, office: Office
) -> None:
    address = on_case(opened, "add-note")
    form = begun(caseworker, address) | {"text": "Half a note", "go": "save"}
    caseworker.browser.post(address, data=form)
    draft = f"/drafts/{form['key']}"
    assert draft in caseworker.browser.get("/drafts").text
    closed = {"occurred_on": "2025-06-30", "outcome": "left_country"}
    office.caseworker.step(f"{opened.case}/steps/close-case", closed)
    person = f"/v1/beneficiaries/{opened.ids['beneficiary']}/steps"
    asked = {"occurred_on": "2025-09-01"}
    office.division.step(f"{person}/request-erasure", asked)
    assert draft in caseworker.browser.get("/drafts").text
    office.coordinator.step(f"{person}/confirm-beneficiary-request", asked)
    assert draft not in caseworker.browser.get("/drafts").text


def test_who_has_the_number_already_is_shown_beside_with_three_ways_on(
    opened: Story, caseworker: Browsing, office: Office
) -> None:
    said = words(Language.ENGLISH).page
    body = opened.body("register-beneficiary")
    address = "/steps/register-beneficiary"
    typed = dict(
        typed_for("register-beneficiary", ALL["register-beneficiary"].model_validate(body))
    )
    page = registered(caseworker, address, typed)
    assert (page.status_code, said["form_same_person"] in page.text) == (409, True)
    assert f'href="/cases/{opened.ids["case"]}"' in page.text
    assert f"<mark><bdi>{body['name_latin']}</bdi></mark>" in page.text
    assert {"send", "save"} <= set(Page(page.text).buttons)
    with at_a_browser(office.system, office.elsewhere) as elsewhere:
        told = registered(elsewhere, address, typed)
        assert (told.status_code, said["form_same_person"] in told.text) == (409, True)
        assert opened.ids["case"] not in told.text
        assert "<mark>" not in told.text
    kept = caseworker.browser.post(address, data=Page(page.text).sent() | {"go": "save"})
    assert kept.url.path == "/drafts"
    reason = {"anyway_because": "Her twin sister.", "go": "send"}
    checked = caseworker.browser.post(address, data=Page(page.text).sent() | reason)
    assert "record" in Page(checked.text).buttons
    done = caseworker.browser.post(address, data=Page(checked.text).sent() | {"go": "record"})
    assert done.url.path.startswith("/sent/")


def registered(person: Browsing, address: str, typed: dict[str, str]) -> httpx.Response:
    """What is answered to this form once it is whole."""
    answer = person.browser.get(address)
    while answer.status_code == 200 and not answer.url.path.startswith("/sent/"):
        page = Page(answer.text)
        go = "record" if "record" in page.buttons else "send"
        answer = person.browser.post(address, data=page.sent() | typed | {"go": go})
    return answer


def test_who_is_not_found_is_registered_and_their_case_opened_without_typing_twice(
    caseworker: Browsing, office: Office
) -> None:
    browser, said = caseworker.browser, words(Language.ENGLISH)
    name = "Zoubida Elmouftarada"
    nobody = browser.post("/found", data={"text": name}).text
    (register,) = re.findall(r'href="(/steps/register-beneficiary\?found=[^"]+)"', nobody)
    assert Page(browser.get(register).text).sent()["name_latin"] == name
    body = somebody(name_latin=name, name_ar=None, birth_date="1990-05-04")
    typed = typed_for("register-beneficiary", ALL["register-beneficiary"].model_validate(body))
    key = caseworker.fill("/steps/register-beneficiary", dict(typed))

    found = browser.post("/found", data={"text": name}).text
    assert said.page["found_without_case"] in found
    (opening, *_) = re.findall(r'href="(/steps/open-case\?beneficiary_id=[^"]+)"', found)
    by_number = browser.post("/found", data={"text": body["identity"]["number"]}).text
    assert opening in by_number
    receipt = browser.get(f"/sent/{key}?step=register-beneficiary").text
    assert f'class="button main" href="{opening}"' in receipt
    form = Page(browser.get(html.unescape(opening)).text)
    assert name in browser.get(html.unescape(opening)).text
    assert "beneficiary_id.find" not in form.controls, "nobody is asked whom, who is known"
    known = {each: form.sent()[each] for each in ("centre", "caseworker")}
    assert known == {"centre": "taza", "caseworker": caseworker.staff_id}
    with at_a_browser(office.system, office.elsewhere) as elsewhere:
        theirs = elsewhere.browser.post("/found", data={"text": name}).text
        assert (opening in theirs, said.page["found_without_case"] in theirs) == (False, False)

    again = Page(browser.get("/steps/register-beneficiary").text)
    named = {"name_latin": "Zoubeida Mouftarada", "sex": "female", "go": "send"}
    page = Page(browser.post(again.action, data=again.sent() | named).text)
    born = {"birth_date.day": "4", "birth_date.month": "5", "birth_date.year": "1990"}
    beside = browser.post(again.action, data=page.sent() | born | {"go": "send"}).text
    assert said.page["register_alike"] in beside
    assert opening in beside
