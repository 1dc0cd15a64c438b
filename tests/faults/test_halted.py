"""A part that stands still, or is away: the doctor names it within seconds, readiness tells of steps."""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import uuid4

import httpx
import pytest

from service.api.steps.examples import EXAMPLES
from service.running.doctor.examine import WITHIN, examine
from service.running.doctor.finding import Finding, Part
from tests.faults.crowd import Crowd
from tests.faults.house import House
from tests.faults.parts import kill_part, pid_of
from tests.integration.service.story import somebody
from tests.support import halting
from tests.support.waiting import until


@contextmanager
def halted(house: House, part: str) -> Iterator[int]:
    process = pid_of(house.data, part)
    try:
        with halting.halted(process):
            yield process
    finally:
        until_ready(house)


def readiness(house: House) -> tuple[int, str | None]:
    answer = httpx.get(f"{house.system.url}/readyz")
    return answer.status_code, answer.json().get("code")


def wrong(house: House) -> dict[Part, Finding]:
    began = time.monotonic()
    found = examine(house.settings)
    assert time.monotonic() - began < 2 * WITHIN
    return {each.part: each for each in reversed(found) if not each.is_well}


def until_said(house: House, said: Mapping[Part, str]) -> dict[Part, Finding]:
    """All that is wrong once this is said of these parts: a busy part may need a second look."""
    found: dict[Part, Finding] = {}

    def is_said() -> bool:
        found.clear()
        found.update(wrong(house))
        return all(part in found and text in found[part].found for part, text in said.items())

    until(is_said, f"it is not said: {said}")
    return found


def until_ready(house: House, status: int = 200, code: str | None = None) -> None:
    until(lambda: readiness(house) == (status, code), f"readiness does not say {status} {code}")


def test_a_halted_projector_is_named_and_steps_go_on(on_files: House) -> None:
    crowd = Crowd(on_files)
    case, position = crowd.open(), crowd.acknowledged[-1].answer["position"]
    on_files.caseworker.found("/v1/cases", at_least=position)
    with halted(on_files, "projector") as process:
        until_said(on_files, {Part.PROJECTOR: f"process {process} is halted"})
        on_files.caseworker.step(f"{case}/steps/add-note", EXAMPLES["add-note"])
        until_ready(on_files)
        until(lambda: is_behind(on_files), "nobody says that the projector is behind")
    until(lambda: Part.PROJECTOR not in wrong(on_files), "it stays behind")


def is_behind(house: House) -> bool:
    behind = [each.found for each in examine(house.settings) if not each.is_well]
    return any(re.fullmatch(r"\d+ events behind, and not moving", each) for each in behind)


@pytest.mark.parametrize(
    ("part", "code", "named"),
    [("worker", "no_worker", Part.WORKER), ("temporal", "process_engine_away", Part.TEMPORAL)],
)
def test_a_halted_part_that_steps_need_is_named_and_readiness_says_so(
    on_files: House, part: str, code: str, named: Part
) -> None:
    with halted(on_files, part):
        until_said(on_files, {named: "", Part.API: "no step can be taken there"})
        until_ready(on_files, 503, code)
        assert httpx.get(f"{on_files.system.url}/healthz").json() == {"status": "running"}


def test_a_halted_api_is_not_taken_for_another_program(on_files: House) -> None:
    with halted(on_files, "api") as process:
        said = f"process {process} is halted, as by SIGSTOP"

        def told() -> bool:
            found = [each.found for each in examine(on_files.settings) if each.part is Part.API]
            assert not any("is no Jisr" in each for each in found)
            return said in found and any("does not answer within" in each for each in found)

        until(told, "it is not said that the API is halted, and does not answer")


def test_a_killed_worker_is_no_worker_though_temporal_has_its_name_still(on_files: House) -> None:
    """`jisr up` starts it anew in a moment: until then readiness says that there is none."""
    seen: set[tuple[int, str | None]] = set()

    def told() -> bool:
        seen.add(readiness(on_files))
        return (503, "no_worker") in seen

    for _ in range(20):
        kill_part(on_files.data, "worker")
        if told():
            break
    until_ready(on_files)
    assert (503, "no_worker") in seen


def test_a_database_that_is_away_is_said_within_seconds(on_postgres: House) -> None:
    assert on_postgres.postgres is not None
    on_postgres.postgres.kill()
    try:
        found = until_said(on_postgres, {Part.KEYS: "does not answer", Part.API: ""})
        assert "another installation" not in found[Part.API].found
        assert readiness(on_postgres)[0] == 503
        assert httpx.get(f"{on_postgres.system.url}/healthz").status_code == 200
        step = on_postgres.caseworker.post("/v1/beneficiaries", somebody(), key=uuid4().hex)
        assert step.status_code == 503
    finally:
        on_postgres.postgres.restart()
    until_ready(on_postgres)
