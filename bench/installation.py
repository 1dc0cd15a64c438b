"""A private installation to measure on, with cases opened through its API."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from domain.message import Role
from tests.support.postgres import PrivatePostgres
from tests.support.system import Person, System, on_postgres, running_system

CENTRE = "taza"


@contextmanager
def installation(folder: Path, *, postgres: bool, temporal: str) -> Iterator[System]:
    """`jisr up` on files in `folder`, or on a PostgreSQL of its own, durable as in production."""
    environment = {"JISR_TEMPORAL_ADDRESS": temporal}
    with ExitStack() as stack:
        if postgres:
            database = stack.enter_context(PrivatePostgres(durable=True)).create_database("bench")
            environment |= on_postgres(database, folder / "master.key")
        yield stack.enter_context(running_system(folder / "data", **environment))


def open_cases(system: System, count: int) -> tuple[Person, list[str]]:
    """A caseworker, and cases in detention whose reviews set timers months ahead."""
    system.administrator.step(
        "/v1/centres",
        {
            "occurred_on": "2020-01-02",
            "centre": CENTRE,
            "code": CENTRE[:3].upper(),
            "name_fr": CENTRE,
            "name_ar": CENTRE,
            "catchment": [{"province": CENTRE, "since": "2015-01-01"}],
        },
    )
    worker = system.hire(Role.CASEWORKER, CENTRE)
    return worker, [_open_case(worker, number) for number in range(count)]


def _open_case(worker: Person, number: int) -> str:
    person = {
        "occurred_on": "2026-01-05",
        "name_ar": f"سلمى المثال {number}",
        "name_latin": f"Salma Elmithal {number}",
        "sex": "female",
        "birth_date": "1991-05-17",
    }
    beneficiary = worker.step("/v1/beneficiaries", person)["ids"]["beneficiary"]
    opening = {
        "occurred_on": "2026-01-06",
        "beneficiary_id": beneficiary,
        "route": "detention",
        "centre": CENTRE,
        "province": CENTRE,
        "caseworker": worker.staff_id,
    }
    case_id: str = worker.step("/v1/cases", opening)["ids"]["case"]
    held = {"status": "sentenced", "detained_since": "2024-01-05", "expected_release": "2027-12-01"}
    ruling = {"eligible": True, "criteria": [{"criterion": "will", "met": True}]}
    for step, body in (
        ("record-social-enquiry", {"household_size": 4, "has_housing": True}),
        ("rule-on-eligibility", ruling),
        ("record-detention-status", held),
    ):
        worker.step(f"/v1/cases/{case_id}/steps/{step}", {"occurred_on": "2026-01-07"} | body)
    return case_id


@contextmanager
def bare_worker(address: str, namespace: str, polls: int) -> Iterator[None]:
    command = [sys.executable, "-m", "bench.bare", address, namespace, str(polls)]
    with subprocess.Popen(command) as process:
        try:
            yield
        finally:
            process.terminate()
