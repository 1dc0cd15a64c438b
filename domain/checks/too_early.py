"""Goods ordered or handed over before the day on which a session approved them.

Such a step is refused where it is taken; it is looked for all the same, in what was imported, and
because whoever checks believes no gate.
"""

from collections.abc import Iterator
from datetime import date

from domain.checks.looking import Looked, Rule, Suspicion
from domain.message import Recorded
from domain.project.vocabulary import DecisionKind
from domain.tracks.self_employment.events import (
    DecisionRecorded,
    DeliveryConfirmed,
    EquipmentOrdered,
)
from domain.values.findings import FindingCode

MOVED = (EquipmentOrdered, DeliveryConfirmed)


def moved_before_approval(looked: Looked) -> Iterator[Suspicion]:
    """By track: what was moved on an earlier day than the first approval, or without any."""
    approved: dict[object, Recorded] = {}
    for each in looked.of(DecisionRecorded):
        event = each.event
        if isinstance(event, DecisionRecorded) and event.decision is DecisionKind.APPROVE:
            before = approved.setdefault(event.track_id, each)
            if _day(each) < _day(before):
                approved[event.track_id] = each
    for each in looked.of(*MOVED):
        decision = approved.get(getattr(each.event, "track_id", None))
        if decision is None or _day(each) < _day(decision):
            beside = () if decision is None else (decision,)
            yield Suspicion((each, *beside), (str(each.envelope.event_id),))


def _day(recorded: Recorded) -> date:
    return recorded.envelope.occurred_on


RULE = Rule(
    FindingCode.BEFORE_APPROVAL, moved_before_approval, frozenset({*MOVED, DecisionRecorded})
)
