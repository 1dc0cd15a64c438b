"""What a source may pay of a project, of whom, and in which time."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.agreement.steps import AmendAgreement, SignAgreement
from domain.beneficiary.steps import ChangeDetails, CorrectIdentity
from domain.errors import Refused
from domain.example.beside import SISTER, register_beneficiary, sign_agreement
from domain.example.person import EXAMPLE
from domain.message import Step, StreamKind, stream_id
from domain.project.items import ItemEstimate
from domain.rules import NEWEST, FundingSource, HolderKind
from domain.tracks.self_employment import steps as ts
from tests.support.paper import DIVISION
from tests.unit.domain.conftest import House, decided

DAY = timedelta(days=1)
PERSON, COOPERATIVE = HolderKind.PERSON, HolderKind.COOPERATIVE
SESSION = EXAMPLE.session_on


def signed(house: House, **terms: object) -> None:
    """The house's agreement, under other terms."""
    stream = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    house.paper.states.pop(stream)
    step = SignAgreement.model_validate(dict(sign_agreement(envelope="900000.00")) | terms)
    house.paper.take(stream, step, DIVISION)


def submitted(
    house: House, cost: str, cash: str = "0.00", kind: HolderKind = PERSON, study: str = "900000.00"
) -> None:
    """A project of one item, at this cost."""
    for step in house.way.steps():
        if isinstance(step, ts.RecordDecision):
            return
        house.take(changed(step, cost, cash, kind, study))


def changed(step: Step, cost: str, cash: str, kind: HolderKind, study: str) -> Step:
    match step:
        case ts.ProposeProject():
            item = ItemEstimate(label="a machine", estimated=Decimal(cost))
            plan = {"items": (item,), "start_up_cash": Decimal(cash), "holder_kind": kind}
            return step.model_copy(update=plan)
        case ts.RecordStudy():
            return step.model_copy(update={"recommended_amount": Decimal(study)})
        case _:
            return step


def approve(house: House, goods: str, cash: str = "0.00") -> ts.RecordDecision:
    return decided(house.way, Decimal(goods), Decimal(cash))


def refused(house: House, code: str, step: Step) -> Refused:
    with pytest.raises(Refused) as refusal:
        house.take(step)
    assert refusal.value.code == code
    return refusal.value


@pytest.mark.parametrize(
    ("kind", "cost", "cash", "most"),
    [
        (PERSON, "35000.00", "0.00", "21000.00"),
        (PERSON, "33000.00", "2000.00", "21000.00"),
        (PERSON, "30001.50", "0.00", "18000.00"),
        (PERSON, "400000.00", "0.00", "100000.00"),
        (COOPERATIVE, "400000.00", "0.00", "240000.00"),
        (HolderKind.GROUP, "500001.00", "0.00", "300000.00"),
        (HolderKind.COMPANY, "600000.00", "0.00", "300000.00"),
    ],
)
def test_indh_income_pays_a_share_of_items_and_cash_in_whole_dirhams(
    house: House, kind: HolderKind, cost: str, cash: str, most: str
) -> None:
    signed(house, funding_source=FundingSource.INDH_INCOME)
    submitted(house, cost, cash, kind)
    more = str(Decimal(most) + Decimal("0.01"))
    refusal = refused(house, "ceiling_exceeded", approve(house, more))
    assert refusal.params["most"] == most
    house.take(approve(house, most))


@pytest.mark.parametrize("source", [FundingSource.INDH_PRECARIOUS, FundingSource.SPECIAL])
def test_precarious_and_special_sources_pay_all(house: House, source: FundingSource) -> None:
    signed(house, funding_source=source, indh_phase=None)
    submitted(house, "35000.00", "2000.00")
    house.take(approve(house, "35000.00", "2000.00"))


def test_a_ceiling_is_cut_and_not_rounded() -> None:
    ceiling = NEWEST.ceilings[FundingSource.INDH_INCOME][PERSON]
    assert ceiling.most(Decimal("33333.33")) == Decimal("19999.00")
    assert str(ceiling.most(Decimal("500000.00"))) == "100000.00"


@pytest.mark.parametrize(
    ("goods", "cash"), [("35000.00", "300000.00"), ("35000.00", "0.01"), ("0.01", "34999.99")]
)
def test_goods_and_cash_together_are_never_above_what_the_plan_costs(
    house: House, goods: str, cash: str
) -> None:
    submitted(house, "35000.00")
    total = Decimal(goods) + Decimal(cash)
    if total > Decimal("35000.00"):
        refused(house, "amount_exceeds_cost", approve(house, goods, cash))
    else:
        house.take(approve(house, goods, cash))


def test_a_ceiling_holds_for_cash_too(house: House) -> None:
    signed(house, funding_source=FundingSource.INDH_INCOME)
    submitted(house, "35000.00")
    refused(house, "ceiling_exceeded", approve(house, "0.01", "21000.00"))


@pytest.mark.parametrize(("in_kind", "passes"), [("5000.00", True), ("5000.01", False)])
def test_half_of_the_own_part_may_be_in_kind(house: House, in_kind: str, *, passes: bool) -> None:
    signed(house, funding_source=FundingSource.INDH_INCOME)
    own = Decimal("10000.00")
    item = ItemEstimate(
        label="a machine",
        estimated=Decimal("30000.00"),
        own_cash=own - Decimal(in_kind),
        own_in_kind=Decimal(in_kind),
    )
    for step in house.way.steps():
        if isinstance(step, ts.RecordDecision):
            break
        is_plan = isinstance(step, ts.ProposeProject)
        house.take(step.model_copy(update={"items": (item,)}) if is_plan else step)
    decision = approve(house, "18000.00")
    if passes:
        house.take(decision)
    else:
        refusal = refused(house, "own_part_mostly_in_kind", decision)
        assert refusal.params == {"most": "5000.00"}


