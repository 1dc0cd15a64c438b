"""A fault of ours inside a rule is named at once, and stands in nobody else's way."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import httpx

from domain.example.way import Way
from domain.message import OriginKind, StreamKind, stream_id
from service.api.steps.examples import EXAMPLES
from service.bootstrap import opened_ledger
from service.case_steps import A_LOOK_LASTS
from tests.faults.crowd import decided
from tests.faults.house import House
from tests.faults.planted import STUMBLE
from tests.integration.service.story import somebody
from tests.support.waiting import until
from tests.support.written import entries, files_in


def opened_case(house: House) -> tuple[str, str]:
    """The addresses of a new person and of their case."""
    person = house.caseworker.step("/v1/beneficiaries", somebody())["ids"]["beneficiary"]
    way = Way(UUID(person), UUID(house.caseworker.staff_id))
    opening = way.steps()[0].model_dump(mode="json")
    case = house.caseworker.step("/v1/cases", opening)["ids"]["case"]
    return f"/v1/beneficiaries/{person}", f"/v1/cases/{case}"


def assert_named(house: House, response: httpx.Response, log: str) -> None:
    """A problem with a reference by which the log tells more, but not what was sent."""
    problem: dict[str, Any] = response.json()
    assert (response.status_code, problem["code"]) == (500, "unexpected"), problem
    reference = str(problem["params"]["reference"])
    assert re.fullmatch("[0-9a-f]{8}", reference)
    assert STUMBLE not in response.text
    assert "ZeroDivisionError" in str(entries(house.data / log, naming=reference))
    assert [file for file, content in files_in(house.data) if STUMBLE.encode() in content] == []


def assert_goes_on(house: House, case: str) -> None:
    """The very same step passes when it does not stumble, and others do."""
    for step in ("record-contact", "add-note", "pause-case", "resume-case"):
        house.caseworker.step(f"{case}/steps/{step}", EXAMPLES[step])


def test_a_fault_found_before_temporal_is_asked(planted: House) -> None:
    _, case = opened_case(planted)
    body, key = EXAMPLES["record-contact"] | {"note": STUMBLE}, uuid4().hex
    time.sleep(A_LOOK_LASTS)
    for _ in range(2):
        response = planted.caseworker.post(f"{case}/steps/record-contact", body, key=key)
        assert_named(planted, response, "api.log")
    assert planted.caseworker.get(f"/v1/receipts/{key}").status_code == 404
    assert_goes_on(planted, case)
    assert_goes_on(planted, opened_case(planted)[1])


def test_a_fault_in_the_worker(planted: House) -> None:
    _, case = opened_case(planted)
    body, key = EXAMPLES["pause-case"] | {"explanation": STUMBLE}, uuid4().hex
    for _ in range(2):
        response = planted.caseworker.post(f"{case}/steps/pause-case", body, key=key)
        assert_named(planted, response, "worker.log")
    assert_goes_on(planted, case)
    assert_goes_on(planted, opened_case(planted)[1])


def test_a_fault_beside_others_steps_stops_none_of_them(planted: House) -> None:
    cases = [opened_case(planted)[1] for _ in range(4)]
    bad = EXAMPLES["pause-case"] | {"explanation": STUMBLE}

    def send(number: int) -> int:
        step, body = ("pause-case", bad) if number % 5 == 0 else ("add-note", EXAMPLES["add-note"])
        path = f"{cases[number % 4]}/steps/{step}"
        return decided(planted.caseworker, path, body, uuid4().hex).status_code

    with ThreadPoolExecutor(20) as threads:
        statuses = list(threads.map(send, range(40)))
    assert statuses == [500 if number % 5 == 0 else 200 for number in range(40)]


def test_a_fault_in_a_step_that_no_workflow_orders(planted: House) -> None:
    person, case = opened_case(planted)
    bad = EXAMPLES["change-details"] | {"address": STUMBLE}
    path = f"{person}/steps/change-details"
    assert_named(planted, planted.caseworker.post(path, bad), "api.log")
    planted.caseworker.step(path, EXAMPLES["change-details"])
    assert_goes_on(planted, case)


def test_a_reminder_that_cannot_be_recorded_holds_no_step_up(planted: House) -> None:
    _, case = opened_case(planted)
    detained = EXAMPLES["begin-detention"]
    planted.caseworker.step(f"{case}/steps/begin-detention", detained)
    log = planted.data / "worker.log"
    until(lambda: "in RecordReminder" in log.read_text(), "no reminder fell due")
    assert_goes_on(planted, case)
    stream = stream_id(StreamKind.CASE, case.rpartition("/")[2])
    with opened_ledger(planted.settings) as ledger:
        origins = {recorded.envelope.origin.kind for recorded in ledger.history(stream)}
    assert origins == {OriginKind.API}
