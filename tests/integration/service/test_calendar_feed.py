"""A calendar program takes what falls due by a secret link, and learns nobody's name from it."""

import re
from datetime import UTC, datetime, timedelta

import httpx
from icalendar import Calendar

from domain.message import Role
from domain.values.calendar import local_date
from service.words.language import Language
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.browsing import Browsing, at_a_browser

LINK = re.compile(r"/calendar/([A-Za-z0-9_-]{43})\.ics")


def link_made(person: Browsing) -> str:
    account = person.browser.get("/account").text
    (once,) = {*re.findall(r'name="once" value="([^"]+)"', account)}
    shown = person.browser.post("/account/calendar", data={"once": once})
    again = person.browser.post("/account/calendar", data={"once": once})
    found = LINK.search(shown.text)
    assert found is not None, shown.text
    assert found.group() in again.text, "pressed twice it is one"
    return found.group()


def taken(office: Office, link: str, **headers: str) -> httpx.Response:
    """As a calendar program does, that is signed in nowhere."""
    return httpx.get(f"{office.system.url}{link}", headers=headers, timeout=30)


def events(response: httpx.Response) -> dict[str, str]:
    assert response.status_code == 200, response.text
    return {
        str(each["UID"]): f"{each['SUMMARY']} {each.decoded('DTSTART')}"
        for each in Calendar.from_ical(response.content).walk("VEVENT")
    }


def test_a_program_reads_references_and_days_and_what_moves_moves(office: Office) -> None:
    story, owner = Story(office), office.system.hire(Role.CASEWORKER, "taza")
    today = local_date(datetime.now(UTC))
    opened = {"occurred_on": str(today - timedelta(days=20))}
    story.register(**opened)
    freely = {"route": "after_release", "caseworker": owner.staff_id} | opened
    story.take(office.caseworker, "/v1/cases", "open-case", story.body("open-case") | freely)
    reference = owner.found(story.case)["reference"]
    own = owner.found("/v1/me/calendar", at_least=story.position)
    assert {each["reference"] for each in own["entries"]} == {reference}
    with at_a_browser(office.system, owner, Language.FRENCH) as person:
        link = link_made(person)
        answer = taken(office, link)
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        before = events(answer)
        assert len(before) == len(own["entries"]) > 0
        assert all(said.startswith(f"{reference} ") for said in before.values())
        for told in ("Salma", "سلمى", "Visit", "Contact", "prison", "Plan", str(story.ids["case"])):
            assert told not in answer.text
        same = taken(office, link, **{"If-None-Match": answer.headers["ETag"]})
        assert same.status_code == 304
        met = {"channel": "phone", "outcome": "reached", "occurred_on": str(today)}
        story.take(owner, story.path("record-contact"), "record-contact", met)
        owner.found("/v1/me/calendar", at_least=story.position)
        after = events(taken(office, link))
        assert after != before
        assert before.keys() & after.keys(), "what is still to be done is the same entry"
        another = link_made(person)
        assert taken(office, link).status_code == 404
        assert events(taken(office, another)) == after
        person.browser.post("/account/calendar-end")
        assert taken(office, another).status_code == 404
    assert taken(office, "/calendar/none.ics").status_code == 404


def test_what_is_another_centres_or_a_leavers_is_not_in_it(office: Office) -> None:
    elsewhere = office.system.hire(Role.COORDINATOR, "midelt")
    story = Story(office)
    story.open()
    own = elsewhere.found("/v1/me/calendar", at_least=story.position)
    reference = office.coordinator.found(story.case)["reference"]
    assert reference not in {each["reference"] for each in own["entries"]}
    centre = office.coordinator.found("/v1/me/calendar")
    assert reference in {each["reference"] for each in centre["entries"]}
    assert office.division.get("/v1/me/calendar").json()["code"] == "not_allowed"
    leaver = office.system.hire(Role.CASEWORKER, "taza")
    with at_a_browser(office.system, leaver, Language.ARABIC) as person:
        link = link_made(person)
    assert events(taken(office, link)) == {}
    day = {"occurred_on": str(local_date(datetime.now(UTC)))}
    gone = {"staff_id": leaver.staff_id} | day
    office.administrator.step("/v1/staff/departures", gone)
    assert taken(office, link).status_code == 404
