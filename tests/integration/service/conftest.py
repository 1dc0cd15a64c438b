"""One installation for all tests of the service, with staff in two centres."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest

from domain.message import Role
from service.api.steps.examples import EXAMPLES
from tests.support.proxy import ADDRESS
from tests.support.system import Person, System, forked_system
from tests.support.written import whole_lines

NOT_BY_TIMERS = "SELECT count(*) FROM stored_events WHERE topic NOT LIKE 'ReminderRecorded:%'"


@dataclass
class Office:
    """The people of the tests, in a system where nothing else has happened."""

    system: System
    administrator: Person
    caseworker: Person
    coordinator: Person
    elsewhere: Person
    """A caseworker of another centre."""
    division: Person
    auditor: Person
    receiver: Person
    """The coordinator of that other centre."""

    def of(self, role: Role) -> Person:
        """Who takes the steps of a case that are this role's."""
        own = {Role.COORDINATOR: self.coordinator, Role.DIVISION: self.division}
        return own.get(role, self.caseworker)


@pytest.fixture(scope="package")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("installation")
    with forked_system(folder, JISR_TRUSTED_PROXIES=ADDRESS) as started:
        yield started


@pytest.fixture(scope="package")
def office(system: System) -> Office:
    return staffed(system)


def elsewhere(centre: str, code: str, *provinces: str) -> dict[str, Any]:
    """Of another centre what is not the example's: its name, and the provinces it serves."""
    catchment = [{"province": province, "since": "2015-01-01"} for province in provinces]
    return {"centre": centre, "code": code, "catchment": catchment}


def staffed(system: System) -> Office:
    """Its two centres and their staff, in a system that has just been started."""
    administrator = system.administrator
    centre = EXAMPLES["register-centre"]
    administrator.step("/v1/centres", centre)
    administrator.step("/v1/centres", centre | elsewhere("midelt", "MID", "midelt"))
    system.register_entries()
    return Office(
        system,
        administrator,
        system.hire(Role.CASEWORKER, "taza"),
        system.hire(Role.COORDINATOR, "taza"),
        system.hire(Role.CASEWORKER, "midelt"),
        system.hire(Role.DIVISION),
        system.hire(Role.AUDITOR),
        system.hire(Role.COORDINATOR, "midelt"),
    )


@pytest.fixture
def nothing_recorded(office: Office) -> Iterator[None]:
    """After the test the ledger is where it was, and no log has anything above WARNING."""

    def recorded() -> int:
        """By people: what falls due the workflows of others' cases record when it does."""
        with closing(
            sqlite3.connect(f"file:{office.system.data}/ledger.db?mode=ro", uri=True)
        ) as db:
            (events,) = db.execute(NOT_BY_TIMERS).fetchone()
        return int(events)

    before, loud = recorded(), loud_lines(office)
    yield
    assert recorded() == before
    assert loud_lines(office) == loud


def loud_lines(office: Office) -> list[bytes]:
    logs = (office.system.data / name for name in ("api.log", "worker.log"))
    lines = (line for log in logs for line in whole_lines(log))
    return [line for line in lines if b'"level": "error"' in line or b'"critical"' in line]
