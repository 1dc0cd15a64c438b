"""What people ask about their data, over HTTP: to whom it is told, with the days that are left."""

from datetime import UTC, datetime

import pytest

from domain.values.calendar import local_date
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.system import Person

SEE = {"kind": "see", "asked_by": "person"}


@pytest.fixture(scope="module")
def asked(office: Office) -> Story:
    """Somebody who asked today to see what is kept of them."""
    story = Story(office)
    story.open()
    path = f"/v1/beneficiaries/{story.ids['beneficiary']}/steps/receive-data-request"
    story.position = office.caseworker.step(path, _today() | SEE)["position"]
    return story


def _today() -> dict[str, str]:
    return {"occurred_on": str(local_date(datetime.now(UTC)))}


def _theirs(reader: Person, story: Story) -> list[dict[str, object]]:
    told = {"beneficiary_id": story.ids["beneficiary"], "at_least": story.position}
    return list(reader.found("/v1/data-requests", **told)["data_requests"])


def test_it_is_told_in_its_centre_with_the_days_left_and_without_a_name_to_the_division(
    asked: Story,
) -> None:
    office = asked.office
    (row,) = _theirs(office.coordinator, asked)
    assert (row["kind"], row["name_latin"]) == ("see", "Salma Elmithal")
    assert row["days_left"] in range(30, 30 + 7)
    (masked,) = _theirs(office.division, asked)
    assert (masked["name_latin"], masked["reference"]) == (None, row["reference"])
    assert _theirs(office.elsewhere, asked) == []
    refused = office.administrator.get("/v1/data-requests")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


def test_a_caseworker_takes_it_down_and_a_coordinator_answers(asked: Story) -> None:
    office = asked.office
    path = f"/v1/beneficiaries/{asked.ids['beneficiary']}/steps/answer-data-request"
    answer = _today() | {"kind": "see", "answer": "granted", "identity_seen": True}
    assert office.caseworker.post(path, answer).json()["code"] == "not_allowed"
    unseen = office.coordinator.post(path, answer | {"identity_seen": False})
    assert (unseen.status_code, unseen.json()["code"]) == (422, "identity_not_seen")
    asked.position = office.coordinator.step(path, answer)["position"]
    (row,) = _theirs(office.coordinator, asked)
    assert (row["answer"], row["days_left"]) == ("granted", None)
