"""Custody is told to those who work with the person; others read that something was, and a month."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from domain.case.custody.path import CUSTODY
from domain.commands import step_name
from domain.example.person import EXAMPLE
from domain.example.way import Way
from domain.message import Event
from service.api.steps.examples import EXAMPLES
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.system import Person
from tests.support.waiting import until
from tests.support.written import entries

TAKEN = {type(step) for step in (*Way().steps(), *Way().detours())}
STEPS = {step_name(row.step): row.makes[0] for row in CUSTODY.rows if row.step in TAKEN}
DAYS = {EXAMPLES[step]["occurred_on"]: event for step, event in STEPS.items()}
FACTS = {
    day
    for step in STEPS
    for name, day in EXAMPLES[step].items()
    if name in {"started_on", "expected_end"}
}


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    """Somebody who was detained, and is released."""
    story = Story(office)
    with story.beforehand():
        story.open()
        story.walk(story.steps(), until="add-note")
    return story


def read(person: Person, story: Story) -> Iterator[tuple[str, Any]]:
    """Every way to read the case, and what it answers."""
    after = {"at_least": story.position}
    yield "history", person.found(f"{story.case}/history", limit=100)
    yield "timeline", person.found(f"{story.case}/timeline", **after)
    case = person.found(story.case)
    # Which steps there are, and which are open, is said to everyone who sees the stage.
    yield "case", {name: case[name] for name in case if not name.endswith("_steps")}
    rows = person.found("/v1/cases", limit=200, **after)["cases"]
    yield "caseload", [row for row in rows if row["case_id"] == story.ids["case"]]
    yield "reminders", person.found("/v1/reminders", case_id=story.ids["case"], **after)


def custody(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in events if each["type"] in {*map(stored, STEPS.values()), NEUTRAL}]


def stored(event: type[Event]) -> str:
    return event.stored


NEUTRAL = "CircumstancesRecorded"


def test_the_centre_and_the_auditor_read_what_it_was_and_when(office: Office, story: Story) -> None:
    for person in (office.caseworker, office.coordinator, office.auditor):
        answers = dict(read(person, story))
        for events in (answers["history"]["events"], answers["timeline"]["entries"]):
            told = {each["occurred_on"]: each["type"] for each in custody(events)}
            assert told == {day: event.stored for day, event in DAYS.items()}
        steps = {each["step"] for each in custody(answers["history"]["events"])}
        assert steps == STEPS.keys()


def test_the_division_reads_that_circumstances_were_recorded_and_the_month(
    office: Office, story: Story
) -> None:
    answers = dict(read(office.division, story))
    for events in (answers["history"]["events"], answers["timeline"]["entries"]):
        told = custody(events)
        assert {each["type"] for each in told} == {NEUTRAL}
        assert sorted(each["occurred_on"] for each in told) == sorted(f"{d[:7]}-01" for d in DAYS)
    for event in custody(answers["history"]["events"]):
        assert (event["step"], event["fields"], event["masked"]) == ("record-circumstances", {}, [])
    assert all(entry["details"] == {} for entry in custody(answers["timeline"]["entries"]))


def test_no_answer_to_the_division_holds_a_kind_or_a_day_of_custody(
    office: Office, story: Story
) -> None:
    days = {day for day in (*DAYS, *FACTS) if not day.endswith("-01")}
    for way, answer in read(office.division, story):
        text = repr(answer)
        for told in (*STEPS, *map(stored, STEPS.values()), *days, "visit_in_prison"):
            assert repr(told) not in text, (way, told)
            assert f"/{told}" not in text, (way, told)
    assert any(repr(day) in repr(dict(read(office.auditor, story))) for day in FACTS)


def test_a_day_of_custody_cannot_be_found_by_asking_day_after_day(
    office: Office, story: Story
) -> None:
    """Of the days around the release, on which nothing else happened."""
    released = EXAMPLE.released_on
    days = [released + timedelta(days=number) for number in range(1 - released.day, 3)]

    def at(person: Person, day: date) -> Any:
        return person.found(f"{story.case}/history", occurred_by=str(day), limit=100)

    first, *others = (at(office.division, day) for day in days)
    assert all(each["events"] == first["events"] for each in others)
    assert all(each["state"] == first["state"] for each in others)
    before, on = (at(office.auditor, day) for day in (released - timedelta(days=1), released))
    assert before["version"] < on["version"]


def test_the_answer_to_a_step_of_custody_and_the_log_say_no_more(office: Office) -> None:
    story = Story(office)
    story.open()
    answer = story.take(office.caseworker, f"{story.case}/steps/begin-detention", "begin-detention")
    assert answer["events"] == [NEUTRAL]

    def logged() -> list[str]:
        return list(map(str, entries(office.system.data / "api.log", naming=story.ids["case"])))

    until(lambda: any("record-circumstances" in each for each in logged()))
    assert not any("detention" in each for each in logged())
