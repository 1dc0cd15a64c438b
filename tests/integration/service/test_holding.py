"""A ceremony held at a browser: one person a screen, present, absent or replaced, and its closing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import unescape

import httpx
import pytest

from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.browsing import Page
from tests.support.system import System


@dataclass(frozen=True)
class Hall:
    """People on the list of one ceremony, by what becomes of them."""

    present: Story
    absent: Story
    leaving: Story
    instead: Story
    """Not on the list yet."""

    @property
    def path(self) -> str:
        return f"/ceremonies/{self.present.ids['ceremony']}"


@pytest.fixture(scope="module")
def hall(office: Office) -> Hall:
    people = [Story(office, number=number) for number in range(701, 705)]
    first, *_, last = people
    first.schedule()
    for each in people:
        each.ids["ceremony"] = first.ids["ceremony"]
        with each.beforehand():
            each.sign()
            each.open()
            each.walk(
                each.way.steps(), until="place-on-ceremony" if each is last else "confirm-delivery"
            )
    office.caseworker.found("/v1/cases", at_least=last.position)
    return Hall(*people)


@pytest.fixture
def browser(system: System, office: Office) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=system.url, follow_redirects=True, timeout=30) as client:
        client.headers.update(
            {"Accept-Language": "en", "Accept": "text/html", "Origin": system.url}
        )
        client.post("/console/sign-in", data=office.caseworker.signing_in | {"back": "/"})
        yield client


MOST_SENT = 2048
"""Bytes of one line, on a slow line."""


def form_of(hall: Hall, story: Story) -> str:
    ceremony = hall.present.ids["ceremony"]
    return f"/cases/{story.ids['case']}/steps/confirm-delivery?ceremony={ceremony}"


def is_called(hall: Hall, story: Story, answer: httpx.Response) -> bool:
    """Whether the answer is the screen of this person."""
    return str(answer.url).partition("&")[0].endswith(form_of(hall, story))


def _handed(office: Office, story: Story) -> list[list[int]]:
    """The items of each handover."""
    events = office.auditor.found(f"{story.case}/history", limit=500)["events"]
    return [each["fields"]["items"] for each in events if each["type"] == "DeliveryConfirmed"]


def test_a_papers_form_that_was_kept_is_none_of_a_line(browser: httpx.Client, hall: Hall) -> None:
    papers = f"/cases/{hall.present.ids['case']}/papers"
    file = {"file": ("slip.pdf", b"%PDF-1.7", "application/pdf")}
    assert browser.post(papers, data={"key": "0" * 32}, files=file).status_code == 422
    assert browser.get(f"{hall.path}/hold").status_code == 200
    assert browser.get(form_of(hall, hall.present)).status_code == 200


def miss(browser: httpx.Client, hall: Hall, story: Story, because: str) -> httpx.Response:
    return browser.post(f"{hall.path}/hold", data={"case": story.ids["case"], "because": because})


def test_a_ceremony_is_held_one_person_a_screen(
    browser: httpx.Client, hall: Hall, office: Office
) -> None:
    present, absent, leaving, instead = hall.present, hall.absent, hall.leaving, hall.instead
    page = browser.get(hall.path)
    for offered in ("/hold", "/people", "/papers-out/delivery-slips"):
        assert f'href="{hall.path}{offered}"' in page.text
    assert "/papers-out/minutes" not in page.text
    assert form_of(hall, present) in browser.get(f"{hall.path}/hold").text

    form = Page(browser.get(form_of(hall, present)).text)
    handed = {"items.1.item": "1", "items.1.serials.0": "SN-1", "received_by": "holder"}
    handed |= {"kept_back.2.because": "damaged"}
    sent = form.sent() | handed | {"go": "send"}
    answer = browser.post(form.action, data=sent)
    assert is_called(hall, absent, answer)
    assert "Entry" in answer.text
    assert len(answer.history[0].request.content) < MOST_SENT
    again = browser.post(form.action, data=sent)
    assert is_called(hall, absent, again)
    assert _handed(office, present) == [[1]]

    answer = miss(browser, hall, absent, "absent")
    assert is_called(hall, leaving, answer)
    answer = miss(browser, hall, leaving, "later")
    assert str(answer.url).endswith(f"{hall.path}/hold")
    assert is_called(hall, leaving, miss(browser, hall, leaving, ""))

    people = f"{hall.path}/people?replaces={leaving.ids['case']}"
    assert people in browser.get(form_of(hall, leaving)).text
    link = re.search(
        rf'href="(/cases/{instead.ids["case"]}/steps/[^"]*)"', browser.get(people).text
    )
    assert link
    form = Page(browser.get(unescape(link.group(1))).text)
    form = Page(browser.post(form.action, data=form.sent() | {"go": "send"}).text)
    answer = browser.post(form.action, data=form.sent() | {"go": "send"})
    assert is_called(hall, instead, answer)

    form = Page(browser.get(form_of(hall, instead)).text)
    paid = {"cash.0.amount": "500", "cash.0.cheque": "Q-704", "received_by": "holder"}
    check = Page(browser.post(form.action, data=form.sent() | paid | {"go": "send"}).text)
    assert "record" in check.buttons
    answer = browser.post(check.action, data=check.sent() | {"go": "record"})
    assert f"{hall.path}/hold?sent=" in str(answer.url)

    browser.post("/console/sign-in", data=office.coordinator.signing_in | {"back": "/"})
    form = Page(browser.get(f"{hall.path}/steps/record-ceremony-held").text)
    ticked = form.controls[f"absent.{absent.ids['case']}"]
    assert ticked.value == absent.ids["case"]
    check = Page(browser.post(form.action, data=form.sent() | {"go": "send"}).text)
    browser.post(check.action, data=check.sent() | {"go": "record"})
    page = browser.get(hall.path)
    for told in (
        "papers-out/minutes",
        "Lines confirmed for the day",
        "Nothing was handed over",
        "Damaged",
    ):
        assert told in page.text
    assert "/hold" not in page.text
    held = office.coordinator.found(f"/v1{hall.path}")
    assert (held["status"], held["told"], held["absent"], held["replaced"]) == ("held", 2, 1, 1)
    assert Decimal(held["cash"]) == Decimal(500)


def test_who_may_not_hand_over_holds_no_ceremony(
    browser: httpx.Client, hall: Hall, office: Office
) -> None:
    for person in (office.auditor, office.elsewhere):
        browser.post("/console/sign-in", data=person.signing_in | {"back": "/"})
        assert browser.get(f"{hall.path}/hold").status_code == httpx.codes.NOT_FOUND
        assert miss(browser, hall, hall.absent, "absent").status_code == httpx.codes.NOT_FOUND
