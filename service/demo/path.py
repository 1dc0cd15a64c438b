"""One person's way in the demo: the example's, with what this person's is otherwise.

Days count back from the ceremony, so that every way ends on its day. Each person's way
differs a little: trained in prison or after the release, pardoned or not, visited or not.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from domain.agreement.steps import RecordFundsReceived, SignAgreement, Tranche
from domain.beneficiary.steps import RegisterBeneficiary
from domain.case.steps import OpenCase, RecordEducation, RecordSocialEnquiry
from domain.example import care, project
from domain.example.beside import sign_agreement
from domain.example.person import DELIVERED, EXAMPLE, Item
from domain.example.way import Way, by_day
from domain.message import Step
from domain.project.vocabulary import Premises, ProjectCondition
from domain.rules.v1 import V1
from domain.tracks.self_employment.steps import ProposeProject, RecordVisit
from service.demo.communes import commune
from service.demo.plan import Handover, Share

VISITS_UNTIL = date(2026, 9, 30)
"""Visits due later are left to the caseworkers, so that a later replay changes nothing."""


def way_to(handover: Handover) -> Way:
    """The way of anybody who is on the list of this ceremony."""
    return Way(
        ceremony_id=EXAMPLE.ceremony_id,
        begins=handover.held_on - timedelta(days=DELIVERED),
        centre=handover.centre,
        province=handover.province,
    )


def way_of(share: Share) -> Way:
    """The person's way, with the example's ids until the API has handed out others."""
    return replace(
        way_to(share.handover),
        trade=share.person.trade,
        items=tuple(Item(line.label, line.price) for line in share.lines),
        cash=share.cash,
        number=share.person.number,
    )


def agreement_for(way: Way, envelope: Decimal | str, places: int) -> SignAgreement:
    """The agreement that pays for it, in one share."""
    signed = sign_agreement(way, str(envelope), places)
    share = Tranche(amount=signed.envelope, people=places, planned_on=_month_after(signed))
    return signed.model_copy(update={"tranches": (share,)})


def funds_of(signed: SignAgreement) -> RecordFundsReceived:
    """All of its envelope, come in as planned."""
    return RecordFundsReceived(
        occurred_on=_month_after(signed), amount=signed.envelope, reference="V-1", tranche=1
    )


def _month_after(step: Step) -> date:
    return step.occurred_on + timedelta(days=30)


def registration_of(share: Share) -> RegisterBeneficiary:
    who = share.person
    return RegisterBeneficiary(
        occurred_on=way_to(share.handover).day(-1),
        name_ar=who.name_ar,
        name_latin=who.name_latin,
        sex=who.sex,
        birth_date=who.birth_date,
        phone=who.phone,
    )


def steps_of(way: Way) -> list[Step]:
    """All steps of the person's case and of their order, as they come."""
    taken = (*way.steps(), *_detours(way))
    return by_day(
        step.model_copy(update=_otherwise(way.number, step))
        for step in taken
        if not (isinstance(step, RecordEducation) and _trained_outside(way))
    )


def _detours(way: Way) -> Iterator[Step]:
    if way.number % 7 == 0:
        yield care.pardon(way)
    yield care.pre_release_review(way)
    if _trained_outside(way):
        yield from project.training_outside(way)
    yield project.coaching(way)
    yield from _visits(way)


def _trained_outside(way: Way) -> bool:
    return way.number % 3 == 1


def _visits(way: Way) -> Iterator[Step]:
    """The visits that have fallen due; about one in ten was not made, and is overdue."""
    for months in V1.visit_months:
        if way.visit_due(months) <= VISITS_UNTIL and (way.number * 5 + months) % 11:
            yield project.visit(way, months)


def _otherwise(number: int, step: Step) -> dict[str, Any]:
    """What this person's step says otherwise than the example's."""
    match step:
        case OpenCase():
            messages = number % 2 == 0
            return {
                "consent": step.consent.model_copy(update={"messages": messages}),
                "commune": commune(step.province, number),
            }
        case RecordSocialEnquiry():
            return {"household_size": 2 + number % 6, "has_housing": number % 9 != 0}
        case ProposeProject():
            return {"premises": (Premises.FAMILY, Premises.LEASE, Premises.STREET)[number % 3]}
        case RecordVisit():
            struggling = (number + step.occurred_on.month) % 8 == 0
            return {
                "occurred_on": step.occurred_on + timedelta(days=number % 10),
                "project": ProjectCondition.STRUGGLING if struggling else ProjectCondition.RUNNING,
            }
        case _:
            return {}
