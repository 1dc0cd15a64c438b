"""What was sealed, over HTTP: each proof is verified here with no part of the ledger at hand."""

import sqlite3
from base64 import b64decode
from collections.abc import Sequence
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest

from ledger.proof.checkpoint import Checkpoint
from ledger.proof.notes import Note, Signer, VerifierKey, signed_note
from ledger.proof.proofs import Inclusion
from ledger.proof.streams import StreamsProof, verify_version
from ledger.proof.tree import verify_consistency
from service.bootstrap import looked_at_ledger, opened_ledger
from service.running.doctor.finding import Severity
from service.running.doctor.proof import proof
from service.settings import Settings
from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.browsing import at_a_browser

SAID = words(Language.ENGLISH)


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    story = Story(office)
    story.open()
    seal(office)
    story.on("record-contact")
    seal(office)
    return story


def seal(office: Office) -> None:
    with opened_ledger(Settings(data=office.system.data)) as ledger:
        ledger.sealed.catch_up()
        ledger.sealed.checkpoint(anew=True)


def keys_of(page: dict[str, Any]) -> list[VerifierKey]:
    return [VerifierKey.parsed(each) for each in page["verifier_keys"]]


def hashes(encoded: Sequence[str]) -> list[bytes]:
    return [b64decode(each) for each in encoded]


def test_an_earlier_checkpoint_is_the_beginning_of_what_stands_now(story: Story) -> None:
    caseworker = story.office.caseworker
    page = caseworker.found("/v1/checkpoints")
    earlier, later = (
        Checkpoint.parsed(Note.parsed(each["note"]).text) for each in page["checkpoints"][-2:]
    )
    for each in page["checkpoints"]:
        assert Note.parsed(each["note"]).verified(keys_of(page))
        assert caseworker.found(f"/v1/checkpoints/{each['number']}") == each
    proof = caseworker.found(
        "/v1/checkpoints/consistency", from_size=earlier.size, to_size=later.size
    )
    path = hashes(proof["path"])
    verify_consistency(earlier.size, later.size, path, earlier.root, later.root)


def test_a_receipt_is_proved_to_who_holds_it_and_an_event_to_the_auditor(story: Story) -> None:
    office, key = story.office, uuid4().hex
    path = f"{story.case}/steps/record-contact"
    position = office.caseworker.post(path, story.body("record-contact"), key=key).json()[
        "position"
    ]
    seal(office)
    proof = office.caseworker.found(f"/v1/receipt-proofs/{key}")
    assert (proof["position"], proof["sealed"]) == (position, "sealed")
    page = office.auditor.found("/v1/checkpoints")
    found = Inclusion.parsed(proof["tlog_proof"])
    found.verify(keys_of(page))
    assert found.index == position - 1
    assert story.ids["case"].encode() in found.entry
    assert office.auditor.found(f"/v1/events/{position}/proof") == proof
    assert office.caseworker.get(f"/v1/events/{position}/proof").json()["code"] == "not_allowed"


def test_these_are_all_events_of_a_case_at_the_last_checkpoint(story: Story) -> None:
    seal(story.office)
    proof = story.office.caseworker.found(f"{story.case}/proof")
    root = Checkpoint.parsed(Note.parsed(proof["checkpoint"]["note"]).text).streams
    assert root is not None
    bucket = StreamsProof(b64decode(proof["bucket"]), hashes(proof["path"]))
    version = verify_version(proof["stream"], bucket, root)
    assert version == proof["sealed_version"] == proof["version"]
    told = story.office.auditor.found(f"{story.case}/history")["events"]
    assert len(told) == version


@pytest.mark.parametrize(
    ("path", "asked", "code"),
    [
        ("/v1/checkpoints/0", {}, "checkpoint_unknown"),
        ("/v1/checkpoints/99999", {}, "checkpoint_unknown"),
        ("/v1/checkpoints/one", {}, "validation_failed"),
        ("/v1/checkpoints/consistency", {"from_size": 0}, "tree_size_unknown"),
        ("/v1/checkpoints/consistency", {"from_size": 2, "to_size": 1}, "tree_size_unknown"),
        ("/v1/checkpoints/consistency", {"to_size": 10**9}, "tree_size_unknown"),
        ("/v1/events/0/proof", {}, "event_unknown"),
        (f"/v1/events/{10**9}/proof", {}, "event_unknown"),
        (f"/v1/events/{10**20}/proof", {}, "validation_failed"),
        ("/v1/receipt-proofs/none", {}, "nothing_recorded"),
    ],
)
def test_what_was_never_sealed_is_said_so(
    story: Story, path: str, asked: dict[str, int], code: str
) -> None:
    assert story.office.auditor.get(path, **asked).json()["code"] == code


