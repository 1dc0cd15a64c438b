"""All that is kept of a person, handed over; and an erasure, said before it and certified after."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest

from domain.example.project import training_waived
from service.notify.channels import MessageChannel
from service.notify.outbox.message import Audience, MessageRow, State
from service.notify.outbox.store import Outbox
from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story, file_complaint, otherwise
from tests.support import papers
from tests.support.browsing import at_a_browser
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


def test_papers_messages_and_their_own_complaints_stand_in_it_and_go_along(office: Office) -> None:
    """Of the complaints those that whoever asks may read; the papers themselves in one file with it."""
    story, case, sms = Story(office), "case_id", MessageChannel.SMS
    story.open()
    data = papers.pdf()
    paper_id = office.caseworker.send(f"{story.case}/papers", data).json()["paper_id"]
    attached = {"occurred_on": "2023-02-01", "paper_id": paper_id, "kind": "diploma"}
    office.caseworker.step(f"{story.case}/steps/attach-document", attached)
    own: dict[str, Any] = {case: story.ids["case"], "complainant": "beneficiary"}
    file_complaint(story, words="Nobody called me back.", **own)
    about: dict[str, Any] = {
        "staff_id": office.coordinator.staff_id,
        "words": "The coordinator shouted.",
    }
    file_complaint(story, **own, **about)
    at, person_id = datetime(2024, 5, 1, 9, tzinfo=UTC), UUID(story.ids["beneficiary"])
    row = MessageRow(uuid4(), Audience.PERSON, person_id, sms, State.SENT, at, at, settled_at=at)
    with closing(Outbox(f"sqlite://{office.system.data}/outbox.db")) as outbox:
        outbox.put([replace(row, case_id=UUID(story.ids["case"]), version=1)])
    record = office.coordinator.found(f"{person(story)}/record", language="en")
    text = said(record)
    assert "Nobody called me back." in text
    assert "shouted" not in str(record), "to whom it is about it does not exist"
    assert "shouted" in said(office.auditor.found(f"{person(story)}/record", language="en"))
    assert "Text message" in text
    (paper,) = record["papers"]
    assert office.coordinator.get(paper["href"]).content == data
    with at_a_browser(office.system, office.coordinator) as coordinator:
        sent = coordinator.browser.get(f"/beneficiaries/{person_id}/record.zip")
    with ZipFile(BytesIO(sent.content)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert names[:2] == ["record.pdf", "record.json"]
        assert archive.read(names[2]) == data
        told = json.loads(archive.read("record.json"))
    assert told["papers"][0]["sha256"] == sha256(data).hexdigest()
    assert not any("Elmithal" in each for each in (*names, sent.headers["content-disposition"]))


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
