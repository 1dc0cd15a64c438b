"""Once somebody is erased, no byte of any file of the installation says their words any more."""

from dataclasses import dataclass
from typing import Any

from domain.example.project import training_waived
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story, file_complaint, otherwise
from tests.support.commands import jisr
from tests.support.system import Person
from tests.support.waiting import until
from tests.support.written import files_in

MARK = "Waddahaelmanssiya"
ON = {"occurred_on": "2026-09-02"}
SHARED = frozenset({"sign-agreement", "schedule-session", "record-minutes", "plan-cohort"})
"""What is said in these is of nobody."""


@dataclass
class Marked(Story):
    """A person in all of whose texts a word stands that stands nowhere else."""

    marked: int = 0

    def take(
        self, person: Person, path: str, step: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        said = body or self.body(step)
        return Story.take(self, person, path, step, said if step in SHARED else self._said(said))

    def _said(self, told: Any) -> Any:
        if isinstance(told, dict):
            return {name: self._said(each) for name, each in told.items()}
        if isinstance(told, list):
            return [self._said(each) for each in told]
        if isinstance(told, str) and " " in told and told.isascii() and told[0].isalpha():
            self.marked += 1
            return f"{told} {MARK}"
        return told


def places(office: Office) -> list[str]:
    """The files in which the word stands."""
    words = MARK.encode()
    return [file.name for file, said in files_in(office.system.data) if words in said]


def test_no_file_says_a_word_of_somebody_who_was_erased(office: Office) -> None:
    story = Marked(office)
    with story.beforehand():
        story.sign()
        story.open()
        story.walk(otherwise(story, training_waived), until="sign-undertaking")
        story.on("drop-items", "end-approval", "confirm-case-request")
        file_complaint(story, case_id=story.ids["case"])
    given_up = story.body("close-case") | {"outcome": "disengaged"}
    story.take(office.caseworker, story.path("close-case"), "close-case", given_up)
    assert story.marked > 20
    person, case = f"/v1/beneficiaries/{story.ids['beneficiary']}", story.ids["case"]
    lines = [{"case_id": case, "said": f"Salma {MARK}"}]
    batch = story.body("prepare-batch") | {"lines": lines, "count": 1}
    office.coordinator.step("/v1/batches", batch)
    asked = {"kind": "erase", "asked_by": "person", "in_their_words": f"All of it. {MARK}"}
    office.caseworker.step(f"{person}/steps/receive-data-request", ON | asked)
    found = office.coordinator.post("/v1/cases/search", {"text": MARK})
    assert MARK in found.text
    assert any(each.startswith("views") for each in places(office))
    office.division.step(f"{person}/steps/request-erasure", ON)
    done = office.coordinator.step(f"{person}/steps/confirm-beneficiary-request", ON)
    until(lambda: not places(office), lambda: f"a word is left in {places(office)}")
    told = {"beneficiary_id": story.ids["beneficiary"], "at_least": done["position"]}
    (request,) = office.coordinator.found("/v1/data-requests", **told)["data_requests"]
    assert (request["answer"], request["name_latin"], request["days_left"]) == (
        *("granted", None, None),
    )
    verified = jisr("audit", "verify", "--data", str(office.system.data))
    assert verified.returncode == 0, verified.stdout
    again = office.division.post(f"{person}/steps/request-erasure", ON)
    assert (again.status_code, again.json()["code"]) == (410, "erased")
