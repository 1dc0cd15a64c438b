"""A complaint over HTTP and in the console: who reads its words, its erasure, and whom it is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from domain.message import Role
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story, file_complaint
from tests.support.system import Person
from tests.support.waiting import until

WORDS = "Nobody has called back since March"


@pytest.fixture(scope="module")
def about(office: Office) -> Story:
    """A complaint about a case that the caseworker has, filed by the coordinator."""
    story = Story(office)
    story.open()
    today = str(datetime.now(UTC).date())
    file_complaint(story, by=office.coordinator, case_id=story.ids["case"], occurred_on=today)
    return story


@contextmanager
def signed_in(office: Office, person: Person) -> Iterator[httpx.Client]:
    url = office.system.url
    with httpx.Client(base_url=url, follow_redirects=True, timeout=30) as client:
        client.headers.update({"Accept-Language": "en", "Accept": "text/html", "Origin": url})
        client.post("/console/sign-in", data=person.signing_in | {"back": "/"})
        yield client


def test_its_words_are_for_who_handles_it_and_the_auditor(office: Office, about: Story) -> None:
    path = f"/v1/complaints/{about.ids['complaint']}"
    for person in (office.coordinator, office.auditor):
        assert person.found(path, at_least=about.position)["words"].startswith(WORDS)
    masked = office.division.found(path)
    assert (masked["read"], masked["words"], masked["name"]) == (False, None, None)
    assert WORDS not in office.division.get(f"{path}/history").text
    assert office.elsewhere.get(path).status_code == 404
    assert office.administrator.get(path).status_code == 403


def test_the_division_reads_what_it_handles(office: Office) -> None:
    story = Story(office)
    file_complaint(story, staff_id=office.coordinator.staff_id)
    path = f"/v1/complaints/{story.ids['complaint']}"
    found = office.division.found(path, at_least=story.position)
    assert found["number"].startswith("C-DIV-")
    assert found["words"].startswith(WORDS)


def raised(person: Person, today: date, position: int) -> dict[str, str | None]:
    """To whom those went that wait for somebody."""
    found = person.found("/v1/complaints", waiting=str(today), limit=200, at_least=position)
    return {each["complaint_id"]: each["raised_to"] for each in found["complaints"]}


def test_one_that_nobody_answered_is_the_coordinators_then_the_divisions(office: Office) -> None:
    today, stories = datetime.now(UTC).date(), [Story(office), Story(office)]
    for story, days in zip(stories, (30, 60), strict=True):
        file_complaint(story, occurred_on=str(today - timedelta(days=days)))
    late, later = (story.ids["complaint"] for story in stories)
    coordinators, divisions, caseworkers = (
        raised(person, today, stories[1].position)
        for person in (office.coordinator, office.division, office.caseworker)
    )
    assert coordinators.items() >= {(late, "coordinator"), (later, "division")}
    assert divisions.get(later) == "division"
    assert late not in divisions
    assert not {late, later} & caseworkers.keys()
    for complaint, read in ((late, False), (later, True)):
        assert office.division.found(f"/v1/complaints/{complaint}")["read"] is read
    with signed_in(office, office.division) as division:
        assert "Waiting for you" in division.get("/complaints?state=yours").text
        assert "the division has it too" in division.get(f"/complaints/{later}").text


def test_the_console_shows_it_to_others_than_whom_it_is_about(office: Office, about: Story) -> None:
    found = office.coordinator.found(f"/v1/complaints/{about.ids['complaint']}")
    places = (
        "/",
        "/complaints",
        "/complaints?state=unnamed",
        f"/cases/{about.ids['case']}",
        "/more",
    )
    own = f"/complaints/{about.ids['complaint']}"
    with signed_in(office, office.coordinator) as coordinator:
        assert WORDS in coordinator.get(own).text
        assert found["number"] in coordinator.get("/complaints").text
    with signed_in(office, office.caseworker) as caseworker:
        for place in places:
            assert found["number"] not in caseworker.get(place).text
        for place in (own, f"{own}/history", f"{own}/steps/answer-complaint"):
            there = caseworker.get(place)
            nowhere = caseworker.get(place.replace(about.ids["complaint"], about.ids["case"]))
            assert there.status_code == nowhere.status_code == 404
            assert found["number"] not in there.text


def test_what_it_says_is_erased_by_two_of_the_house(office: Office) -> None:
    story = Story(office)
    file_complaint(story)
    story.of(office.coordinator, "withdraw-complaint")
    story.of(office.division, "erase-complaint")
    path = f"/v1/complaints/{story.ids['complaint']}"

    def nothing_left() -> bool:
        return WORDS not in office.auditor.get(f"{path}/history").text

    until(nothing_left)
    found = office.auditor.found(path, at_least=story.position)
    assert (found["words"], found["erased_on"] is not None) == (None, True)


def test_receptions_are_counted_by_reason(office: Office) -> None:
    story = Story(office)
    before = office.coordinator.found("/v1/reception-counts")["total"]
    told = story.take(office.caseworker, "/v1/receptions", "record-reception")
    after = office.coordinator.found("/v1/reception-counts", at_least=told["position"])
    assert after["total"] == before + 1
    story.of(office.of(Role.COORDINATOR), "cancel-reception")
    again = office.coordinator.found("/v1/reception-counts", at_least=story.position)
    assert again["total"] == before
    with signed_in(office, office.caseworker) as caseworker:
        assert "/steps/record-reception" in caseworker.get("/").text
