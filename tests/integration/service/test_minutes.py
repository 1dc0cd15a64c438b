"""The minutes of a session by forms: a decision a line, each with its own result, one leading to the next."""

import html
import re
from collections.abc import Iterator

import httpx
import pytest

from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.browsing import Browsing, Page, at_a_browser, told
from tests.support.sitting import sitting

SAID = words(Language.ENGLISH)
BESIDE = ("at", "seen", "page")
"""What a form sends of itself; all else was typed, or is its key."""
FOR_ONE = {"decision": "approve", "equipment_amount": "30 000", "cash_grant": "2 000"}


@pytest.fixture(scope="module")
def files(office: Office) -> list[Story]:
    """Four that the caseworker put, and one that the coordinator did."""
    return sitting(office, *[office.caseworker] * 4, office.coordinator)


@pytest.fixture
def recorder(office: Office) -> Iterator[Browsing]:
    with at_a_browser(office.system, office.coordinator) as browsing:
        yield browsing


def address(file: Story) -> str:
    return f"/cases/{file.ids['case']}/steps/record-decision"


def session_of(file: Story) -> str:
    return f"/sessions/{file.ids['session']}"


def begun(recorder: Browsing, file: Story) -> dict[str, str]:
    """What the line's form holds when it is opened from the list."""
    page = recorder.browser.get(session_of(file)).text
    (link,) = [each for each in links(page) if each.startswith(f"{address(file)}?")][:1]
    return Page(recorder.browser.get(link).text).sent()


def links(page: str) -> list[str]:
    return [html.unescape(each.split('"')[0]) for each in page.split('href="')[1:]]


def decided(recorder: Browsing, file: Story, **typed: str) -> tuple[httpx.Response, dict[str, str]]:
    """The receipt, and all that the last press sent."""
    ask = begun(recorder, file) | typed
    check = recorder.browser.post(address(file), data=ask | {"go": "send"})
    assert check.status_code == 200, told(check)
    sent = Page(check.text).sent() | {"go": "record"}
    return recorder.browser.post(address(file), data=sent), sent


def test_minutes_are_taken_line_by_line(office: Office, files: list[Story]) -> None:
    approved, deferred, back, rejected, own = files
    with at_a_browser(office.system, office.coordinator) as recorder:
        _the_list_before(recorder, files)
        receipt, _ = decided(recorder, approved, **FOR_ONE)
        assert "32,000" in receipt.text, "what the line came to"
        assert SAID.page["minutes_next"] in receipt.text
        assert any(each.startswith(address(deferred)) for each in links(receipt.text))
        _more_than_is_left(recorder, deferred)
        decided(recorder, deferred, decision="defer")
        decided(recorder, back, decision="send_back")
        receipt, _ = decided(recorder, rejected, decision="reject", reason="not_viable")
        assert "1 line waits for another person" in receipt.text
        _what_came_of_it(recorder, files)
        _what_the_agreement_holds(recorder, files)
    assert own.office.caseworker.staff_id == office.coordinator.staff_id


def _the_list_before(recorder: Browsing, files: list[Story]) -> None:
    page = recorder.browser.get(session_of(files[0])).text
    assert "5 lines are not decided yet" in page
    assert SAID.page["minutes_not_yours"] in page
    own = files[-1]
    assert not any(each.startswith(address(own)) for each in links(page))
    theirs = recorder.browser.get(address(own))
    assert SAID.page["minutes_not_yours_why"] in theirs.text
    assert Page(theirs.text).buttons == [], "nothing to send"


def _more_than_is_left(recorder: Browsing, file: Story) -> None:
    """Refused in words, with what was typed, and what would open the way; nothing is recorded."""
    ask = begun(recorder, file) | FOR_ONE | {"reasons": "Her brother helps."}
    sums = recorder.browser.post(address(file), data=ask | {"go": "find"})
    assert "14,000" in sums.text, "by so much"
    assert SAID.page["minutes_ways"] in sums.text
    refused = recorder.browser.post(address(file), data=ask | {"go": "send"})
    assert refused.status_code == 409
    assert SAID.page["not_recorded_because"] in refused.text
    assert f"/agreements/{file.ids['agreement']}" in refused.text
    kept = Page(refused.text).sent()
    typed = [name for name in ask if name not in BESIDE]
    assert {name: kept[name] for name in typed} == {name: ask[name] for name in typed}
    assert "DecisionRecorded" not in history(file)


