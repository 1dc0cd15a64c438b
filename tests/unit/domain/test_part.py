"""A part of the plan that was refused beside what others approved: the plan is told anew for it."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from domain.agreement.state import AgreementState
from domain.case.reviews import dues
from domain.case.schedule import ReviewKind
from domain.errors import Refused
from domain.example import project
from domain.example.beside import record_minutes, schedule_session, sign_agreement
from domain.message import Event, Step, StreamKind, stream_id
from domain.order.steps import LineOrdered, PlaceOrder
from domain.project.items import ItemEstimate, SourceShare
from domain.project.state import ProjectState
from domain.project.vocabulary import DecisionKind, RejectionReason
from domain.rules import DecidingBody, FundingSource
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.state import SelfEmployment, find_track
from tests.support.paper import DIVISION
from tests.unit.domain.conftest import House, decided

A, B, C = FundingSource.INDH_PRECARIOUS, FundingSource.SPECIAL, FundingSource.FOUNDATION
TEN, FIVE, NONE = Decimal("10000.00"), Decimal("5000.00"), Decimal("0.00")


def item(**shares: Decimal) -> ItemEstimate:
    """What each source is asked for of it; `own` is the holder's."""
    own = shares.pop("own", NONE)
    sources = tuple(
        SourceShare(source=FundingSource(source), amount=amount)
        for source, amount in shares.items()
    )
    price = own + sum(shares.values(), NONE)
    return ItemEstimate(label="a thing", estimated=price, own_cash=own, sources=sources)


FIRST, SHARED = item(indh_precarious=TEN), item(indh_precarious=TEN, special=FIVE)


@dataclass
class Part:
    """A project of two items: one source pays the first, and the second together with another."""

    house: House
    agreements: dict[FundingSource, UUID] = field(default_factory=dict)
    sessions: dict[DecidingBody, UUID] = field(default_factory=dict)

    @classmethod
    def submitted(cls, house: House, *items: ItemEstimate) -> "Part":
        part = cls(
            house, {A: house.way.agreement_id}, {DecidingBody.COMMITTEE: house.way.session_id}
        )
        for source in (B, C):
            part.agreements[source] = part.sign(source)
        part.sessions[DecidingBody.COMMISSION] = part.convene()
        for step in house.way.steps():
            if isinstance(step, s.SubmitToSession):
                break
            is_plan = isinstance(step, s.ProposeProject)
            told = {"items": items or (FIRST, SHARED), "start_up_cash": NONE}
            house.take(step.model_copy(update=told) if is_plan else step)
        for source in (A, B):
            part.submit(source)
        return part

    def sign(self, source: FundingSource) -> UUID:
        name = uuid4()
        terms = {"funding_source": source, "indh_phase": None}
        signed = sign_agreement().model_copy(update=terms)
        self.house.paper.take(stream_id(StreamKind.AGREEMENT, name), signed, DIVISION)
        return name

    def convene(self) -> UUID:
        """The commission's session, later than the committee's, and held."""
        name, meets_on = uuid4(), self.house.way.day(395)
        body = {"body": DecidingBody.COMMISSION, "committee": None, "meets_on": meets_on}
        stream, held = stream_id(StreamKind.SESSION, name), {"occurred_on": meets_on}
        self.house.paper.take(stream, schedule_session().model_copy(update=body), DIVISION)
        self.house.paper.take(stream, record_minutes().model_copy(update=held), DIVISION)
        return name

    def submit(self, source: FundingSource, day: int = 360) -> None:
        body = DecidingBody.COMMISSION if source is C else DecidingBody.COMMITTEE
        self.house.take(
            s.SubmitToSession(
                occurred_on=self.house.way.day(day),
                agreement_id=self.agreements[source],
                session_id=self.sessions[body],
            )
        )

    def decide(
        self, source: FundingSource, goods: Decimal | None = None, day: int = 381, **told: object
    ) -> None:
        """Approved over so much, or else rejected unless `told` says otherwise."""
        step = decided(self.house.way, goods or NONE, NONE)
        rejected = {"decision": DecisionKind.REJECT, "reason": RejectionReason.MONEY_EXHAUSTED}
        more = {} if goods is not None else rejected
        about = {"agreement_id": self.agreements[source], "occurred_on": self.house.way.day(day)}
        self.house.take(step.model_copy(update=about | more | told))

    def revise(self, *items: ItemEstimate, day: int = 390) -> list[Event]:
        return self.house.take(self.revision(*items, day=day))

    def revision(self, *items: ItemEstimate, day: int = 390, cash: str = "0.00") -> Step:
        told = {"items": items, "start_up_cash": Decimal(cash)}
        on = {"occurred_on": self.house.way.day(day)}
        return project.revision(self.house.way).model_copy(update=told | on)

    def order(self, number: int) -> Step:
        line = LineOrdered(
            project_id=self.house.project_id, item=number, price=self.project.items[number].bought
        )
        return PlaceOrder(
            occurred_on=self.house.way.day(400),
            supplier=self.house.way.supplier,
            contract="C",
            lines=(line,),
        )

    @property
    def project(self) -> ProjectState:
        state = self.house.paper.state(stream_id(StreamKind.PROJECT, self.house.project_id))
        assert isinstance(state, ProjectState)
        return state

    @property
    def track(self) -> SelfEmployment:
        found = find_track(self.house.case)
        assert found is not None
        return found

    def agreement(self, source: FundingSource) -> AgreementState:
        state = self.house.paper.state(stream_id(StreamKind.AGREEMENT, self.agreements[source]))
        assert isinstance(state, AgreementState)
        return state

    def due(self) -> dict[ReviewKind, date]:
        kinds = {ReviewKind.REVISION, ReviewKind.SUBMISSION, ReviewKind.DECISION, ReviewKind.STUDY}
        every = dues(self.house.case, self.house.paper.calendar)
        return {each.kind: each.due_on for each in every if each.kind in kinds}


