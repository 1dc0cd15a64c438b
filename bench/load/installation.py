"""A private installation to measure on, with cases opened through its API."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from itertools import takewhile
from pathlib import Path
from uuid import UUID

from domain.case.custody.steps import BeginDetention
from domain.case.steps import RecordEducation
from domain.commands import step_name
from domain.example.beside import register_beneficiary, register_centre
from domain.example.person import EXAMPLE
from domain.example.way import Way
from domain.message import Role
from service.api.steps.examples import body_of
from tests.support.postgres import PrivatePostgres
from tests.support.system import Person, System, on_postgres, running_system

BEGINS = date(2026, 1, 6)
RELEASED = date(2027, 12, 1)
"""Expected so late that every case has reviews months ahead."""


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
    system.administrator.step("/v1/centres", body_of(register_centre()))
    system.register_entries()
    worker = system.hire(Role.CASEWORKER, EXAMPLE.centre)
    return worker, [_open_case(worker, number) for number in range(count)]


def _open_case(worker: Person, number: int) -> str:
    person = body_of(register_beneficiary(name=f"Salma Elmithal {number}", card=f"B{number:06}"))
    beneficiary = worker.step("/v1/beneficiaries", person)["ids"]["beneficiary"]
    way = Way(UUID(beneficiary), UUID(worker.staff_id), begins=BEGINS)
    held = takewhile(lambda step: not isinstance(step, RecordEducation), way.to_release())
    opening, *others = held
    case_id: str = worker.step("/v1/cases", body_of(opening))["ids"]["case"]
    for step in others:
        late = {"expected_end": RELEASED} if isinstance(step, BeginDetention) else {}
        body = body_of(step.model_copy(update=late))
        worker.step(f"/v1/cases/{case_id}/steps/{step_name(step)}", body)
    return case_id


@contextmanager
def bare_worker(address: str, namespace: str, polls: int) -> Iterator[None]:
    command = [sys.executable, "-m", "bench.load.bare", address, namespace, str(polls)]
    with subprocess.Popen(command) as process:
        try:
            yield
        finally:
            process.terminate()
