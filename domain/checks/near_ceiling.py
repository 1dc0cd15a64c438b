"""Just under what the rules allow, again and again: where they fix a sum, a share, or a time.

One is a project that costs so much. Three of one person's are a price, a pause, or a plan that was made
to fit. What has no fixed most is not looked at: a share of a price is always used whole, and so is what
is left in an agreement.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal

from domain.case.events import CasePaused, PauseRenewed
from domain.case.noticed.events import ReminderSnoozed
from domain.checks.looking import Looked, Rule, Suspicion
from domain.message import Recorded
from domain.project.vocabulary import DecisionKind
from domain.rules import Rules
from domain.tracks.self_employment.events import (
    DecisionRecorded,
    ProjectChanged,
    ProjectProposed,
    ProjectRevised,
    StudyRecorded,
)
from domain.values.findings import FindingCode

NEAR = Decimal("0.95")
"""Of the most, from so much on."""
PLANS = (ProjectProposed, ProjectRevised, ProjectChanged)


def just_under(looked: Looked) -> Iterator[Suspicion]:
    """What is near any of them: one part of a finding on whoever brought it there."""
    for most, find in MOSTS.items():
        for whose, each in find(looked):
            yield Suspicion((each,), (most, str(whose.envelope.actor.id)))


def _near(amount: Decimal | int, most: Decimal | int) -> bool:
    return NEAR * most <= amount <= most


def _approvals(looked: Looked) -> Iterator[tuple[Recorded, Recorded]]:
    """Near the sum that a source pays at most: of whoever proposed it last."""
    for each in looked.of(DecisionRecorded):
        event = each.event
        if isinstance(event, DecisionRecorded) and _is_near(event, looked.rules):
            proposed = [p for p in looked.of(ProjectProposed, ProjectRevised) if _same(p, each)]
            if proposed:
                yield proposed[-1], each


def _is_near(event: DecisionRecorded, rules: Rules) -> bool:
    """Of any kind of holder: the event does not say which it is."""
    if event.decision is not DecisionKind.APPROVE or event.source is None:
        return False
    amount = event.equipment_amount + event.cash_grant
    ceilings = {each.amount for each in rules.ceilings.get(event.source, {}).values()}
    return any(_near(amount, most) for most in ceilings)


def _revisions(looked: Looked) -> Iterator[tuple[Recorded, Recorded]]:
    """A cost that moved since the study by nearly as much as is studied anew."""
    share = looked.rules.new_study_share
    cost: dict[object, Decimal] = {}
    studied: dict[object, Decimal] = {}
    for each in looked.of(*PLANS, StudyRecorded):
        event, track = each.event, getattr(each.event, "track_id", None)
        if isinstance(event, StudyRecorded):
            studied[track] = cost.get(track, Decimal(0))
            continue
        if isinstance(event, PLANS):
            cost[track] = event.estimated_cost
        if isinstance(event, ProjectRevised) and not event.new_study and studied.get(track):
            moved = abs(event.estimated_cost - studied[track])
            if _near(moved, studied[track] * share):
                yield each, each


def _pauses(looked: Looked) -> Iterator[tuple[Recorded, Recorded]]:
    """Of nearly as many days as a case may rest before it is looked at again."""
    for each in looked.of(CasePaused, PauseRenewed):
        event = each.event
        if isinstance(event, CasePaused | PauseRenewed):
            days = (event.until - each.envelope.occurred_on).days
            if _near(days, looked.rules.pause_days):
                yield each, each


def _snoozes(looked: Looked) -> Iterator[tuple[Recorded, Recorded]]:
    """The reminder of one review put off as often as it may be: by whoever did it last."""
    often: dict[str, int] = defaultdict(int)
    for each in looked.of(ReminderSnoozed):
        review = getattr(each.event, "review", None)
        if review is None:
            continue
        often[review] += 1
        if often[review] == looked.rules.snooze_times:
            yield each, each


def _same(proposed: Recorded, decided: Recorded) -> bool:
    one, other = (getattr(each.event, "track_id", None) for each in (proposed, decided))
    return one == other


MOSTS: dict[str, Callable[[Looked], Iterator[tuple[Recorded, Recorded]]]] = {
    "approval": _approvals,
    "revision": _revisions,
    "pause": _pauses,
    "snooze": _snoozes,
}
"""By what the rules give a most to: whose doing it is, and the entry that says so."""

RULE = Rule(
    FindingCode.NEAR_CEILING,
    just_under,
    frozenset({DecisionRecorded, *PLANS, StudyRecorded, CasePaused, PauseRenewed, ReminderSnoozed}),
)
