"""Whether a source may pay for a project what a session approved."""

from datetime import date
from decimal import Decimal

from domain.agreement.state import AgreementState
from domain.errors import Refused
from domain.project.state import ProjectState
from domain.rules import FundingSource, Rules
from domain.steps.checks import known, not_before
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.state import SelfEmployment
from domain.values.money import NOTHING, to_centimes


def require_fundable(
    agreement: AgreementState,
    project: ProjectState,
    track: SelfEmployment,
    step: s.RecordDecision,
    rules: Rules,
) -> None:
    """Raises `Refused` unless the plan, the study and the source bear it; whether there is room is
    the agreement's own question.
    """
    source = require_asked(agreement, project)
    amount = step.equipment_amount + step.cash_grant
    if step.equipment_amount <= NOTHING:
        raise Refused("equipment_amount_missing")
    asked = project.asked_of(source)
    if step.equipment_amount > asked:
        raise Refused("amount_exceeds_cost", cost=str(asked))
    with_cash = asked + project.start_up_cash - project.cash_grant
    if amount > with_cash:
        raise Refused("amount_exceeds_cost", cost=str(with_cash))
    _require_below_ceiling(source, project, amount, rules)
    recommended = track.recommended
    if recommended is not None and amount > recommended and step.reasons is None:
        raise Refused("recommendation_exceeded", recommended=str(recommended))


def require_asked(agreement: AgreementState, project: ProjectState) -> FundingSource:
    """The agreement's source; raises `Refused` where the plan of finance asks it for nothing."""
    source = known(agreement.funding_source)
    if project.asked_of(source) <= NOTHING:
        raise Refused("source_not_asked", source=str(source))
    return source


def _require_below_ceiling(
    source: FundingSource, project: ProjectState, amount: Decimal, rules: Rules
) -> None:
    ceiling = rules.ceilings.get(source, {}).get(project.holder_kind)
    if ceiling is None:
        return
    most = ceiling.most(project.whole_cost)
    if amount > most:
        raise Refused("ceiling_exceeded", most=str(most), source=str(source))
    in_kind = project.own_contribution * ceiling.own_part_in_kind
    if project.own_in_kind > in_kind:
        raise Refused("own_part_mostly_in_kind", most=str(to_centimes(in_kind)))


def require_in_its_time(agreement: AgreementState, session_on: date) -> None:
    """A session decides between the signing and the end of the agreement's term."""
    not_before(session_on, agreement.signed_on)
    ends_on = agreement.terms.ends_on
    if ends_on is not None and session_on > ends_on:
        raise Refused("agreement_ended", latest=str(ends_on))


def require_of_its_ages(
    agreement: AgreementState, born: date | None, session_on: date | None, rules: Rules
) -> None:
    """Where the source asks for an age, and both the birth and the session's day are known."""
    source = agreement.funding_source
    ages = rules.ages.get(source) if source is not None else None
    if ages is None or born is None or session_on is None:
        return
    if not ages.has(born, session_on):
        raise Refused("source_of_other_age", youngest=ages.least, oldest=ages.most)
