"""All that is kept of a person, handed over; and an erasure, said before it and certified after."""

from typing import Any

import pytest

from domain.example.project import training_waived
from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story, otherwise
from tests.support.commands import jisr
from tests.support.printed import text_of

ON = {"occurred_on": "2026-09-02"}


@pytest.fixture(scope="module")
def closed(office: Office) -> Story:
    """Somebody who was detained, never received anything, and whose case was closed."""
    story = Story(office)
    with story.beforehand():
        story.sign()
        story.open()
        story.walk(otherwise(story, training_waived), until="sign-undertaking")
        story.on("drop-items", "end-approval", "confirm-case-request", "issue-attestation")
    given_up = story.body("close-case") | {"outcome": "disengaged"}
    story.take(office.caseworker, story.path("close-case"), "close-case", given_up)
    return story


def person(story: Story) -> str:
    return f"/v1/beneficiaries/{story.ids['beneficiary']}"


def said(record: dict[str, Any]) -> str:
    return " ".join(
        f"{entry['title']} {entry['by']} {line['label']} {line['value']}"
        for section in record["sections"]
        for entry in section["entries"]
        for line in entry["lines"]
    )


def test_it_tells_all_in_the_persons_language_custody_and_readers_too(closed: Story) -> None:
    office, path = closed.office, f"{person(closed)}/record"
    office.coordinator.found(person(closed))
    record = office.coordinator.found(path, at_least=closed.position)
    assert record["language"] == "ar"
    text = said(office.coordinator.found(path, language="en"))
    custody = words(Language.ENGLISH).event["DetentionBegun"]
    for told in (
        "Salma Elmithal",
        custody,
        closed.body("record-social-enquiry")["findings"],
        "Centre d'acc",
    ):
        assert told in text, told
    looked = next(s for s in record["sections"] if s["title"] == "من اطلع على معطياتكم")
    assert looked["entries"]
    events = {each["stream"].partition("/")[0] for each in record["streams"]}
    assert events == {"beneficiary", "case", "project"}
    for reader in (office.caseworker, office.division, office.administrator):
        assert reader.get(path).json()["code"] == "not_allowed"
    assert office.receiver.get(path).json()["code"] == "other_centre"


def test_it_is_printed_whole(closed: Story) -> None:
    path = f"{person(closed)}/papers-out/record"
    paper = closed.office.coordinator.get(path, language="fr")
    assert paper.status_code == 200, paper.text
    text = text_of(paper.content)
    assert "Salma Elmithal" in text
    assert "Vos droits" in text


def test_an_erasure_is_said_before_it_and_certified_after(closed: Story) -> None:
    office, path = closed.office, f"{person(closed)}/erasure"
    office.coordinator.get(f"{person(closed)}/papers-out/record", language="fr")
    assert office.auditor.get("/v1/exchange/xes").status_code == 200
    reference = office.coordinator.found(closed.case)["reference"]
    data = office.system.data
    to = ["--data", str(data), reference, str(data.parent / "case.json")]
    assert jisr("export", "prov", *to).returncode == 0
    before = office.coordinator.found(path, at_least=closed.position)
    assert (before["standing"], before["done"], before["earliest"]) == ("possible", None, None)
    assert before["takes"]["entries"] > 10
    copies = {"print-person-record", "attestation", "get-event-log", "file-prov"}
    assert copies <= {each["what"] for each in before["outside"]}
    certificate = f"{person(closed)}/papers-out/erasure-certificate"
    assert office.coordinator.get(certificate).json()["code"] == "nothing_to_print"
    steps = f"{person(closed)}/steps"
    office.division.step(f"{steps}/request-erasure", ON)
    assert office.division.found(path)["standing"] == "asked"
    done = office.coordinator.step(f"{steps}/confirm-beneficiary-request", ON)
    after = office.division.found(path, at_least=done["position"])
    kept = ("reference", "outcome", "delivered", "paid")
    told = [[each[name] for name in kept] for each in (before["leaves"][0], after["leaves"][0])]
    assert (after["standing"], told[0]) == ("erased", told[1])
    assert after["done"]["asked_by"].startswith("division")
    assert after["done"]["confirmed_by"].startswith("coordinator")
    text = text_of(office.coordinator.get(certificate).content)
    assert "Salma" not in text
    assert before["leaves"][0]["reference"] in text
    gone = office.coordinator.get(f"{person(closed)}/record")
    assert (gone.status_code, gone.json()["code"]) == (410, "erased")
