"""A small programme to make events with: real steps, on a real ledger, with made-up people."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import dropwhile, takewhile
from random import Random
from uuid import UUID, uuid4

from domain.beneficiary.steps import ConfirmBeneficiaryRequest, RequestErasure
from domain.beneficiary.vocabulary import Sex
from domain.case.steps import (
    AddNote,
    CloseCase,
    RecordContact,
    RecordEducation,
    RecordReminder,
)
from domain.case.vocabulary import Outcome
from domain.commands import HANDLINGS
from domain.errors import JisrError
from domain.example.beside import (
    record_minutes,
    register_beneficiary,
    register_centre,
    register_staff,
    schedule_ceremony,
    schedule_session,
    sign_agreement,
)
from domain.example.project import visit
from domain.example.registered import register_entries
from domain.example.way import ANSWERS, Way, of_project, taken_by
from domain.message import (
    TIMER,
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
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from domain.staff.state import DIRECTORY
from domain.tracks.self_employment.steps import ProposeProject, RecordDecision
from domain.values.calendar import Calendar
from domain.values.trades import Trade
from ledger.ledger import Ledger, Receipt

CALENDAR = Calendar("test", frozenset({date(2024, 7, 30)}))
IMPORT = Origin(kind=OriginKind.IMPORT)
DIVISION = Actor(id=UUID("9d1f7c52-7b6e-4c3a-8f2d-6e5b4a3c2d17"), role=Role.DIVISION)
LAST_DAY = date(2024, 8, 20)
PROVED = datetime(2034, 9, 1, 9, tzinfo=UTC)
"""From then on whoever received something on the example's day can be erased."""


