"""Every example of the documentation passes, and what was done can be read."""

import re

import pytest

from service.access.table import FOR_PAGES, STEPS
from service.api.steps.examples import EXAMPLES
from tests.integration.service.batched import every_step_of_a_batch
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story, every_step


@pytest.fixture(scope="module")
def delivered(office: Office) -> Story:
    story = Story(office)
    story.until_delivery()
    return story


def test_every_step_has_an_example_and_every_example_passes(
    office: Office, delivered: Story
) -> None:
    every_step_of_a_batch(delivered)
    taken = every_step(office, delivered)
    taken_elsewhere = {"register-centre", "register-entry", "register-staff"}
    taken_elsewhere |= {"issue-access-key", "revoke-access-key", "acknowledge-notices"}
    taken_elsewhere |= {"end-credentials", "record-departure"} | FOR_PAGES
    taken_elsewhere |= {"name-delegate", "end-delegation", "change-reach", "end-reach"}
    taken_elsewhere |= {"register-partner", "end-partner"}
    taken_elsewhere |= {"close-centre", "reopen-centre", "change-catchment", "correct-catchment"}
    taken_elsewhere |= {"merge-entries", "undo-entry-merge"}
    taken_elsewhere |= {"pause-batch", "resume-batch"}
    assert taken | taken_elsewhere == STEPS.keys() == EXAMPLES.keys()


def test_a_case_says_what_is_open_and_why_the_rest_is_not(office: Office) -> None:
    story = Story(office)
    story.open()
    case = office.caseworker.found(story.case)
    assert case["stage"] == "detention"
    assert re.fullmatch(r"TAZ-23-\d{4}", case["reference"])
    opened = {step["step"]: step for step in case["open_steps"]}
    assert opened["record-social-enquiry"]["href"] == f"{story.case}/steps/record-social-enquiry"
    assert opened["record-social-enquiry"]["yours"]
    assert not opened["assign-caseworker"]["yours"]
    closed = {step["step"]: step for step in case["closed_steps"]}
    assert closed["agree-plan"]["code"] == "needs_not_assessed"
    french = office.caseworker.http.get(story.case, headers={"Accept-Language": "fr-MA"}).json()
    reasons = {step["step"]: step["reason"] for step in french["closed_steps"]}
    assert reasons["agree-plan"].startswith("Évaluer")


def test_who_wrote_reads_it_in_every_view(office: Office, delivered: Story) -> None:
    story, person = Story(office), office.caseworker
    story.until_delivery()
    name = story.ids["case"]
    wanted = {"at_least": story.position, "text": "سلمي", "stage": "follow_up"}
    page = person.step("/v1/cases/search", wanted)
    (row,) = [row for row in page["cases"] if row["case_id"] == name]
    assert row["reference"] == person.found(story.case)["reference"]
    timeline = person.found(f"{story.case}/timeline", at_least=story.position)
    assert timeline["entries"][0]["type"] == "BeneficiaryRegistered"
    agreement = person.found(f"/v1/agreements/{story.ids['agreement']}")
    assert agreement["delivered"] == "32000.00"
    assert [project["case_id"] for project in agreement["projects"]] == [name]
    ceremony = person.found(f"/v1/ceremonies/{story.ids['ceremony']}")
    assert [(line["case_id"], line["state"]) for line in ceremony["lines"]] == [(name, "told")]
    report = office.division.found("/v1/reports/ceremony", ceremony_id=story.ids["ceremony"])
    assert report["total"]["total"] == "32000.00"
    assert report["total"]["cost_a_head"] == "32000.00"
    assert person.found("/v1/agreements")["agreements"]
    assert person.found("/v1/ceremonies", province="taza")["ceremonies"]


def test_a_case_can_be_read_as_it_stood_and_as_it_was_known(
    office: Office, delivered: Story
) -> None:
    auditor, case = office.auditor, delivered.case
    whole = auditor.found(f"{case}/history", limit=3)
    assert [event["version"] for event in whole["events"]] == [1, 2, 3]
    assert whole["next_after"] == 3
    assert auditor.found(f"{case}/history", after=3, limit=1)["events"][0]["version"] == 4
    early = auditor.found(f"{case}/history", version=1)
    assert (early["version"], early["state"]["outcome"]) == (1, None)
    detained = auditor.found(f"{case}/history", occurred_by=str(delivered.way.day(299)))
    assert detained["state"]["custody"]["stays"][-1]["left"] is None
    unknown = auditor.found(f"{case}/history", known_by="2020-01-01T00:00:00Z")
    assert (unknown["version"], unknown["state"], unknown["events"]) == (0, {}, [])
