"""What was sealed, over HTTP: each proof is verified here with no part of the ledger at hand."""

from base64 import b64decode
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest

from ledger.proof.checkpoint import Checkpoint
from ledger.proof.notes import Note, VerifierKey
from ledger.proof.proofs import Inclusion
from ledger.proof.streams import StreamsProof, verify_version
from ledger.proof.tree import verify_consistency
from service.bootstrap import opened_ledger
from service.settings import Settings
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story


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
    return [VerifierKey.parsed(each) for each in page["keys"]]


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