class Clock:
    """Goes on by a second each time it is asked, so that no two records share an instant."""

    def __init__(self) -> None:
        self.now = datetime(2024, 9, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class Programme:
    """Records steps as the service would."""

    ledger: Ledger
    random: Random = field(default_factory=lambda: Random(7))
    agreements: dict[str, UUID] = field(default_factory=dict)
    sessions: dict[str, UUID] = field(default_factory=dict)
    ceremonies: dict[str, UUID] = field(default_factory=dict)
    staff: dict[str, Actor] = field(default_factory=dict)

    def order(
        self,
        kind: StreamKind,
        name: UUID | str,
        step: Step,
        actor: Actor,
        *,
        reason: str | None = None,
        command_id: UUID | None = None,
    ) -> Command:
        """A command, not yet recorded."""
        return Command(
            id=command_id or self.new_id(),
            target=stream_id(kind, name),
            step=step,
            actor=actor,
            origin=IMPORT,
            reason=reason,
        )

    def new_id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def record(self, *commands: Command) -> list[Receipt]:
        results = self.ledger.record_all(commands)
        for command, result in zip(commands, results, strict=True):
            assert not isinstance(result, JisrError), (command.step, result.code, result.params)
        return [result for result in results if isinstance(result, Receipt)]

    @property
    def clock(self) -> Clock:
        clock = self.ledger._deciding.clock
        assert isinstance(clock, Clock)
        return clock

    def wait_until(self, instant: datetime) -> None:
        """Have the ledger's clock be there at least."""
        self.clock.now = max(self.clock.now, instant)

    def on(self, ledger: Ledger) -> "Programme":
        """As it is now, on a copy of its ledger."""
        known = deepcopy((self.random, self.agreements, self.sessions, self.ceremonies, self.staff))
        copied = Programme(ledger, *known)
        copied.wait_until(self.clock.now)
        return copied

    def settle(self, provinces: Sequence[str] = ("taza", "midelt")) -> None:
        """A centre of its own for each province, with staff, an agreement, a session and a ceremony.

        And a second person of the division, who agrees to what another asked for.
        """
        self._employ(None, Role.DIVISION)
        for province in provinces:
            example = Way(centre=province, province=province)
            registry = REGISTRY.partition("/")[2]
            for step in (register_centre(example), *register_entries(example)):
                self.record(self.order(StreamKind.REGISTRY, registry, step, FOUNDING_ADMINISTRATOR))
            for role in (Role.CASEWORKER, Role.COORDINATOR):
                self._employ(province, role)
            self.agreements[province] = self.sign(province)
            self.sessions[province] = name = self.new_id()
            for step in (schedule_session(example), record_minutes(example)):
                self.record(self.order(StreamKind.SESSION, name, step, DIVISION))
            self.ceremonies[province] = name = self.new_id()
            scheduled = schedule_ceremony(example)
            self.record(self.order(StreamKind.CEREMONY, name, scheduled, DIVISION))

    def _employ(self, centre: str | None, role: Role) -> None:
        directory = DIRECTORY.partition("/")[2]
        label = f"{centre or 'all'}-{role}"
        step = register_staff(label, role, centre)
        command = self.order(StreamKind.STAFF, directory, step, FOUNDING_ADMINISTRATOR)
        self.record(command)
        self.staff[label] = Actor(id=derived_id(command.id, "staff"), role=role, centre=centre)

    def sign(self, province: str, envelope: str = "900000000.00", places: int = 5000) -> UUID:
        name = self.new_id()
        step = sign_agreement(Way(province=province), envelope, places)
        self.record(self.order(StreamKind.AGREEMENT, name, step, DIVISION))
        return name

    def by(self, centre: str, step: Step) -> Actor:
        """Who of the centre takes the step in the example."""
        if isinstance(step, ANSWERS):
            return self.staff["all-division"]
        match taken_by(step):
            case Role.COORDINATOR:
                return self.coordinator(centre)
            case Role.DIVISION:
                return DIVISION
            case _:
                return self.caseworker(centre)

    def caseworker(self, centre: str) -> Actor:
        return self.staff[f"{centre}-caseworker"]

    def coordinator(self, centre: str) -> Actor:
        return self.staff[f"{centre}-coordinator"]


@dataclass
class Person:
    """One person's way; `commands` gives them all, each of which needs the ones before."""

    programme: Programme
    centre: str = "taza"
    name_ar: str | None = "سلمى المثال"
    name_latin: str | None = "Salma Elmithal"
    sex: Sex = Sex.FEMALE
    trade: Trade = Trade.SEWING
    beneficiary_id: UUID = field(default_factory=uuid4)
    case_id: UUID = field(default_factory=uuid4)
    order_id: UUID = field(default_factory=uuid4)
    project_id: UUID | None = None

    @property
    def way(self) -> Way:
        return Way(
            self.beneficiary_id,
            self.programme.caseworker(self.centre).id,
            self.programme.agreements[self.centre],
            self.programme.ceremonies[self.centre],
            self.programme.sessions[self.centre],
            centre=self.centre,
            province=self.centre,
            trade=self.trade,
        )

    def commands(self) -> list[Command]:
        """From registration to a visit, released, with everything delivered."""
        return [*self.intake(), *self.towards_approval(), *self.towards_delivery(), *self.visits()]

    def intake(self) -> list[Command]:
        """Registered, and opened; in detention."""
        named = {"name_ar": self.name_ar, "name_latin": self.name_latin, "sex": self.sex}
        register = register_beneficiary(
            self.way, card=f"ZZ{self.beneficiary_id.int % 10**12:012}"
        ).model_copy(update=named)
        person, worker = self.beneficiary_id, self.programme.caseworker(self.centre)
        registered = self.programme.order(StreamKind.BENEFICIARY, person, register, worker)
        opening, *others = takewhile(_before_education, self.way.to_release())
        opened = self.step(opening, reason="asked for by the family of Salma")
        return [registered, opened, *map(self.step, others)]

    def towards_approval(self) -> list[Command]:
        """Released, and approved in session."""
        released = dropwhile(_before_education, self.way.to_release())
        decided = self.way.step(RecordDecision)
        return [self.step(each) for each in (*released, *self.way.to_submission(), decided)]

    def towards_delivery(self) -> list[Command]:
        return [self.step(each) for each in self.way.to_delivery()]

    def visits(self) -> list[Command]:
        note = AddNote(occurred_on=LAST_DAY, text="a quiet note")
        return [self.step(visit(self.way, 1)), self.step(note)]

    def late(self) -> list[Command]:
        """What is entered long after it happened, and belongs among the earlier steps."""
        days = (self.way.day(301), self.way.day(35), date(2024, 9, 1), self.way.day(510))
        contact = self.way.step(RecordContact)
        return [self.step(contact.model_copy(update={"occurred_on": day})) for day in days]

    def reminder(self, review: str, due_on: date, at: datetime) -> Command:
        step = RecordReminder(occurred_on=date(2024, 9, 1), review=review, due_on=due_on, at=at)
        return Command(
            id=derived_id(self.case_id, f"reminder/{review}/{due_on}"),
            target=stream_id(StreamKind.CASE, self.case_id),
            step=step,
            actor=TIMER,
            origin=Origin(kind=OriginKind.TIMER),
        )

    def erase(self) -> None:
        """Close the case, ask, agree, and destroy the key, as the service does."""
        self.agree_to_erasure()
        self.programme.ledger.destroy_key(self.beneficiary_id)

    def agree_to_erasure(self) -> None:
        """What is recorded of it before the key is destroyed, once the proof is old enough."""
        self.programme.wait_until(PROVED)
        close = CloseCase(occurred_on=date(2024, 8, 30), outcome=Outcome.LEFT_COUNTRY)
        ask = RequestErasure(occurred_on=PROVED.date())
        agree = ConfirmBeneficiaryRequest(occurred_on=PROVED.date())
        person = (StreamKind.BENEFICIARY, self.beneficiary_id)
        self.programme.record(
            self.step(close),
            self.programme.order(*person, ask, DIVISION),
            self.programme.order(*person, agree, self.programme.staff["all-division"]),
        )

    def step(self, step: Step, *, actor: Actor | None = None, reason: str | None = None) -> Command:
        actor = actor or self.programme.by(self.centre, step)
        if self.project_id is not None:
            step = of_project(step, self.project_id)
        kind = HANDLINGS[type(step)].kind
        name = self.order_id if kind is StreamKind.ORDER else self.case_id
        command = self.programme.order(kind, name, step, actor, reason=reason)
        if isinstance(step, ProposeProject):
            self.project_id = derived_id(command.id, "project")
        return command


def _before_education(step: Step) -> bool:
    return not isinstance(step, RecordEducation)
