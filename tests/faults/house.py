"""An installation under attack: the running system, its settings, and the people in it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from domain.example.beside import record_minutes, register_centre, schedule_session
from domain.example.person import EXAMPLE
from domain.example.person import Person as Example
from domain.message import Actor, Role
from service.settings import Settings
from tests.support.postgres import PrivatePostgres
from tests.support.system import Person, System, on_postgres


@dataclass
class House:
    """A running installation with a centre and its staff."""

    system: System
    settings: Settings
    postgres: PrivatePostgres | None = None
    caseworker: Person = field(init=False)
    coordinator: Person = field(init=False)
    division: Person = field(init=False)
    auditor: Person = field(init=False)
    administrator: Person = field(init=False)

    @property
    def data(self) -> Path:
        return self.system.data

    def settle(self) -> None:
        hire = self.system.hire
        self.administrator = self.system.administrator
        self.administrator.step("/v1/centres", register_centre().model_dump(mode="json"))
        self.system.register_entries()
        self.caseworker = hire(Role.CASEWORKER, EXAMPLE.centre)
        self.coordinator = hire(Role.COORDINATOR, EXAMPLE.centre)
        self.division, self.auditor = hire(Role.DIVISION), hire(Role.AUDITOR)

    def of(self, role: Role) -> Person:
        """Who takes the steps of a case that are this role's."""
        own = {Role.COORDINATOR: self.coordinator, Role.DIVISION: self.division}
        return own.get(role, self.caseworker)

    def convene(self, who: Example = EXAMPLE) -> UUID:
        """A session on the example's day, with its minutes."""
        called = self.division.step("/v1/sessions", schedule_session(who).model_dump(mode="json"))
        session_id = UUID(called["ids"]["session"])
        path = f"/v1/sessions/{session_id}/steps/record-minutes"
        self.division.step(path, record_minutes(who).model_dump(mode="json"))
        return session_id

    def actor(self, person: Person, role: Role) -> Actor:
        """As whom a member of this centre's staff, or of the division, acts."""
        centre = None if role is Role.DIVISION else EXAMPLE.centre
        return Actor(id=UUID(person.staff_id), role=role, centre=centre)


HASTY = "tests.faults.hasty"


@contextmanager
def house_on_files(
    data: Path, environment: Mapping[str, str] | None = None, program: str = HASTY
) -> Iterator[House]:
    system = System(data, environment=dict(environment or {}), program=program, loads=False)
    with inhabited(House(system, Settings(data=data))) as house:
        yield house


@contextmanager
def house_on_postgres(data: Path) -> Iterator[House]:
    """With a PostgreSQL of its own, durable as in production, which may be killed."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = data / "keys" / "master.key"
    with PrivatePostgres(durable=True) as server:
        database = server.create_database("jisr")
        given = on_postgres(database, key)
        settings = Settings(data=data, database_url=database.service_url, master_key_file=key)
        system = System(data, environment=given, program=HASTY, loads=False)
        with inhabited(House(system, settings, server)) as house:
            yield house


@contextmanager
def inhabited(house: House) -> Iterator[House]:
    """Started, with its staff hired; stopped in the end."""
    try:
        house.system.start()
        house.settle()
        yield house
    finally:
        house.system.close()
