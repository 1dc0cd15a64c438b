"""A centre with the real rules on a real ledger: a coordinator, caseworkers, cases, batches of them."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import cast
from uuid import UUID, uuid4

from domain.batch.lines import digest_of
from domain.batch.state import BatchState
from domain.batch.steps import Answer, BatchLine, PrepareBatch, StartBatch
from domain.case import reviews
from domain.case.events import CaseworkerAssigned
from domain.case.steps import Consent, OpenCase
from domain.case.vocabulary import Route
from domain.example.beside import register_beneficiary, register_centre, register_staff
from domain.example.person import EXAMPLE, Person
from domain.example.registered import register_entries
from domain.message import (
    Actor,
    Command,
    Origin,
    OriginKind,
    Role,
    Step,
    StreamKind,
    derived_id,
    stream_id,
)
from domain.registry.state import REGISTRY
from domain.staff.state import DIRECTORY
from domain.staff.steps import IssueAccessKey
from ledger.ledger import Ledger
from ledger.opening import open_ledger
from ledger.postgres.schema import prepare
from ledger.recording.deciding import Receipt
from tests.support.postgres import SERVICE, PrivatePostgres
from tests.workflow.house import CALENDAR, MASTER_KEYS
from workflows.case.schedule import Schedule

ADMINISTRATOR = Actor(id=uuid4(), role=Role.ADMINISTRATOR)
DAY = date(2024, 7, 18)
SCHEDULE = Schedule(reviews, CALENDAR)


def open_centre_ledger(folder: Path) -> Ledger:
    return open_ledger(
        f"sqlite://{folder}/ledger.db",
        f"sqlite://{folder}/keys.db",
        MASTER_KEYS,
        calendar=CALENDAR,
    )


@contextmanager
def postgres_ledger() -> Iterator[Ledger]:
    """As `open_centre_ledger`, on a PostgreSQL of its own."""
    with PrivatePostgres() as server:
        database = server.create_database("batches")
        prepare(database.owner_url, SERVICE)
        url = database.service_url
        with closing(open_ledger(url, url, MASTER_KEYS, calendar=CALENDAR)) as ledger:
            yield ledger


@dataclass
class Centre:
    """What a test of batches talks to."""

    ledger: Ledger
    coordinator: Actor = field(init=False)
    leaver: Actor = field(init=False)
    heir: Actor = field(init=False)

    def __post_init__(self) -> None:
        for step in (register_centre(), *register_entries()):
            self.record(REGISTRY, step, ADMINISTRATOR)
        self.coordinator = self.hire(Role.COORDINATOR)
        self.leaver, self.heir = self.hire(Role.CASEWORKER), self.hire(Role.CASEWORKER)

    def record(self, target: str, step: Step, actor: Actor) -> Receipt:
        kind = OriginKind.API if actor.credential else OriginKind.IMPORT
        origin = Origin(kind=kind)
        return self.ledger.record(
            Command(id=uuid4(), target=target, step=step, actor=actor, origin=origin)
        )

    def hire(self, role: Role, centre: str | None = EXAMPLE.centre) -> Actor:
        """Somebody with a key."""
        post = register_staff(f"{role}-{uuid4().hex[:6]}", role, centre)
        staff_id = derived_id(self.record(DIRECTORY, post, ADMINISTRATOR).command_id, "staff")
        return self.keyed(Actor(id=staff_id, role=role, centre=centre))

    def keyed(self, actor: Actor) -> Actor:
        key = IssueAccessKey(
            occurred_on=date(2024, 1, 2), staff_id=actor.id, digest=uuid4().hex * 2
        )
        receipt = self.record(DIRECTORY, key, ADMINISTRATOR)
        credential = derived_id(receipt.command_id, "key")
        return actor.model_copy(update={"credential": credential})

    def opened(self, count: int) -> list[UUID]:
        """Cases of the leaver."""
        return [self._open(number) for number in range(count)]

    def _open(self, number: int) -> UUID:
        person, case = uuid4(), uuid4()
        who = Person(beneficiary_id=person, caseworker=self.leaver.id)
        registered = register_beneficiary(who, f"Somebody {number}", uuid4().hex[:8].upper())
        self.record(stream_id(StreamKind.BENEFICIARY, person), registered, self.leaver)
        opening = OpenCase(
            occurred_on=who.day(0),
            beneficiary_id=person,
            route=Route.AFTER_RELEASE,
            centre=EXAMPLE.centre,
            province=EXAMPLE.province,
            caseworker=self.leaver.id,
            consent=Consent(messages=True),
        )
        self.record(stream_id(StreamKind.CASE, case), opening, self.leaver)
        return case

    def prepared(
        self,
        cases: Iterable[UUID | None],
        said: str | None = None,
        takes: str = "assign-caseworker",
    ) -> UUID:
        """A batch that gives these cases to the heir, or takes another step for them."""
        batch = uuid4()
        lines = tuple(BatchLine(case_id=case, said=said) for case in cases)
        step = PrepareBatch(
            occurred_on=DAY,
            takes=takes,
            answers=(Answer(field="caseworker", value=str(self.heir.id)),),
            count=len(lines),
            lines=lines,
            explanation="They leave.",
        )
        self.on(batch, step)
        return batch

    def on(self, batch: UUID, step: Step, actor: Actor | None = None) -> None:
        self.record(stream_id(StreamKind.BATCH, batch), step, actor or self.coordinator)

    def start(self, batch: UUID, actor: Actor | None = None) -> None:
        digest = digest_of(self.state(batch))
        self.on(batch, StartBatch(occurred_on=DAY, looked_at=digest), actor)

    def state(self, batch: UUID) -> BatchState:
        return cast("BatchState", self.ledger.state(stream_id(StreamKind.BATCH, batch)))

    def given(self, case: UUID) -> list[UUID]:
        """To whom a case was given since it was opened, in the order of it."""
        events = (each.event for each in self.ledger.history(stream_id(StreamKind.CASE, case)))
        return [each.caseworker for each in events if isinstance(each, CaseworkerAssigned)]
