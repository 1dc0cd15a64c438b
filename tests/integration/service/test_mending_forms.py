"""Forms that mend: what was and becomes, what rests on an entry, who is merged; and names put away."""

from collections.abc import Iterator

import pytest

from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.browsing import Browsing, Page, at_a_browser, told

PAGE = words(Language.ENGLISH).page


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    story = Story(office)
    story.was_delivered()
    story.on("record-visit")
    office.caseworker.found("/v1/cases", at_least=story.position)
    return story


@pytest.fixture(scope="module")
def coordinator(office: Office) -> Iterator[Browsing]:
    with at_a_browser(office.system, office.coordinator) as browsing:
        yield browsing


def version_of(story: Story, step: str) -> int:
    history = story.office.auditor.found(f"{story.case}/history", limit=500)
    return int([each["version"] for each in history["events"] if each["step"] == step][-1])


def test_a_corrected_payment_is_told_as_was_and_becomes(
    story: Story, coordinator: Browsing
) -> None:
    address = f"/orders/{story.ids['order']}/steps/correct-payment"
    first = coordinator.browser.get(address, params={"payment": "1"})
    sent = Page(first.text).sent()
    assert sent["invoice"], "it begins with what was paid"
    assert PAGE["mend_nothing_rests"] in first.text
    second = coordinator.browser.post(address, data=sent | {"go": "send"})
    sent = Page(second.text).sent() | {"explanation": "Misread."}
    same = coordinator.browser.post(address, data=sent | {"go": "send"})
    assert (same.status_code, PAGE["mend_nothing_changes"] in same.text) == (422, True)
    amount = next(name for name in sent if name.endswith(".amount"))
    check = coordinator.browser.post(address, data=sent | {amount: "1.00", "go": "send"})
    asked = told(check)
    assert "Was: MAD&nbsp; 21,500.50 Becomes: MAD&nbsp; 1 " in asked
    assert asked.count("Becomes:") == 1, "what stays as it is is not said again"
    done = coordinator.browser.post(address, data=Page(check.text).sent() | {"go": "record"})
    assert done.url.path.startswith("/sent/")
    order = story.office.coordinator.found(f"/v1/orders/{story.ids['order']}")
    assert [each["reversed"] for each in order["payments"]] == [True, False]


def test_what_rests_on_an_entry_is_said_before_it_is_mended(
    story: Story, coordinator: Browsing
) -> None:
    signed = version_of(story, "sign-undertaking")
    for step, field in (
        ("correct-entries", "entries.0.entry_number"),
        ("retract-entry", "entry_number"),
    ):
        address = f"/cases/{story.ids['case']}/steps/{step}"
        page = coordinator.browser.get(address, params={field: str(signed)})
        said = "mend_rests" if step == "correct-entries" else "mend_rests_still"
        assert PAGE[said] in page.text
        assert f"#entry-{version_of(story, 'confirm-delivery')}" in page.text


def test_an_entry_of_the_case_is_told_as_was_and_becomes_with_the_days_that_move(
    story: Story, coordinator: Browsing
) -> None:
    address = f"/cases/{story.ids['case']}/steps/correct-entries"
    number = version_of(story, "record-contact")
    page = coordinator.browser.get(address, params={"entries.0.entry_number": str(number)})
    sent = Page(page.text).sent() | {"explanation": "Misread.", "occurred_on": "today"}
    same = coordinator.browser.post(address, data=sent | {"go": "send"})
    assert PAGE["mend_nothing_changes"] in same.text
    day = {
        "entries.0.content.occurred_on.day": str(int(sent["entries.0.content.occurred_on.day"]) + 1)
    }
    check = coordinator.browser.post(address, data=sent | day | {"go": "send"})
    assert check.status_code == 200
    assert PAGE["mend_becomes"] in check.text
    assert PAGE["mend_follows"] in check.text


def test_a_form_that_mends_is_not_there_for_another_centre(office: Office, story: Story) -> None:
    with at_a_browser(office.system, office.elsewhere) as elsewhere:
        for path in (
            f"/cases/{story.ids['case']}/steps/correct-entries",
            f"/beneficiaries/{story.ids['beneficiary']}",
        ):
            assert elsewhere.browser.get(path).status_code == 404


