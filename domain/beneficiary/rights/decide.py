"""The rules of people's requests about their data."""

from collections.abc import Mapping

from domain.beneficiary.rights import events as e
from domain.beneficiary.rights import steps as s
from domain.beneficiary.rights.state import DataRequest, waiting_of
from domain.beneficiary.rights.vocabulary import GIVEN, DataRequestAnswer, DataRequestKind
from domain.beneficiary.state import BeneficiaryState
from domain.errors import Refused
from domain.message import Command, Event, derived_id
from domain.registry.state import REGISTRY
from domain.rules import Rules
from domain.steps.checks import not_before
from domain.steps.handling import Context, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import CENTRES

DAYS: Mapping[DataRequestKind, str] = {
    DataRequestKind.SEE: "see_data_days",
    DataRequestKind.WITHDRAW_CONSENT: "withdraw_consent_days",
}
"""The rule that says in how many days each is answered; of the others `mend_data_days`."""


def reads_rules(_command: Command, _state: BeneficiaryState) -> Roles:
    return {CENTRES: REGISTRY}


def receive(world: World, step: s.ReceiveDataRequest, ctx: Context) -> Event:
    """The same is not asked again while it waits; it is to be answered once."""
    waits = waiting_of(world.beneficiary.data_requests, step.kind)
    if waits is not None:
        asked = world.beneficiary.data_requests[waits]
        raise Refused("data_request_waits", date=str(asked.on))
    rules = world.registry.rules_on(step.occurred_on).rules
    return echo(
        e.DataRequestReceived,
        step,
        data_request_id=derived_id(ctx.command_id, "data_request"),
        answer_days=days_to_answer(rules, step.kind),
    )


def days_to_answer(rules: Rules, kind: DataRequestKind) -> int:
    days: int = getattr(rules, DAYS.get(kind, "mend_data_days"))
    return days


def answer(world: World, step: s.AnswerDataRequest, _: Context) -> Event:
    """Nobody is shown anything who did not say who they are; a refusal says why."""
    requests = world.beneficiary.data_requests
    waits = waiting_of(requests, step.kind)
    if waits is None:
        raise Refused("data_request_not_found")
    _require_answered_well(requests[waits], step)
    return echo(e.DataRequestAnswered, step, data_request_id=waits)


def _require_answered_well(asked: DataRequest, step: s.AnswerDataRequest) -> None:
    not_before(step.occurred_on, asked.on)
    if step.kind is DataRequestKind.ERASE and step.answer in GIVEN:
        raise Refused("erasure_grants_itself")
    if step.kind is DataRequestKind.RESTRICT and step.answer in GIVEN:
        raise Refused("restriction_grants_itself")
    if step.kind is DataRequestKind.SEE and step.answer in GIVEN and not step.identity_seen:
        raise Refused("identity_not_seen")
    if step.answer is not DataRequestAnswer.GRANTED and step.explanation is None:
        raise Refused("data_answer_unexplained")
