"""What is told late, through the door: taken as of its own day, or refused with what would fall."""

import pytest

from domain.case.custody.steps import RecordRelease
from domain.case.steps import RecordEducation
from service.api.steps.examples import body_of
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story


@pytest.fixture
def story(office: Office) -> Story:
    """Free, with a project that is proposed."""
    story = Story(office)
    with story.beforehand():
        story.open()
        story.walk(story.way.steps(), until="record-study")
    return story


def test_education_inside_told_after_the_release_is_taken(office: Office, story: Story) -> None:
    told = story.way.step(RecordEducation)
    late = told.model_copy(update={"occurred_on": story.way.day(230)})
    address = f"{story.case}/steps/record-education"
    assert office.caseworker.post(address, body_of(late)).status_code == 200
    afterwards = told.model_copy(update={"occurred_on": story.way.day(310)})
    refused = office.caseworker.post(address, body_of(afterwards))
    assert (refused.status_code, refused.json()["code"]) == (409, "not_in_detention")


def test_what_would_fall_is_named_behind_the_veil_in_the_askers_language(
    office: Office, story: Story
) -> None:
    release = story.way.step(RecordRelease)
    earlier = release.model_copy(update={"occurred_on": story.way.day(150)})
    address = f"{story.case}/steps/record-release"
    refused = office.caseworker.post(address, body_of(earlier))
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (409, "rests_on_it")
    month = story.way.day(200).replace(day=1)
    assert f"record-circumstances {month}" in problem["params"]["entries"]
    assert "record-education" not in refused.text
    assert "Circumstances recorded (July 2023)" in problem["detail"]