def history(file: Story) -> list[str]:
    found = file.office.auditor.found(f"{file.case}/history", limit=500)
    return [each["type"] for each in found["events"]]


def _what_came_of_it(recorder: Browsing, files: list[Story]) -> None:
    page = recorder.browser.get(session_of(files[0])).text
    for kind in ("approve", "defer", "send_back", "reject"):
        assert f"<b>{SAID.code['DecisionKind'][kind]}</b>" in page
    opens = {0: "sign-undertaking", 1: "submit-to-session", 2: "revise-project"}
    for number, step in opens.items():
        form = f"/cases/{files[number].ids['case']}/steps/{step}"
        assert any(each.startswith(form) for each in links(page)), step


def _what_the_agreement_holds(recorder: Browsing, files: list[Story]) -> None:
    page = recorder.browser.get(f"/agreements/{files[0].ids['agreement']}").text
    assert session_of(files[0]) in links(page)
    assert "5 projects listed, 1 approved" in page
    assert "1 line is not decided yet" in page
    assert SAID.page["approval_ended"] not in page, "what was never approved has not ended"
    assert "INDH committee of the province" in page


def test_a_line_that_is_sent_twice_is_decided_once(office: Office, recorder: Browsing) -> None:
    (file,) = sitting(office, office.caseworker)
    receipt, sent = decided(recorder, file, **FOR_ONE)
    again = recorder.browser.post(address(file), data=sent)
    assert (again.status_code, str(again.url)) == (200, str(receipt.url))
    assert history(file).count("DecisionRecorded") == 1
    assert SAID.page["minutes_all_done"] in again.text


def test_before_there_are_minutes_the_line_says_so_and_the_number_leads_to_the_first(
    office: Office, recorder: Browsing
) -> None:
    (file,) = sitting(office, office.caseworker, minutes=False)
    early = recorder.browser.get(address(file))
    assert SAID.page["minutes_number_first"] in early.text
    assert session_of(file) in links(early.text)
    form = f"{session_of(file)}/steps/record-minutes"
    begun_ = Page(recorder.browser.get(form).text).sent()
    typed = {"occurred_on": "today", "minutes": "2024/17", "go": "send"}
    receipt = recorder.browser.post(form, data=begun_ | typed)
    assert any(each.startswith(address(file)) for each in links(receipt.text))
    assert f"{session_of(file)}/papers#attach" in links(receipt.text)


def test_a_session_without_a_file_says_what_is_on_its_way(
    office: Office, recorder: Browsing
) -> None:
    story = Story(office)
    with story.beforehand():
        story.call()
        story.open()
        story.walk(story.way.steps(), until="record-study")
    office.division.found("/v1/sessions", at_least=story.position)
    page = recorder.browser.get(session_of(story)).text
    assert SAID.page["session_none_ready"] in page
    many = re.search(r"(\d+) waits? for a study", page)
    assert many is not None
    listed = recorder.browser.get("/cases?whose=everybody&waits_for=study").text
    assert f"/cases/{story.ids['case']}" in listed
    assert len(set(re.findall(r'href="/cases/([0-9a-f-]{36})"', listed))) == int(many[1])


def test_an_agreement_under_which_nothing_happened_says_since_when(
    office: Office, recorder: Browsing
) -> None:
    story = Story(office)
    story.take(office.division, "/v1/agreements", "sign-agreement")
    for number, envelope in ((1, "1100000.00"), (2, "1200000.00")):
        body = story.body("amend-agreement") | {"number": number, "envelope": envelope}
        story.take(office.division, story.path("amend-agreement"), "amend-agreement", body)
    office.division.found("/v1/agreements", at_least=story.position)
    page = recorder.browser.get(f"/agreements/{story.ids['agreement']}").text
    assert SAID.page["idle_since"] in page
    for told_ in ("1,100,000", "1,200,000", SAID.page["no_session_under_it"]):
        assert told_ in page
