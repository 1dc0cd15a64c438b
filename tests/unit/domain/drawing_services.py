"""Steps drawn by chance about support, what is awaited, the household, consent and the plan."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from domain.case.awaiting import steps as awaiting
from domain.case.consents.steps import GiveConsent, WithdrawConsent
from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.case.household import steps as household
from domain.case.household.vocabulary import Kinship
from domain.case.plan.steps import UpdateGoal
from domain.case.support import steps as support
from domain.case.support.vocabulary import DeclinedBy, SupportKind
from domain.case.vocabulary import Channel, ContactOutcome, GoalProgress
from domain.message import Step
from tests.unit.domain.conftest import House


def service(random: Random, house: House, day: date) -> Step:
    """Each names what it is about: which one is meant without a name, another history may not say."""
    case = house.case
    told: dict[str, Any] = {"occurred_on": day}
    again = random.choice([None, day + timedelta(days=40)])
    item, awaited, member = (
        _one(random, each) for each in (case.supports, case.awaited, case.household)
    )
    steps = [
        support.OpenSupport(kind=random.choice(list(SupportKind)), member_id=member, **told),
        awaiting.AwaitThirdParty(party_name="A clerk", awaiting="A copy", support_id=item, **told),
        household.AddHouseholdMember(name="Fatna", kinship=Kinship.PARENT, **told),
    ]
    if item is not None:
        steps += _on_support({**told, "support_id": item}, again)
    if awaited is not None:
        steps += _on_awaited({**told, "awaited_id": awaited}, again)
    if member is not None:
        steps += _on_member({**told, "member_id": member})
    return random.choice(steps)


def _one(random: Random, names: Iterable[UUID]) -> UUID | None:
    return random.choice([*names] or [None])


def _on_support(told: dict[str, Any], again: date | None) -> list[Step]:
    return [
        support.ProgressSupport(look_again_on=again, **told),
        support.CompleteSupport(**told),
        support.DeclineSupport(declined_by=DeclinedBy.PERSON, **told),
        support.TakeUpSupport(look_again_on=again, **told),
    ]


def _on_awaited(told: dict[str, Any], again: date | None) -> list[Step]:
    return [
        awaiting.AskThirdPartyAgain(answer_by=again, **told),
        awaiting.RecordThirdPartyAnswer(answer="a", **told),
        awaiting.StopAwaiting(explanation="s", **told),
    ]


def _on_member(told: dict[str, Any]) -> list[Step]:
    phone, reached = Channel.PHONE, ContactOutcome.REACHED
    return [
        household.RecordFamilyContact(channel=phone, outcome=reached, **told),
        household.RecordMemberLeft(**told),
    ]


def said(random: Random, _: House, day: date) -> Step:
    """What is agreed to, or not, and how far the plan is."""
    purpose = (random.choice(list(Purpose)),)
    return random.choice(
        [
            GiveConsent(occurred_on=day, purposes=purpose, given_as=ConsentForm.SIGNED),
            WithdrawConsent(occurred_on=day, purposes=purpose),
            UpdateGoal(
                occurred_on=day,
                goal=1,
                goal_step=random.choice([1, 2]),
                progress=random.choice(list(GoalProgress)),
            ),
        ]
    )
