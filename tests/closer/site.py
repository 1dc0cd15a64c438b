"""A programme under way: the books, the people and things in it, and how a step is taken."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID, uuid5

from domain.asking.steps import ConfirmRequest, RefuseRequest
from domain.asking.waiting import Requests
from domain.case.state import CaseState
from domain.case.steps import CloseCase, EndTrack
from domain.ceremony.state import CeremonyState
from domain.ceremony.steps import ScheduleCeremony
from domain.cohort.state import CohortState
from domain.cohort.steps import PlanCohort
from domain.commands import HANDLINGS
from domain.errors import Refused
from domain.message import Actor, Recorded, Step, StreamKind, kind_of, name_of, stream_id
from domain.order.state import OrderState
from domain.order.steps import PlaceOrder
from domain.project.state import ProjectState
from domain.session.state import SessionState
from domain.session.steps import ScheduleSession
from domain.tracks.self_employment.events import (
    DecisionRecorded,
    DeliveryConfirmed,
    RecoveryRecorded,
)
from domain.tracks.self_employment.state import SelfEmployment, find_track
from domain.tracks.self_employment.steps import RecordDecision
from tests.closer.books import Books
from tests.closer.mirrored import contradictions
from tests.closer.oracle import Oracle, disagreements
from tests.closer.outside import Goods, Outside
from tests.support.paper import ROOT

stream_of = cache(stream_id)

CORRECTED = (DecisionRecorded, DeliveryConfirmed, RecoveryRecorded)
"""What moved money, and may be told otherwise."""

TODAY = date.max
"""In a step that may be open: the day on which it is taken, whichever that will be."""


@dataclass(frozen=True)
class Try:
    """A step that may be open."""

    target: str
    step: Step


@dataclass(frozen=True)
class Staff:
    """Who takes the steps."""

    caseworker: Actor
    coordinator: Actor
    division: Actor
    second: Actor
    """Of the division too: confirms what another asked for."""

    def who(self, step: Step) -> Actor:
        """The first who may; a decision is not recorded by whoever proposed, and where money was
        spent the coordinator ends it.
        """
        if isinstance(step, ConfirmRequest | RefuseRequest):
            return self.second
        if isinstance(step, RecordDecision | CloseCase | EndTrack):
            return self.coordinator
        who = HANDLINGS[type(step)].who
        for actor in (self.caseworker, self.coordinator):
            if actor.role in who:
                return actor
        return self.division


class DoesNotAddUpError(AssertionError):
    """The books and the oracle say different things."""


@dataclass
class Site:
    """One programme."""

    books: Books
    random: Random
    staff: Staff
    cases: list[UUID]
    agreements: list[UUID] = field(default_factory=list)
    sessions: list[UUID] = field(default_factory=list)
    ceremonies: list[UUID] = field(default_factory=list)
    orders: list[UUID] = field(default_factory=list)
    cohorts: list[UUID] = field(default_factory=list)
    outside: Outside = field(default_factory=Outside)
    oracle: Oracle | None = field(default_factory=Oracle)
    """None: nobody checks, as where others record beside."""
    refusals: int = 0
    taken: list[Try] = field(default_factory=list)
    """Every step that passed, to be told where one goes wrong."""
    told: dict[UUID, list[Recorded]] = field(default_factory=lambda: defaultdict(list))
    """The decisions and deliveries that were entered in each case."""
    entered: dict[UUID, list[Recorded]] = field(default_factory=lambda: defaultdict(list))
    """All that was recorded in each since the programme began."""
    drawn: Counter[str] = field(default_factory=Counter)
    """What passed of what was drawn by chance, by its kind."""
    late: int = 0
    """How many days after it happened what is taken now is entered."""
    _made: int = 0

    def new(self, kind: StreamKind) -> UUID:
        """An id for something that is made now."""
        self._made += 1
        return uuid5(ROOT, f"{kind} {self._made} of {self.random.getrandbits(64)}")

    @property
    def today(self) -> date:
        return self.books.today

    @property
    def day(self) -> date:
        """Of what is taken now: today, or an earlier one."""
        return self.books.today - timedelta(days=self.late)

    def wait_until(self, day: date) -> None:
        """Days pass; none where it is over."""
        self.books.pass_days(max(0, (day - self.today).days))

    def take(self, each: Try) -> Sequence[Recorded] | None:
        """What came of it; None where it is not so outside, or refused."""
        if each.step.occurred_on == TODAY:
            each = Try(each.target, each.step.model_copy(update={"occurred_on": self.day}))
        if not self.outside.bears_out(self, each.target, each.step):
            return None
        try:
            recorded = self.books.take(each.target, each.step, self.staff.who(each.step))
        except Refused:
            self.refusals += 1
            return None
        self.taken.append(each)
        for one in recorded:
            if kind_of(one.envelope.stream) is StreamKind.CASE:
                self.entered[UUID(name_of(one.envelope.stream))].append(one)
            if isinstance(one.event, CORRECTED):
                self.told[UUID(name_of(one.envelope.stream))].append(one)
        if self.oracle is not None:
            self.require_sums(self.oracle.hear(recorded), each.step)
            self.require_one_story(recorded, each.step)
        if (made := self._kept(each.step)) is not None:
            made.append(UUID(name_of(each.target)))
        return recorded

    def _kept(self, step: Step) -> list[UUID] | None:
        """Where what the step makes is kept."""
        match step:
            case PlaceOrder():
                return self.orders
            case ScheduleSession():
                return self.sessions
            case ScheduleCeremony():
                return self.ceremonies
            case PlanCohort():
                return self.cohorts
            case _:
                return None

    def require_sums(self, agreements: Iterable[UUID], after: object) -> None:
        """Raises `DoesNotAddUpError` unless the books say of each what the oracle says."""
        assert self.oracle is not None
        for agreement_id in agreements:
            if wrong := disagreements(self.oracle, agreement_id, self.agreement(agreement_id)):
                raise DoesNotAddUpError(f"after {after!r}: {wrong}")

    def waiting(self, target: str) -> Requests:
        """What was asked for about a case or an order, and somebody may still answer."""
        requests: Requests = self.books.state(target).requests
        now = self.books.now
        return {name: each for name, each in requests.items() if not each.lapsed(now)}

    def waiting_in(self, case_id: UUID, *steps: str) -> Requests:
        """Those in a case that were asked for by one of these steps."""
        asked = self.waiting(stream_of(StreamKind.CASE, case_id))
        return {name: each for name, each in asked.items() if each.step in steps}

    def require_one_story(self, recorded: Iterable[Recorded], after: object) -> None:
        """Raises `DoesNotAddUpError` unless each case says of its project what the project says."""
        for name in {each.envelope.stream for each in recorded}:
            if kind_of(name) is StreamKind.CASE and find_track(case := self.books.state(name)):
                project = self.project(UUID(name_of(name)))
                if wrong := contradictions(case, project):
                    raise DoesNotAddUpError(f"after {after!r}: {wrong}")

    def case(self, case_id: UUID) -> CaseState:
        state: CaseState = self.books.state(stream_of(StreamKind.CASE, case_id))
        return state

    def track(self, case_id: UUID) -> SelfEmployment:
        track = find_track(self.case(case_id))
        assert track is not None
        return track

    def track_id(self, case_id: UUID) -> UUID:
        """Of the same."""
        track = self.track(case_id)
        return next(each for each, own in self.case(case_id).tracks.items() if own is track)

    def project(self, case_id: UUID) -> ProjectState:
        """The project that the case has now; one of version 0 where it has none."""
        return self.project_named(self.track(case_id).project_id)

    def project_named(self, project_id: UUID | None) -> ProjectState:
        state: ProjectState = self.books.state(stream_of(StreamKind.PROJECT, project_id))
        return state

    def order(self, order_id: UUID) -> OrderState:
        state: OrderState = self.books.state(stream_of(StreamKind.ORDER, order_id))
        return state

    def session(self, session_id: UUID) -> SessionState:
        state: SessionState = self.books.state(stream_of(StreamKind.SESSION, session_id))
        return state

    def ceremony(self, ceremony_id: UUID) -> CeremonyState:
        state: CeremonyState = self.books.state(stream_of(StreamKind.CEREMONY, ceremony_id))
        return state

    def cohort(self, cohort_id: UUID) -> CohortState:
        state: CohortState = self.books.state(stream_of(StreamKind.COHORT, cohort_id))
        return state

    def agreement(self, agreement_id: UUID) -> Any:
        return self.books.state(stream_of(StreamKind.AGREEMENT, agreement_id))

    def goods_of(self, case_id: UUID, number: int) -> Goods | None:
        """What the item of a case's project is now."""
        return self._goods(self.project(case_id), number)

    def handed_over(self, case_id: UUID) -> ProjectState:
        """The project of which the case was handed something last, though it may be ended."""
        handovers = self.track(case_id).handovers
        return self.project_named(handovers[-1].project_id if handovers else None)

    def goods_handed(self, case_id: UUID, number: int) -> Goods | None:
        """As `goods_of`, of the project that was handed over."""
        return self._goods(self.handed_over(case_id), number)

    def _goods(self, project: ProjectState, number: int) -> Goods | None:
        item = project.items.get(number)
        return (item.order_id, item.line) if item and item.order_id and item.line else None

    def delivered(self, order_id: UUID, number: int) -> bool:
        """Whether what stands on a line was handed over."""
        line = self.order(order_id).lines[number]
        project = self.project_named(line.project_id)
        item = project.items[line.item]
        return item.delivered and (item.order_id, item.line) == (order_id, number)

    def intact(self, case_id: UUID) -> Iterator[int]:
        """The items that came, and can be handed over."""
        for number, item in self.project(case_id).items.items():
            whole = self.goods_of(case_id, number) not in self.outside.perished
            if item.received_on is not None and not item.settled and whole:
                yield number

    def to_be_had(self, case_id: UUID) -> bool:
        """Whether some of what was approved is here, or will come from whoever was to send it."""
        return any(True for _ in self.intact(case_id)) or any(
            item.order_id is not None
            and not item.settled
            and self.order(item.order_id).supplier not in self.outside.gone
            and self.goods_of(case_id, number) not in self.outside.perished
            for number, item in self.project(case_id).items.items()
        )
