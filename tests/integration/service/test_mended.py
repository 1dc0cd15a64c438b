"""Corrections over HTTP: who reads what of them, and that text of another person is not read."""

from typing import Any

import pytest

from service.api.steps.examples import EXAMPLES
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.system import Person

SECRET = "Her brother came instead of Amal."


@pytest.fixture
def story(office: Office) -> Story:
    story = Story(office)
    with story.beforehand():
        story.open()
        story.walk(story.steps(), until="add-note")
    return story


def entries(person: Person, story: Story) -> list[dict[str, Any]]:
    found = person.found(f"{story.case}/timeline", at_least=story.position)
    told: list[dict[str, Any]] = found["entries"]
    return told


def history(person: Person, story: Story, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = person.found(f"{story.case}/history", limit=200, **more)["events"]
    return found


def number(story: Story, kind: str, nth: int = -1) -> int:
    events = history(story.office.auditor, story)
    return int([each["version"] for each in events if each["type"] == kind][nth])


def mend(story: Story, step: str, **said: Any) -> dict[str, Any]:
    body = {"occurred_on": EXAMPLES["add-note"]["occurred_on"], "explanation": "Mistyped."} | said
    return story.take(story.office.coordinator, f"{story.case}/steps/{step}", step, body)


def test_text_in_the_wrong_persons_case_is_read_by_nobody(office: Office, story: Story) -> None:
    note = EXAMPLES["add-note"] | {"text": SECRET}
    story.take(office.caseworker, f"{story.case}/steps/add-note", "add-note", note)
    at = number(story, "NoteAdded")
    known_before = office.auditor.found(f"{story.case}/history", limit=1)["version"]
    assert SECRET in str(history(office.auditor, story))
    mend(story, "retract-entry", entry_number=at, wrong_person=True)
    for person in (office.caseworker, office.coordinator, office.auditor, office.division):
        for told in (
            history(person, story),
            history(person, story, version=known_before),
            entries(person, story),
            person.found(story.case),
        ):
            assert SECRET not in str(told)
    record = f"/v1/beneficiaries/{story.ids['beneficiary']}/record"
    assert SECRET not in office.coordinator.get(record).text
    (told,) = [each for each in history(office.auditor, story) if each["version"] == at]
    assert (told["type"], told["fields"], told["masked"]) == ("NoteAdded", {}, ["text"])
    assert told["mended"]["wrong_person"] is True
    (why,) = [
        each for each in history(office.auditor, story) if each["version"] == told["mended"]["by"]
    ]
    assert why["fields"]["explanation"] == "Mistyped."


def test_the_division_is_not_told_that_an_entry_of_custody_was_mended(
    office: Office, story: Story
) -> None:
    at = number(story, "ReleaseRecorded")
    right = EXAMPLES["record-release"] | {"conditions": None}
    mend(story, "correct-entries", entries=[{"entry_number": at, "content": right}])
    (told,) = [each for each in history(office.auditor, story) if each["version"] == at]
    assert told["mended"]["corrected"] is True
    for events in (history(office.division, story), entries(office.division, story)):
        custody = [each for each in events if each["type"] == "CircumstancesRecorded"]
        assert all(each["mends"] is None and each["mended"] is None for each in custody)
        assert "CircumstancesMended" not in str(events)


def test_who_sees_the_entry_mended_sees_what_stands_there(office: Office, story: Story) -> None:
    at = number(story, "SocialEnquiryRecorded", 0)
    right = EXAMPLES["record-social-enquiry"] | {"household_size": 7}
    answer = mend(story, "correct-entries", entries=[{"entry_number": at, "content": right}])
    assert answer["events"] == ["EntriesMended", "SocialEnquiryRecorded"]
    (now,) = [
        each
        for each in history(office.caseworker, story)
        if each["fields"].get("household_size") == 7
    ]
    assert now["step"] == "record-social-enquiry"
    again = {"occurred_on": right["occurred_on"], "entry_number": at, "explanation": "Twice."}
    refused = office.coordinator.post(f"{story.case}/steps/retract-entry", again)
    assert refused.status_code == 409
    assert refused.json()["code"] == "entry_already_mended"
