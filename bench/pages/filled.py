"""An installation of the size on hand: thousands of cases, recorded by the rules in little time.

Sixty people of a centre go their way together: one session decides on them, one ceremony hands
over, the year's agreement pays, and one order is placed for twenty. A group begins every few
weeks, so that every stage has its cases today. Some stop halfway, and a few have long histories.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import NamedTuple
from uuid import UUID, uuid4

from domain.beneficiary.vocabulary import Sex
from domain.case.steps import AddNote, RecordContact
from domain.case.vocabulary import Channel, ContactOutcome
from domain.ceremony.steps import RecordCeremonyHeld
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
from domain.example.way import Way, by_day, of_project, taken_by
from domain.message import (
    Actor,
    Command,
    Origin,
    OriginKind,
    Role,
    Step,
    StreamKind,
    command_id,
    derived_id,
    stream_id,
)
from domain.order.steps import LineOrdered, LineSum, PayInvoice, PlaceOrder, ReceiveLines
from domain.registry.state import REGISTRY
from domain.rules import NEWEST
from domain.staff.state import DIRECTORY
from domain.staff.steps import IssueAccessKey
from domain.tracks.self_employment.steps import (
    ConfirmDelivery,
    PlaceOnCeremony,
    ProposeProject,
)
from ledger.ledger import Ledger
from service.demo.people import FAMILIES, MEN, MENS_TRADES, WOMEN, WOMENS_TRADES
from service.identity.access_keys import digest_of

CENTRES = ("taza", "midelt", "tarfaya", "fes")
TOGETHER = 60
"""People of one session and one ceremony."""
CASELOAD = 40
"""Cases of one caseworker."""
OLDEST, YOUNGEST = 1500, 60
"""Days ago the first group began, and the last."""
PUT, APPROVED, LISTED = 370, 395, 520
"""Days after its begin a group waits for its session, for its order, for its ceremony."""
ORDERED = 400
"""The day of the order, counted from the begin."""
STOPPED = 0.15
"""The part of people who stop somewhere on their way."""
ORDERED_FOR = 20
"""People of each group for whom one order is placed."""
LONG = 3
"""So many of the first centre have a history of ENTRIES."""
ENTRIES = 200
GROUP = 200
"""Commands in a commit."""
IMPORT = Origin(kind=OriginKind.IMPORT)


class Filled(NamedTuple):
    """What stands in it, for who looks at it: of the first centre, the earliest first."""

    keys: dict[Role, str]
    """An access key of somebody of each role; of a centre's staff theirs."""
    people: dict[UUID, UUID]
    """By their case."""
    long: tuple[UUID, ...]
    """The cases with the longest histories."""
    sessions: tuple[UUID, ...]
    ceremonies: tuple[UUID, ...]
    agreements: tuple[UUID, ...]
    orders: tuple[UUID, ...]
    long_orders: tuple[UUID, ...]
    """Those for many people at once."""
    receipts: tuple[str, ...]
    """Keys under which the caseworker has sent a note."""


@dataclass
class Centre:
    """A centre with its staff, and what has come of its people."""

    code: str
    coordinator: Actor
    caseworkers: list[Actor] = field(default_factory=list)
    agreements: dict[int, UUID] = field(default_factory=dict)
    """By the year in which they hand over."""
    people: dict[UUID, UUID] = field(default_factory=dict)
    long: list[UUID] = field(default_factory=list)
    sessions: list[UUID] = field(default_factory=list)
    ceremonies: list[UUID] = field(default_factory=list)
    orders: list[UUID] = field(default_factory=list)
    long_orders: list[UUID] = field(default_factory=list)


@dataclass
class Person:
    """Somebody's way, as far as it goes."""

    way: Way
    case_id: UUID
    steps: list[Step]
    project_id: UUID | None = None

    def part(self, after: date, until: date) -> list[Step]:
        return [s for s in self.steps if after < s.occurred_on <= until]


@dataclass
class Writing:
    """Commands recorded many in a commit."""

    ledger: Ledger
    waiting: list[Command] = field(default_factory=list)

    def add(self, target: str, step: Step, actor: Actor, key: str = "") -> UUID:
        """The command's id; under a key where one is given."""
        name = command_id(actor.id, key) if key else uuid4()
        command = Command(id=name, target=target, step=step, actor=actor, origin=IMPORT)
        self.waiting.append(command)
        if len(self.waiting) >= GROUP:
            self.flush()
        return command.id

    def flush(self) -> None:
        results = self.ledger.record_all(self.waiting)
        for command, result in zip(self.waiting, results, strict=True):
            if isinstance(result, JisrError):
                result.add_note(f"{command.step!r}: {result.params}")
                raise result
        self.waiting.clear()


