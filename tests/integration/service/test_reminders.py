"""What became of each reminder, over HTTP and at the machine."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.case.schedule import OF_CUSTODY
from service.bootstrap import opened_outbox
from service.notify.channels import MessageChannel
from service.notify.outbox.message import Audience, MessageRow, State, message_id
from service.settings import Settings
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.integration.service.test_promises import remind
from tests.support import commands
from tests.support.system import Person


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    """Somebody who was handed something years ago, all of it told today."""
    story = Story(office)
    story.was_delivered()
    return story


def lives(person: Person, story: Story) -> dict[str, Any]:
    found: dict[str, Any] = person.found(f"{story.case}/reminders")
    return found


def jisr(office: Office, *arguments: str) -> Any:
    return commands.jisr("reminders", *arguments, JISR_DATA=str(office.system.data))


def test_each_life_says_by_which_step_it_came_and_ended(office: Office, story: Story) -> None:
    told = lives(office.caseworker, story)
    found = {each["review"]: each for each in told["lives"]}
    first, last = found["study/1"]["turns"]
    assert (first["turn"], first["step"]) == ("planned", "propose-project")
    assert (last["turn"], last["step"]) == ("done", "record-study")
    history = office.caseworker.found(f"{story.case}/history", limit=200)["events"]
    assert history[last["entry"] - 1]["step"] == "record-study"
    assert told["faults"] == 0
    assert told["ahead"] == sum(
        each["verdict"] == "ahead" for life in told["lives"] for each in life["reminders"]
    )


def test_who_may_not_know_of_custody_is_told_nothing_that_hangs_on_it(
    office: Office, story: Story
) -> None:
    told = lives(office.division, story)["lives"]
    assert told
    assert not {each["kind"] for each in told} & OF_CUSTODY
    assert {each["review"] for each in told} == {None}
    assert {turn["step"] for each in told for turn in each["turns"]} == {None}


def test_one_case_is_proved_at_the_machine(office: Office, story: Story) -> None:
    case = office.caseworker.found(story.case)
    by_reference = jisr(office, "prove", "--case", case["reference"])
    assert by_reference.returncode == 0, by_reference.stderr
    assert by_reference.stdout == jisr(office, "prove", "--case", case["case_id"]).stdout
    assert "done on 2023-12-26, by record-study" in by_reference.stdout
    assert "0 faults" in by_reference.stderr
    unknown = jisr(office, "prove", "--case", "TAZ-99-9999")
    assert (unknown.returncode, "no case TAZ-99-9999" in unknown.stderr) == (1, True)


def test_what_will_go_out_is_foreseen_for_whom(office: Office, story: Story) -> None:
    reference = office.caseworker.found(story.case)["reference"]
    found = jisr(office, "forecast", "--days", "900", "--centre", "taza", "--json")
    rows = [each for each in json.loads(found.stdout) if each["reference"] == reference]
    told = lives(office.caseworker, story)["lives"]
    ahead = {
        (life["review"], each["level"], each["goes_out_at"].replace("Z", "+00:00"))
        for life in told
        for each in life["reminders"]
        if each["verdict"] == "ahead"
    }
    foreseen = {(each["review"], each["level"], each["at"]) for each in rows}
    assert foreseen == {each for each in ahead if each[2] <= max(at for _, _, at in foreseen)}
    assert all(each["to"] != ["nobody"] for each in rows)
    elsewhere = jisr(office, "forecast", "--centre", "midelt")
    assert reference not in elsewhere.stdout
    unknown = jisr(office, "forecast", "--centre", "nowhere")
    assert (unknown.returncode, "no centre nowhere" in unknown.stderr) == (1, True)


def test_a_life_says_what_was_sent_of_it_and_how_far_that_has_come(
    office: Office, story: Story
) -> None:
    remind(office, story)
    told = max(
        (each for life in lives(office.caseworker, story)["lives"] for each in life["reminders"]),
        key=lambda each: each["recorded_at"] or "",
    )
    assert told["to"], "the caseworker, or who stands in for them"
    assert told["messages"] == []
    now, version = datetime.now(UTC), office.caseworker.found(f"{story.case}/history")["version"]
    row = MessageRow(
        message_id("sent of it"),
        Audience.STAFF,
        UUID(office.caseworker.staff_id),
        MessageChannel.EMAIL,
        State.GATHERED,
        now,
        now,
        case_id=UUID(story.ids["case"]),
        version=version,
        digest=message_id("its digest"),
    )
    digest = replace(row, message_id=message_id("its digest"), case_id=None, digest=None)
    digest = replace(digest, state=State.FAILED, code="mailbox_unknown", attempts=1)
    with opened_outbox(Settings(data=office.system.data)) as outbox:
        outbox.put([row, digest])
    again = [
        each for life in lives(office.caseworker, story)["lives"] for each in life["reminders"]
    ]
    [sent] = [each["messages"] for each in again if each["messages"]]
    assert [(each["state"], each["code"]) for each in sent] == [("failed", "mailbox_unknown")]
