"""Who came to a cohort: one list at a browser, each line a step of its own case; and the sheet to sign."""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from domain.case.steps import OpenTrack, RecordEducation
from domain.example.training import in_cohort
from domain.tracks.training.steps import RecordAttendance
from domain.tracks.training.vocabulary import Presence
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.browsing import Page
from tests.support.printed import text_of
from tests.support.system import System

OWN = (RecordEducation, OpenTrack)


@dataclass(frozen=True)
class Class:
    """Two people in one cohort."""

    first: Story
    second: Story

    @property
    def cohort(self) -> str:
        return self.first.ids["cohort"]

    def path(self, day: int) -> str:
        return f"/cohorts/{self.cohort}/attendance/{self.first.way.day(day)}"

    def reading(self, story: Story, presence: str) -> dict[str, str]:
        return {f"presence-{story.ids['case']}": presence}


@pytest.fixture(scope="module")
def course(office: Office) -> Class:
    people = [Story(office), Story(office)]
    people[0].plan()
    for each in people:
        each.ids["cohort"] = people[0].ids["cohort"]
        with each.beforehand():
            each.open()
            each.walk(step for step in each.way.to_release() if not isinstance(step, OWN))
            each.walk(in_cohort(each.way), until="record-attendance")
    office.caseworker.found("/v1/cases", at_least=people[1].position)
    return Class(*people)


@pytest.fixture
def browser(system: System, office: Office) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=system.url, follow_redirects=True, timeout=30) as client:
        client.headers.update(
            {"Accept-Language": "en", "Accept": "text/html", "Origin": system.url}
        )
        client.post("/console/sign-in", data=office.caseworker.signing_in | {"back": "/"})
        yield client


def attended(office: Office, story: Story) -> tuple[int, int, int]:
    (track,) = office.caseworker.found(story.case)["tracks"]
    return track["present"], track["absent"], track["excused"]


def test_each_line_stands_or_is_refused_by_itself(
    browser: httpx.Client, office: Office, course: Class
) -> None:
    first, second = course.first, course.second
    page = Page(browser.get(course.path(305)).text)
    why = {f"why-{second.ids['case']}": "At the civil registry"}
    sent = page.sent() | course.reading(first, "present") | course.reading(second, "excused") | why
    answer = browser.post(course.path(305), data=sent)
    assert answer.status_code == httpx.codes.OK
    assert "2 attendances are recorded" in answer.text.replace("<bdi>", "").replace("</bdi>", "")
    assert attended(office, first) == (1, 0, 0)
    assert attended(office, second) == (0, 0, 1)

    again = browser.post(course.path(305), data=sent)
    assert attended(office, first) == (1, 0, 0), "pressed twice, it is recorded once"
    assert again.status_code == httpx.codes.OK

    opened = Page(browser.get(course.path(306)).text).sent()
    told = RecordAttendance(occurred_on=first.way.day(306), presence=Presence.ABSENT)
    first.walk([told])
    sent = opened | course.reading(first, "present") | course.reading(second, "present")
    answer = browser.post(course.path(306), data=sent)
    assert attended(office, first) == (1, 1, 0)
    assert attended(office, second) == (1, 0, 1)


def test_everybody_can_be_chosen_as_present_at_once(
    browser: httpx.Client, office: Office, course: Class
) -> None:
    page = Page(browser.get(f"{course.path(307)}?all=present").text)
    browser.post(course.path(307), data=page.sent())
    history = office.auditor.found(f"{course.second.case}/history", limit=500)
    assert [each["step"] for each in history["events"]][-1] == "record-attendance"


def test_the_cohort_says_who_came(browser: httpx.Client, office: Office, course: Class) -> None:
    on = course.first.way.day(305)
    found = office.coordinator.found(f"/v1/cohorts/{course.cohort}", on=str(on))
    assert {each["told"] for each in found["people"]} == {"present", "excused"}
    whole = office.coordinator.found(f"/v1/cohorts/{course.cohort}/attendance")["people"]
    mine = next(each for each in whole if each["case_id"] == course.first.ids["case"])
    assert {"on": str(on), "presence": "present"} in mine["days"]
    assert [each["on"] for each in mine["days"]] == sorted(each["on"] for each in mine["days"])
    assert "day present" in browser.get(f"/cohorts/{course.cohort}").text


def test_another_centre_sees_a_cohort_that_is_shared_and_nobody_of_ours(
    office: Office, course: Class
) -> None:
    assert office.elsewhere.get(f"/v1/cohorts/{course.cohort}").status_code == httpx.codes.FORBIDDEN
    shared = Story(office)
    body = shared.body("plan-cohort") | {"shared": True}
    shared.take(office.coordinator, "/v1/cohorts", "plan-cohort", body)
    with shared.beforehand():
        shared.open()
        shared.walk(step for step in shared.way.to_release() if not isinstance(step, OWN))
        shared.walk(in_cohort(shared.way), until="complete-training")
    path, after = f"/v1/cohorts/{shared.ids['cohort']}", shared.position
    found = office.elsewhere.found(path, at_least=after)
    assert (found["taken"], found["people"]) == (1, [])
    listed = office.elsewhere.found("/v1/cohorts", at_least=after)["cohorts"]
    assert {each["cohort_id"] for each in listed} & {shared.ids["cohort"], course.cohort} == {
        shared.ids["cohort"]
    }
    told = office.elsewhere.found(f"{path}/history")["events"]
    assert [each["type"] for each in told] == ["CohortPlanned"]


def test_the_sheet_has_a_line_for_each_to_sign(office: Office, course: Class) -> None:
    path = f"/v1/cohorts/{course.cohort}/papers-out/attendance-sheet"
    paper = office.caseworker.get(path, on=str(course.first.way.day(309)))
    assert paper.status_code == httpx.codes.OK
    text = text_of(paper.content)
    for said in ("Feuille de présence", "ورقة", "Couture", "Salma Elmithal"):
        assert said in text