def test_a_source_pays_what_the_plan_asks_it_for(house: House) -> None:
    """And not what the holder pays."""
    item = ItemEstimate(
        label="a machine", estimated=Decimal("35000.00"), own_cash=Decimal("14000.00")
    )
    for step in house.way.steps():
        if isinstance(step, ts.RecordDecision):
            break
        is_plan = isinstance(step, ts.ProposeProject)
        house.take(step.model_copy(update={"items": (item,)}) if is_plan else step)
    refusal = refused(house, "amount_exceeds_cost", approve(house, "21000.01"))
    assert refusal.params == {"cost": "21000.00"}
    house.take(approve(house, "21000.00"))


def test_more_than_the_study_recommends_needs_a_reason(house: House) -> None:
    submitted(house, "35000.00", study="5000.00")
    step = approve(house, "5000.01")
    refusal = refused(house, "recommendation_exceeded", step)
    assert refusal.params == {"recommended": "5000.00"}
    house.take(step.model_copy(update={"reasons": "Prices rose."}))


def test_what_the_study_recommends_needs_none(house: House) -> None:
    submitted(house, "35000.00", study="5000.00")
    house.take(approve(house, "5000.00"))


def test_a_session_decides_until_the_end_of_the_term(house: House) -> None:
    signed(house, ends_on=SESSION)
    submitted(house, "35000.00")
    house.take(approve(house, "30000.00"))


def test_no_session_decides_after_it(house: House) -> None:
    signed(house, ends_on=SESSION - DAY)
    house.walk(house.way.steps(), until=ts.SubmitToSession)
    submit = house.way.step(ts.SubmitToSession)
    refusal = refused(house, "agreement_ended", submit)
    assert refusal.params == {"latest": str(SESSION - DAY)}


def test_what_was_amended_to_end_before_it_is_not_approved(house: House) -> None:
    submitted(house, "35000.00")
    amended = AmendAgreement(
        occurred_on=SESSION,
        number=1,
        envelope=Decimal("900000.00"),
        planned_places=40,
        ends_on=SESSION - DAY,
        explanation="It ends sooner.",
    )
    stream = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    house.paper.take(stream, amended, DIVISION)
    refused(house, "agreement_ended", approve(house, "30000.00"))


def test_nothing_is_submitted_before_the_signing(house: House) -> None:
    signed(house, occurred_on=SESSION + DAY)
    house.walk(house.way.steps(), until=ts.SubmitToSession)
    refused(house, "date_before_earlier_step", house.way.step(ts.SubmitToSession))


def born(house: House, age: int, late: timedelta) -> None:
    """Of that age on the day of the session, or so much later."""
    birth = date(SESSION.year - age, SESSION.month, SESSION.day) + late
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    today = house.paper.today
    guardian = ChangeDetails(occurred_on=today, guardian=SISTER)
    house.paper.take(person, guardian, house.caseworker)
    known = register_beneficiary()
    told = CorrectIdentity(
        occurred_on=today,
        name_latin=known.name_latin,
        sex=known.sex,
        identity=known.identity,
        birth_date=birth,
        explanation="By the certificate of birth.",
    )
    house.paper.take(person, told, house.caseworker)


@pytest.mark.parametrize(
    ("age", "late", "passes"),
    [(18, 0, True), (18, 1, False), (35, 1, True), (35, 0, False), (33, 0, True)],
)
def test_the_young_are_from_18_to_34_on_the_day_of_the_session(
    house: House, age: int, late: int, *, passes: bool
) -> None:
    born(house, age, late * DAY)
    signed(house, funding_source=FundingSource.INDH_YOUTH)
    house.walk(house.way.steps(), until=ts.SubmitToSession)
    submit = house.way.step(ts.SubmitToSession)
    if not passes:
        refusal = refused(house, "source_of_other_age", submit)
        assert refusal.params == {"youngest": 18, "oldest": 34}
        return
    house.take(submit)
    house.take(approve(house, "1.00"))


def test_an_age_that_turns_out_otherwise_is_judged_again_at_the_decision(house: House) -> None:
    born(house, 33, 0 * DAY)
    signed(house, funding_source=FundingSource.INDH_YOUTH)
    house.walk(house.way.steps(), until=ts.RecordDecision)
    born(house, 36, 0 * DAY)
    refused(house, "source_of_other_age", approve(house, "1.00"))


def test_whose_birth_is_not_known_is_not_judged_by_it(house: House) -> None:
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    house.paper.states.pop(person)
    unknown = register_beneficiary().model_copy(update={"birth_date": None})
    house.paper.take(person, unknown, house.caseworker)
    signed(house, funding_source=FundingSource.INDH_YOUTH)
    house.walk(house.way.steps(), until=ts.RecordDecision)
    house.take(approve(house, "1.00"))


def test_the_ceilings_are_rule_data() -> None:
    assert NEWEST.ceilings.keys() == {FundingSource.INDH_INCOME}
    assert NEWEST.ceilings[FundingSource.INDH_INCOME].keys() == set(HolderKind)
