"""Amounts just under a ceiling, again and again.

One is a project that costs so much. Three of one person's proposals are a price that was made to fit.
"""

from collections.abc import Iterator
from decimal import Decimal

from domain.checks.looking import Looked, Rule, Suspicion
from domain.message import Recorded
from domain.project.vocabulary import DecisionKind
from domain.rules import Rules
from domain.tracks.self_employment.events import DecisionRecorded, ProjectProposed, ProjectRevised
from domain.values.findings import FindingCode

NEAR = Decimal("0.95")
"""Of the ceiling, from so much on."""


def just_under(looked: Looked) -> Iterator[Suspicion]:
    """An approval near a ceiling: one part of a finding on whoever had proposed it last."""
    for each in looked.of(DecisionRecorded):
        event = each.event
        if isinstance(event, DecisionRecorded) and _is_near(event, looked.rules):
            proposed = [p for p in looked.of(ProjectProposed, ProjectRevised) if _same(p, event)]
            if proposed:
                yield Suspicion((each,), (str(proposed[-1].envelope.actor.id),))


def _is_near(event: DecisionRecorded, rules: Rules) -> bool:
    """The sum that is fixed, and not a share of the price: a share is always used whole."""
    if event.decision is not DecisionKind.APPROVE or event.source is None:
        return False
    amount = event.equipment_amount + event.cash_grant
    ceilings = {each.amount for each in rules.ceilings.get(event.source, {}).values()}
    return any(NEAR * most <= amount <= most for most in ceilings)


def _same(proposed: Recorded, decided: DecisionRecorded) -> bool:
    return getattr(proposed.event, "track_id", None) == decided.track_id


RULE = Rule(
    FindingCode.NEAR_CEILING,
    just_under,
    frozenset({DecisionRecorded, ProjectProposed, ProjectRevised}),
)