class Filling:
    """Writes it, group by group."""

    def __init__(self, ledger: Ledger, today: date) -> None:
        self._writing = Writing(ledger)
        self._today = today
        self._random = Random(11)  # noqa: S311 - nothing that is secret
        self._boss = Actor(id=uuid4(), role=Role.ADMINISTRATOR)
        self._keys: dict[Role, str] = {}
        self._division = self._hire("division", Role.DIVISION, None)
        for role in (Role.AUDITOR, Role.ADMINISTRATOR):
            self._hire(str(role), role, None)
        self._number = 0

    def fill(self, count: int) -> Filled:
        """So many cases, over all centres."""
        centres = [self._centre(code) for code in CENTRES]
        left = count
        for age in _ages(-(-count // (TOGETHER * len(centres)))):
            for centre in centres:
                self._group(centre, self._today - timedelta(days=age), min(TOGETHER, left))
                left -= min(TOGETHER, left)
        first = centres[0]
        receipts = tuple(self._receipts(first))
        self._writing.flush()
        return Filled(
            keys=self._keys,
            people=first.people,
            long=tuple(first.long),
            sessions=tuple(first.sessions),
            ceremonies=tuple(first.ceremonies),
            agreements=tuple(first.agreements.values()),
            orders=tuple(first.orders),
            long_orders=tuple(first.long_orders),
            receipts=receipts,
        )

    def _receipts(self, centre: Centre) -> Iterator[str]:
        """A note on each case of the first caseworker, as by a form."""
        note = AddNote(occurred_on=self._today, text="Came by this morning.")
        for case_id in islice(centre.people, CASELOAD):
            key, target = f"bench-{case_id.hex}", stream_id(StreamKind.CASE, case_id)
            self._writing.add(target, note, centre.caseworkers[0], key)
            yield key

    def _hire(self, label: str, role: Role, centre: str | None) -> Actor:
        """With a key, whoever is the first of their role."""
        step = register_staff(label, role, centre)
        name = derived_id(self._writing.add(DIRECTORY, step, self._boss), "staff")
        if role not in self._keys:
            self._keys[role] = key = f"jisr_{len(self._keys):058}"
            issue = IssueAccessKey(occurred_on=self._today, staff_id=name, digest=digest_of(key))
            self._writing.add(DIRECTORY, issue, self._boss)
        return Actor(id=name, role=role, centre=centre)

    def _centre(self, code: str) -> Centre:
        example = Way(centre=code, province=code)
        for step in (register_centre(example), *register_entries(example)):
            self._writing.add(REGISTRY, step, self._boss)
        return Centre(code, self._hire(f"{code}-coordinator", Role.COORDINATOR, code))

    def _group(self, centre: Centre, begins: date, count: int) -> None:
        """Their ways side by side, what all need before."""
        if not count:
            return
        group = self._gathered(centre, begins)
        people = [self._person(centre, group) for _ in range(count)]
        ordered = min(group.day(ORDERED), self._today)
        before = min(group.day(ORDERED - 1), self._today)
        for each in people:
            self._tell(centre, each, each.part(date.min, before))
        some = [each for each in people if each.part(before, ordered)][:ORDERED_FOR]
        self._order_for(centre, group, some)
        for each in people:
            rest = each.part(before, self._today)
            theirs = uuid4()
            self._tell(centre, each, rest if each not in some else _unordered(rest), theirs)
        self._once(StreamKind.CEREMONY, group.ceremony_id, centre, group.step(RecordCeremonyHeld))

    def _gathered(self, centre: Centre, begins: date) -> Way:
        """Where a group is decided on, paid for, and handed over to."""
        session, ceremony = uuid4(), uuid4()
        way = Way(
            begins=begins,
            centre=centre.code,
            province=centre.code,
            session_id=session,
            ceremony_id=ceremony,
        )
        year = way.delivered_on.year
        if year not in centre.agreements:
            signed, name = sign_agreement(way, "90000000.00", 2000), uuid4()
            if self._once(StreamKind.AGREEMENT, name, centre, signed):
                centre.agreements[year] = name
        if self._once(StreamKind.SESSION, session, centre, schedule_session(way)):
            centre.sessions.append(session)
        self._once(StreamKind.SESSION, session, centre, record_minutes(way))
        if self._once(StreamKind.CEREMONY, ceremony, centre, schedule_ceremony(way)):
            centre.ceremonies.append(ceremony)
        return replace(way, agreement_id=centre.agreements.get(year, way.agreement_id))

    def _once(self, kind: StreamKind, name: UUID | None, centre: Centre, step: Step) -> bool:
        """Take a step beside the cases, if its day has come."""
        if step.occurred_on > self._today:
            return False
        self._writing.add(stream_id(kind, str(name)), step, self._by(centre, step))
        return True

    def _person(self, centre: Centre, group: Way) -> Person:
        """Registered, with a way of their own."""
        self._number += 1
        number, draw = self._number, self._random
        woman = draw.random() < 1 / 3
        given, family = draw.choice(WOMEN if woman else MEN), draw.choice(FAMILIES)
        way = replace(
            group,
            beneficiary_id=uuid4(),
            caseworker=self._caseworker(centre).id,
            trade=draw.choice(WOMENS_TRADES if woman else MENS_TRADES),
            number=number,
        )
        registered = register_beneficiary(way).model_copy(
            update={
                "name_ar": f"{given[0]} {family[0]}",
                "name_latin": f"{given[1]} {family[1]}",
                "sex": Sex.FEMALE if woman else Sex.MALE,
                "birth_date": date(1965, 1, 1) + timedelta(days=draw.randrange(12_000)),
            }
        )
        target = stream_id(StreamKind.BENEFICIARY, way.beneficiary_id)
        self._writing.add(target, registered, centre.caseworkers[-1])
        long = centre.code == CENTRES[0] and number % TOGETHER == 1 and len(centre.long) < LONG
        steps = by_day([*way.steps(), *_visits(way, draw), *_talks(way, ENTRIES if long else 5)])
        if not long and draw.random() < STOPPED:
            steps = _stopped(steps, draw.randrange(3, len(steps)))
        one = Person(way, uuid4(), steps)
        centre.people[one.case_id] = way.beneficiary_id
        if long:
            centre.long.append(one.case_id)
        return one

    def _caseworker(self, centre: Centre) -> Actor:
        """The last hired, or one more."""
        if len(centre.people) >= CASELOAD * len(centre.caseworkers):
            label = f"{centre.code}-caseworker-{len(centre.caseworkers) + 1}"
            centre.caseworkers.append(self._hire(label, Role.CASEWORKER, centre.code))
        return centre.caseworkers[-1]

    def _tell(
        self, centre: Centre, one: Person, steps: Iterable[Step], order: UUID | None = None
    ) -> None:
        for each in steps:
            step = each if one.project_id is None else of_project(each, one.project_id)
            kind = HANDLINGS[type(step)].kind
            name = order if kind is StreamKind.ORDER else one.case_id
            done = self._writing.add(stream_id(kind, str(name)), step, self._by(centre, step))
            if isinstance(step, ProposeProject):
                one.project_id = derived_id(done, "project")
            if isinstance(step, PlaceOrder) and order is not None:
                centre.orders.append(order)

    def _order_for(self, centre: Centre, group: Way, people: list[Person]) -> None:
        """One order for several people's items, as it comes in and is paid."""
        order = uuid4()
        lines = tuple(
            LineOrdered(project_id=each.project_id, item=number, price=item.price)
            for each in people
            if each.project_id is not None
            for number, item in enumerate(group.items, 1)
        )
        if not lines or group.day(ORDERED) > self._today:
            return
        centre.long_orders.append(order)
        supplier, contract = group.supplier, f"C-{order.hex[:8]}"
        numbers = tuple(range(1, len(lines) + 1))
        sums = tuple(LineSum(line=n, amount=line.price) for n, line in enumerate(lines, 1))
        for step in (
            PlaceOrder(
                occurred_on=group.day(ORDERED), supplier=supplier, contract=contract, lines=lines
            ),
            ReceiveLines(occurred_on=group.day(450), lines=numbers),
            PayInvoice(occurred_on=group.day(455), invoice=f"F-{order.hex[:8]}", lines=sums),
        ):
            self._once(StreamKind.ORDER, order, centre, step)

    def _by(self, centre: Centre, step: Step) -> Actor:
        match taken_by(step):
            case Role.COORDINATOR:
                return centre.coordinator
            case Role.DIVISION:
                return self._division
            case _:
                return centre.caseworkers[-1]


def _ages(groups: int) -> list[int]:
    """Days since each group began, the oldest first; three wait for something today."""
    every = (OLDEST - YOUNGEST) // max(1, groups - 1)
    spread = [OLDEST - number * every for number in range(groups)]
    for day in (PUT, APPROVED, LISTED)[: groups // 3]:
        nearest = min(spread, key=lambda age: abs(age - day))
        spread[spread.index(nearest)] = day
    return sorted(spread, reverse=True)


def _visits(way: Way, draw: Random) -> Iterator[Step]:
    """Nine in ten of those that fall due."""
    for months in NEWEST.visit_months:
        if draw.random() > 0.1:  # noqa: PLR2004 - see above
            yield visit(way, months)


def _talks(way: Way, many: int) -> Iterator[Step]:
    """Notes and contacts, all along the way."""
    for number in range(many):
        on = way.day(10 + number * 600 // many)
        if number % 2:
            yield AddNote(occurred_on=on, text="Came by; the workshop opens next week.")
        else:
            yield RecordContact(
                occurred_on=on, channel=Channel.PHONE, outcome=ContactOutcome.REACHED
            )


def _stopped(steps: list[Step], after: int) -> list[Step]:
    """So many of them; whoever comes to a ceremony's list is handed what stands on it."""
    given = [type(step) for step in steps].index(ConfirmDelivery)
    listed = any(isinstance(step, PlaceOnCeremony) for step in steps[:after])
    return steps[: max(after, given + 1) if listed else after]


def _unordered(steps: Iterable[Step]) -> list[Step]:
    return [s for s in steps if HANDLINGS[type(s)].kind is not StreamKind.ORDER]
