"""The same thing asked for and approved by two accounts on one device.

Two people are asked for so that one alone moves nothing. Two accounts that act on one device within
a day may be one person with two passwords; or two people at the one computer of a small centre.
"""

from collections.abc import Iterator
from datetime import timedelta

from domain.asking.events import RequestConfirmed, Requested
from domain.checks.looking import Looked, Rule, Suspicion
from domain.message import Recorded
from domain.project.vocabulary import DecisionKind
from domain.tracks.self_employment.events import (
    DecisionRecorded,
    ProjectProposed,
    ProjectRevised,
    SubmittedToSession,
)
from domain.values.findings import FindingCode

ASKED = (ProjectProposed, ProjectRevised, SubmittedToSession)
WITHIN = timedelta(days=30)
"""A device changes hands: what lies further apart says nothing."""


def two_on_one_device(looked: Looked) -> Iterator[Suspicion]:
    """Who decided, and by whose asking, where both came by one device and not by one account."""
    for answer in looked.of(DecisionRecorded, RequestConfirmed):
        asked = [each for each in looked.history if _asked_for(each, answer)]
        if same := [each for each in asked if _one_device(each, answer)]:
            yield Suspicion((*same, answer), (str(answer.envelope.event_id),))


def _asked_for(asked: Recorded, answer: Recorded) -> bool:
    """Whether the one is what the other answers."""
    event, said = asked.event, answer.event
    if isinstance(said, DecisionRecorded):
        approved = said.decision is DecisionKind.APPROVE
        return approved and isinstance(event, ASKED) and event.track_id == said.track_id
    return (
        isinstance(event, Requested)
        and isinstance(said, RequestConfirmed)
        and event.request_id == said.request_id
    )


def _one_device(one: Recorded, other: Recorded) -> bool:
    first, second = one.envelope, other.envelope
    device = first.origin.device
    return (
        device is not None
        and device == second.origin.device
        and first.actor.id != second.actor.id
        and abs(second.recorded_at - first.recorded_at) <= WITHIN
    )


RULE = Rule(
    FindingCode.ONE_DEVICE,
    two_on_one_device,
    frozenset({*ASKED, DecisionRecorded, RequestConfirmed, Requested}),
)
