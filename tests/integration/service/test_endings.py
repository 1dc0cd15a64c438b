"""A case says with which outcomes it could be closed, and what the others lack."""

from typing import Any

from domain.case.vocabulary import Outcome
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story


def told(person: Any, story: Story) -> dict[str, dict[str, Any]]:
    return {each["outcome"]: each for each in person.found(story.case)["endings"]}


def test_a_case_says_which_outcomes_are_open_and_why_the_others_are_not(office: Office) -> None:
    story = Story(office)
    story.open()
    found = told(office.caseworker, story)
    assert found.keys() == set(Outcome) - {Outcome.ERASED}
    assert found["left_country"]["code"] is None
    assert found["employed"]["code"] == "no_placement"
    assert found["employed"]["reason"].startswith("The outcome asks for a placement")
    assert found["deceased"]["code"] == "death_not_recorded"
    assert not found["opened_in_error"]["yours"]
    assert told(office.coordinator, story)["opened_in_error"]["yours"]
    assert office.division.found(story.case)["endings"] is None, "one of them tells of custody"


def test_what_a_case_says_is_open_passes_and_what_it_says_is_not_does_not(office: Office) -> None:
    story = Story(office)
    story.open()
    close = {"occurred_on": "2025-06-30", "outcome": "lost_contact"}
    path = f"{story.case}/steps/close-case"
    refused = office.caseworker.post(path, close)
    assert (refused.status_code, refused.json()["code"]) == (409, "attempts_missing")
    for day in ("2025-06-01", "2025-06-10", "2025-06-20"):
        tried = {"occurred_on": day, "channel": "phone", "outcome": "no_answer"}
        office.caseworker.step(f"{story.case}/steps/record-contact", tried)
    assert told(office.caseworker, story)["lost_contact"]["code"] is None
    office.caseworker.step(path, close)
    assert office.caseworker.found(story.case)["endings"] == []