def working(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def refused(part: Part, code: str, step: Step) -> None:
    recorded = len(part.house.paper.events)
    with pytest.raises(Refused) as refusal:
        part.house.take(step)
    assert refusal.value.code == code
    assert len(part.house.paper.events) == recorded


@pytest.fixture
def part(house: House) -> Part:
    """The one approved 20,000, the other refused its 5,000."""
    part = Part.submitted(house)
    part.decide(A, TEN + TEN)
    part.decide(B)
    return part


def test_a_refused_part_sends_the_plan_back_to_the_holder_for_thirty_days(part: Part) -> None:
    refused_on = part.house.way.day(381)
    assert part.due() == {ReviewKind.REVISION: working(refused_on + timedelta(days=30))}
    assert part.track.approved is not None


def test_whoever_decides_last_leaves_the_same(house: House) -> None:
    """The refusal may be told first, and the approval of that day or a later one after it."""
    part = Part.submitted(house)
    part.decide(B, day=381)
    assert ReviewKind.REVISION not in part.due(), "the other part is still before its session"
    part.decide(A, TEN + TEN, day=384)
    decided_on = part.house.way.day(384)
    assert part.due() == {ReviewKind.REVISION: working(decided_on + timedelta(days=30))}
    assert part.track.in_preparation


def test_told_late_an_approval_leaves_the_same(house: House) -> None:
    other = Part.submitted(replace(house, paper=house.paper.copy()))
    part = Part.submitted(house)
    part.decide(A, TEN + TEN, day=384)
    part.decide(B, day=381)
    other.decide(B, day=381)
    other.decide(A, TEN + TEN, day=384)
    assert part.due() == other.due()


def test_the_part_is_revised_and_put_to_another_source_while_the_others_stand(part: Part) -> None:
    """A part that costs as much needs no new study."""
    committed = part.agreement(A).money.committed
    refused(part, "payer_not_approved", signed(part).order(2))
    part.revise(FIRST, item(indh_precarious=TEN, foundation=FIVE))
    revised_on = part.house.way.day(390)
    assert part.due() == {ReviewKind.SUBMISSION: working(revised_on + timedelta(days=30))}
    part.submit(C, day=391)
    assert part.agreement(A).money.committed == committed
    assert part.project.equipment_amount == TEN + TEN
    assert not part.track.in_preparation or part.track.pending


def signed(part: Part) -> Part:
    part.house.take(s.SignUndertaking(occurred_on=part.house.way.day(390)))
    return part


def test_an_item_is_ordered_once_the_new_payer_approved(house: House) -> None:
    part = Part.submitted(house)
    part.decide(A, TEN + TEN)
    part.decide(B)
    part.revise(FIRST, item(indh_precarious=TEN, foundation=FIVE))
    part.submit(C, day=391)
    signed(part)
    refused(part, "payer_not_approved", part.order(2))
    part.decide(C, FIVE, day=396)
    assert not part.track.part_open
    assert part.due() == {}
    part.house.take(part.order(2))
    assert part.project.items[2].parts == {part.agreements[A]: TEN, part.agreements[C]: FIVE}


def part_off(part: Part) -> Step:
    """The other part is taken off its list."""
    return s.WithdrawSubmission(
        occurred_on=part.house.way.day(361), agreement_id=part.agreements[B], explanation="x"
    )


def test_it_is_put_to_the_same_source_again(part: Part) -> None:
    submit = s.SubmitToSession(occurred_on=part.house.way.day(391), agreement_id=part.agreements[B])
    refused(part, "part_not_revised", submit)
    part.revise(FIRST, SHARED)
    part.house.take(submit)
    assert set(part.track.pending) == {part.agreements[B]}


def test_what_is_sent_back_of_a_part_is_revised_too(house: House) -> None:
    part = Part.submitted(house)
    part.decide(A, TEN + TEN)
    part.decide(B, decision=DecisionKind.SEND_BACK, reason=None)
    assert set(part.due()) == {ReviewKind.REVISION}
    part.revise(FIRST, item(indh_precarious=TEN, own=FIVE))
    assert part.due() == {}
    assert not part.track.in_preparation


def test_what_is_ordered_of_an_approved_part_stays_ordered(part: Part) -> None:
    part.house.take(signed(part).order(1))
    refused(part, "approved_part_changed", part.revision(SHARED, SHARED))
    part.revise(FIRST, item(indh_precarious=TEN, foundation=FIVE))
    assert part.project.items[1].on_order
    assert 1 in part.track.equipment.ordered
    assert part.project.items[2].sources == {A: TEN, C: FIVE}


@pytest.mark.parametrize(
    "items",
    [
        (FIRST, item(indh_precarious=FIVE, special=TEN)),
        (FIRST, item(own=TEN + FIVE)),
        (item(indh_precarious=FIVE, own=FIVE), SHARED),
        (FIRST, SHARED, item(indh_precarious=FIVE)),
        (FIRST, SHARED, item(own=FIVE).model_copy(update={"own_cash": NONE})),
    ],
)
def test_nothing_changes_for_who_approved(part: Part, items: tuple[ItemEstimate, ...]) -> None:
    refused(part, "approved_part_changed", part.revision(*items))


def test_items_keep_their_numbers(part: Part) -> None:
    refused(part, "approved_item_missing", part.revision(FIRST))


def test_a_refused_part_that_is_given_up_is_nobodys_any_more(house: House) -> None:
    part = Part.submitted(house, FIRST, item(special=FIVE))
    part.decide(A, TEN)
    part.decide(B)
    part.house.take(
        s.DropItems(occurred_on=house.way.day(390), items=(2,), explanation="Too dear.")
    )
    assert part.due() == {}
    refused(part, "already_approved", part.revision(FIRST, item(special=FIVE), day=391))


def test_a_part_that_was_not_put_to_a_session_falls_due(house: House) -> None:
    """Taken off its list, it waits as a project does."""
    part = Part.submitted(house)
    part.house.take(part_off(part))
    part.decide(A, TEN + TEN)
    freed_on = part.house.way.day(361)
    assert part.due() == {ReviewKind.SUBMISSION: working(freed_on + timedelta(days=30))}


def test_a_part_that_costs_much_more_is_studied_anew(part: Part) -> None:
    part.revise(FIRST, item(indh_precarious=TEN, foundation=TEN + TEN))
    assert set(part.due()) == {ReviewKind.STUDY}
    part.house.take(
        s.RecordStudy(
            occurred_on=part.house.way.day(391),
            provider="ANAPEC",
            technically_sound=True,
            financially_sound=True,
            recommended_amount=TEN,
        )
    )


def test_what_everybody_approved_is_not_revised(house: House) -> None:
    part = Part.submitted(house)
    part.decide(A, TEN + TEN)
    part.decide(B, FIVE)
    refused(part, "already_approved", part.revision(FIRST, SHARED))


def test_nothing_is_revised_while_a_part_is_before_a_session(house: House) -> None:
    part = Part.submitted(house)
    part.decide(A, TEN + TEN)
    refused(part, "already_submitted", part.revision(FIRST, SHARED))


def test_a_replacement_asks_nobody_new(part: Part) -> None:
    """What nobody may approve any more could never be ordered."""
    replaced = s.ReplaceItem(
        occurred_on=part.house.way.day(390),
        item=1,
        by=item(indh_precarious=FIVE, foundation=FIVE),
        explanation="x",
    )
    refused(part, "replacement_above_approval", replaced)
