"""A step that may be open on an agreement, drawn by chance: money comes and goes, terms change."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from domain.agreement import steps as a
from domain.agreement.funds import Funds
from domain.message import Step
from domain.values.money import CENTIME
from tests.closer import moves
from tests.closer.moves import WHY, on_agreement
from tests.closer.site import TODAY, Site, Try


def of_agreement(site: Site, agreement_id: UUID) -> Try | None:
    """What waits for an answer or will not be paid comes first, mostly."""
    random, agreement = site.random, site.agreement(agreement_id)
    step: Step
    if agreement.requests and random.random() < 0.5:
        step = a.ConfirmAgreementRequest(occurred_on=TODAY)
    elif agreement_id in site.outside.unwilling and agreement.lacking and random.random() < 0.4:
        short = moves.some(random, agreement.lacking) or CENTIME
        step = a.DeclareShortfall(occurred_on=TODAY, amount=short, explanation=WHY)
    elif random.random() < 0.55:
        step = _of_money(site, agreement_id)
    else:
        step = _of_terms(site, agreement_id)
    return on_agreement(agreement_id, step)


def _of_money(site: Site, agreement_id: UUID) -> Step:
    random, chance = site.random, site.random.random()
    afloat = moves.some(random, abs(site.agreement(agreement_id).in_hand)) or CENTIME
    if chance < 0.2 and (funds := site.agreement(agreement_id).funds):
        return _corrected(site, funds)
    if chance < 0.55:
        return moves.received(Decimal(random.randint(1, 60_000)))
    if chance < 0.75:
        return moves.repaid(afloat)
    into = random.choice(site.agreements)
    return a.CarryFundsOver(occurred_on=TODAY, into=into, amount=afloat, explanation=WHY)


def _corrected(site: Site, funds: Mapping[int, Funds]) -> Step:
    """An entry undone, or with another amount."""
    random = site.random
    entry = random.choice(list(funds))
    if random.random() < 0.4:
        return a.ReverseFunds(occurred_on=TODAY, movement=entry, explanation=WHY)
    amount = funds[entry].amount * random.choice([Decimal("0.5"), Decimal(1), Decimal(2)])
    return a.CorrectFunds(
        occurred_on=TODAY,
        movement=entry,
        amount=max(CENTIME, amount.quantize(CENTIME)),
        reference="V",
        explanation=WHY,
    )


def _of_terms(site: Site, agreement_id: UUID) -> Step:
    random, chance = site.random, site.random.random()
    if chance < 0.45:
        places = random.randint(1, 3)
        return a.AllowMorePlaces(occurred_on=TODAY, places=places, explanation=WHY)
    if chance < 0.55:
        return a.RefuseAgreementRequest(occurred_on=TODAY, explanation=WHY)
    if chance < 0.65:
        return a.CloseAgreement(occurred_on=TODAY, explanation=WHY)
    if chance < 0.75:
        return a.ReopenAgreement(occurred_on=TODAY, explanation=WHY)
    return _amended(site, agreement_id)


def _amended(site: Site, agreement_id: UUID) -> Step:
    """Of any number, with less or more."""
    factor = Decimal(site.random.choice(["0.8", "1", "1.1"]))
    return a.AmendAgreement(
        occurred_on=TODAY,
        number=site.random.randint(1, 5),
        envelope=(site.agreement(agreement_id).envelope * factor).quantize(CENTIME),
        planned_places=site.random.randint(1, len(site.cases)),
        ends_on=site.today + timedelta(days=site.random.randint(0, 700)),
        explanation=WHY,
    )