def test_two_who_are_one_are_seen_side_by_side_by_who_asks_and_who_confirms(
    office: Office, coordinator: Browsing
) -> None:
    one, again = Story(office), Story(office)
    one.open()
    again.register()
    again.take(office.caseworker, "/v1/cases", "open-case")
    office.caseworker.found("/v1/cases", at_least=again.position)
    own, other = again.ids["beneficiary"], one.ids["beneficiary"]
    address = f"/beneficiaries/{own}/steps/merge-person"
    with at_a_browser(office.system, office.caseworker) as caseworker:
        page = caseworker.browser.get(address, params={"goes_by": other})
        sent = Page(page.text).sent()
        assert PAGE["merge_choose_case"] in page.text
        assert told(page).count(PAGE["form_agrees"]) >= 4
        assert one.card not in page.text, "of a number the last digits alone"
        page = caseworker.browser.post(address, data=sent | {"go": "send"})
        sent = Page(page.text).sent() | {"goes_on": one.ids["case"], "occurred_on": "today"}
        check = caseworker.browser.post(
            address, data=sent | {"explanation": "The same card.", "go": "send"}
        )
        goes_on = [office.caseworker.found(each.case)["reference"] for each in (one, again)]
        said = PAGE["merge_case_goes_on"].format(goes=goes_on[0], aside=goes_on[1])
        assert said in check.text
        done = caseworker.browser.post(address, data=Page(check.text).sent() | {"go": "record"})
        assert done.url.path.startswith("/sent/")
    waiting = coordinator.browser.get("/requests")
    assert said in waiting.text
    assert other not in told(waiting), "nobody is named by an id"


def test_a_correction_pressed_twice_is_one(story: Story, coordinator: Browsing) -> None:
    address = f"/cases/{story.ids['case']}/steps/correct-entries"
    number = version_of(story, "add-note")
    page = coordinator.browser.get(address, params={"entries.0.entry_number": str(number)})
    sent = Page(page.text).sent() | {"explanation": "Misread.", "occurred_on": "today"}
    sent |= {"entries.0.content.text": "Asked for something else."}
    check = Page(coordinator.browser.post(address, data=sent | {"go": "send"}).text).sent()
    one, again = (
        coordinator.browser.post(address, data=check | {"go": "record"}) for _ in range(2)
    )
    assert (one.url.path, again.url.path) == (one.url.path, one.url.path)
    assert one.url.path.startswith("/sent/")


def test_hidden_names_stand_on_no_page_in_no_title_receipt_or_check(
    story: Story, coordinator: Browsing, office: Office
) -> None:
    ids = story.ids
    case, who = f"/cases/{ids['case']}", f"/beneficiaries/{ids['beneficiary']}"
    person = office.caseworker.found(f"/v1{who}")
    names = [person["name_ar"], person["name_latin"], *(it["name"] for it in person["contacts"])]
    places = [
        *("/", "/drafts", "/requests", "/findings", "/ceremonies", "/sessions", "/orders"),
        *(f"/{kind}s/{ids[kind]}" for kind in ("agreement", "order", "session")),
        *(f"/ceremonies/{ids['ceremony']}", f"/ceremonies/{ids['ceremony']}/history"),
        *(case, f"{case}/history", f"{case}/history?view=all", f"{case}/papers"),
        *(who, f"{who}/steps/merge-person?goes_by.find=Salma"),
        *(f"{case}/steps/add-note", f"{case}/steps/correct-entries", f"{case}/steps/close-case"),
        *(f"/steps/open-case?beneficiary_id={ids['beneficiary']}", "/steps/place-order"),
    ]
    with at_a_browser(office.system, office.caseworker) as caseworker:
        for browsing in (caseworker, coordinator):
            browsing.browser.post("/console/names", data={"names": "hidden", "back": "/"})
            for place in places:
                page = browsing.browser.get(place)
                assert page.status_code in (200, 404, 409), (place, told(page))
                assert [name for name in names if name in page.text] == [], place
        form = Page(caseworker.browser.get(f"{case}/steps/record-contact").text)
        sent = form.sent() | {"occurred_on": "today", "channel": "phone", "result": "reached"}
        page = caseworker.browser.post(form.action, data=sent | {"go": "send"})
        assert [name for name in names if name in page.text] == []
    coordinator.browser.post("/console/names", data={"names": "shown", "back": "/"})
    assert any(name in coordinator.browser.get(case).text for name in names)


def test_what_an_entry_chose_stays_chosen_though_it_is_offered_no_more(
    story: Story, coordinator: Browsing
) -> None:
    address = f"/cases/{story.ids['case']}/steps/correct-entries"
    number = version_of(story, "record-visit")
    page = coordinator.browser.get(address, params={"entries.0.entry_number": str(number)})
    review = Page(page.text).sent()["entries.0.content.review"]
    assert review == story.body("record-visit")["review"]


def test_a_cheque_that_is_cancelled_says_what_follows_from_it(
    story: Story, coordinator: Browsing
) -> None:
    address = f"/orders/{story.ids['order']}/steps/cancel-payment"
    page = coordinator.browser.get(address, params={"payment": "2"})
    sent = Page(page.text).sent() | {"occurred_on": "today", "explanation": "Lost."}
    check = coordinator.browser.post(address, data=sent | {"go": "send"})
    assert check.status_code == 200, told(check)
    said = words(Language.ENGLISH)
    assert f"{said.event['PaymentReversed']} {said.field['amount']}" in told(check)
