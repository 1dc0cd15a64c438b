"""Temporal does not answer: steps of cases wait or are turned away, and nothing else is."""

from uuid import uuid4

import pytest

from domain.message import StreamKind, stream_id
from service.api.steps.examples import EXAMPLES
from service.bootstrap import opened_ledger
from tests.faults.crowd import Crowd, insist
from tests.faults.house import House
from tests.faults.parts import kill_part, pid_of
from tests.integration.service.story import somebody
from tests.support.halting import halted

NOTE = EXAMPLES["add-note"]


@pytest.fixture
def case(on_files: House) -> str:
    return Crowd(on_files).open()


def notes_in(house: House, case: str) -> int:
    with opened_ledger(house.settings) as ledger:
        history = ledger.history(stream_id(StreamKind.CASE, case.rpartition("/")[2]))
    return [recorded.envelope.event_type for recorded in history].count("NoteAdded")


def test_a_step_is_turned_away_and_passes_under_its_key_when_temporal_is_back(
    on_files: House, case: str
) -> None:
    by, path, key = on_files.caseworker, f"{case}/steps/add-note", uuid4().hex
    with halted(pid_of(on_files.data, "temporal")):
        away = by.post(path, NOTE, key=key)
        assert (away.status_code, away.json()["code"]) == (503, "unavailable")
        assert int(away.headers["retry-after"]) > 0
        assert away.headers["content-type"] == "application/problem+json"
        since = away.json()["params"]["sent_by"]
        receipt = by.get(f"/v1/receipts/{key}", sent_by=since)
        assert receipt.json()["params"]["sent_by"] == since
        assert 0 < receipt.json()["params"]["seconds"] <= 181
        by.step("/v1/beneficiaries", somebody())
        assert by.found(case)["open_steps"]
        assert by.found("/v1/cases")["cases"]
        refused = by.post(f"{case}/steps/record-visit", EXAMPLES["record-visit"])
        assert refused.json()["code"] == "track_not_open"
    done = insist(by, path, NOTE, key)
    assert insist(by, path, NOTE, key).content == done.content
    assert notes_in(on_files, case) == 1


@pytest.mark.parametrize("part", ["temporal", "worker"])
def test_a_step_sent_while_a_part_is_started_again_happens_once(
    on_files: House, case: str, part: str
) -> None:
    by, path, key = on_files.caseworker, f"{case}/steps/add-note", uuid4().hex
    kill_part(on_files.data, part)
    done = insist(by, path, NOTE, key)
    assert insist(by, path, NOTE, key).content == done.content
    assert notes_in(on_files, case) == 1