def test_what_is_brought_along_is_compared_and_said_in_words(story: Story) -> None:
    office = story.office
    seal(office)
    page = office.auditor.found("/v1/checkpoints")
    note = page["checkpoints"][0]["note"]
    proof = office.auditor.found("/v1/events/1/proof")["tlog_proof"]
    origin = page["origin"]
    ours = Note.parsed(note)
    stranger = Signer(f"{origin}x", bytes(32))
    ahead = Checkpoint(origin, 10**6, bytes(32))
    told = {
        note: "stands",
        note.replace("\n", "\r\n").strip(): "stands",
        proof: "stands",
        note[:-9]: "broken",
        proof[:-9]: "broken",
        proof.replace("index 0", "index 1"): "broken",
        note.replace(f"\n{page['checkpoints'][0]['size']}\n", "\n999999\n", 1): "broken",
        "anything": "broken",
        str(signed_note(ours.text, [stranger])): "unknown_key",
        str(signed_note(ours.text.replace(origin, f"{origin}x"), [stranger])): "of_another",
        str(Note(ahead.text, ours.signatures)): "broken",
    }
    for text, comes in told.items():
        found = office.caseworker.step("/v1/proof-checks", {"text": text})
        assert found["comes"] == comes, text
    said = SAID.page["proof_checkpoint_stands"].format(size=ours_size(ours))
    with at_a_browser(office.system, office.auditor) as auditor:
        assert auditor.browser.get("/proof").status_code == 200
        assert auditor.browser.get("/proof/checkpoints/1").status_code == 200
        assert auditor.browser.get("/proof/checkpoints/0").status_code == 404
        assert SAID.page["proof_is_sealed"] in auditor.browser.get("/proof/events/1").text
        assert auditor.browser.get("/proof/events/x").status_code == 404
        assert said in auditor.browser.post("/proof", data={"text": note}).text
    with at_a_browser(office.system, office.caseworker) as caseworker:
        assert caseworker.browser.get(f"/cases/{story.ids['case']}/proof").status_code == 200
        assert caseworker.browser.get("/proof/events/1").status_code == 404
    with at_a_browser(office.system, office.elsewhere) as other:
        assert other.browser.get(f"/cases/{story.ids['case']}/proof").status_code == 404


def ours_size(note: Note) -> int:
    return Checkpoint.parsed(note.text).size


@pytest.mark.parametrize("table", ["heads", "checkpoints"])
def test_what_was_signed_and_garbled_since_is_refused_with_what_to_do(
    story: Story, table: str
) -> None:
    office = story.office
    seal(office)
    with closing(sqlite3.connect(office.system.data / "ledger.db.proof")) as owner, owner:
        owner.execute("DROP TRIGGER IF EXISTS checkpoints_no_update")
        kept = owner.execute(f"SELECT log, note, rowid FROM {table}").fetchall()  # noqa: S608 (ours)
        owner.execute(f"UPDATE {table} SET note = x'ff00'")  # noqa: S608 (as above)
    try:
        asked = ("/v1/checkpoints", "/v1/events/1/proof", f"{story.case}/proof")
        for path in asked[: 1 if table == "heads" else 3]:
            assert office.auditor.get(path).json()["code"] == "tree_differs", path
        with at_a_browser(office.system, office.auditor) as auditor:
            assert auditor.browser.get("/proof").status_code == 409
        settings = Settings(data=office.system.data)
        with looked_at_ledger(settings) as ledger:
            assert [each.severity for each in proof(ledger, settings)] == [Severity.BROKEN]
    finally:
        with closing(sqlite3.connect(office.system.data / "ledger.db.proof")) as owner, owner:
            back = f"UPDATE {table} SET note = ? WHERE rowid = ?"  # noqa: S608 (as above)
            owner.executemany(back, [(note, row) for _, note, row in kept])
