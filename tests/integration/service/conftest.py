"""One installation for all tests of the service, with staff in two centres."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from domain.message import Role
from service.api.steps.examples import EXAMPLES
from tests.support.proxy import ADDRESS
from tests.support.system import Person, System, running_system


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


@pytest.fixture(scope="package")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("installation")
    with running_system(folder, JISR_TRUSTED_PROXIES=ADDRESS) as started:
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
    return Office(
        system,
        administrator,
        system.hire(Role.CASEWORKER, "taza"),
        system.hire(Role.COORDINATOR, "taza"),
        system.hire(Role.CASEWORKER, "midelt"),
        system.hire(Role.DIVISION),
        system.hire(Role.AUDITOR),
    )
