"""Exemptions in a row: three with nothing held between, so that nobody has met the person."""

from collections.abc import Iterator

from domain.case.events import ContactRecorded, PreReleaseReviewRecorded, ReviewExempted
from domain.case.vocabulary import ContactOutcome
from domain.checks.looking import Looked, Rule, Suspicion
from domain.checks.rows import in_a_row
from domain.message import Event, Recorded
from domain.tracks.employment.events import PlacementReviewed
from domain.tracks.self_employment.events import VisitRecorded
from domain.values.findings import FindingCode

MANY = 3
HELD: tuple[type[Event], ...] = (VisitRecorded, PlacementReviewed, PreReleaseReviewRecorded)


def exempted_again_and_again(looked: Looked) -> Iterator[Suspicion]:
    told = [each for each in looked.of(ReviewExempted, ContactRecorded, *HELD) if _counts(each)]
    for row in in_a_row(told, lambda each: isinstance(each.event, ReviewExempted), MANY):
        yield Suspicion(row, (str(row[0].envelope.event_id),))


def _counts(recorded: Recorded) -> bool:
    """A call that reached nobody is not having met them."""
    event = recorded.event
    return not isinstance(event, ContactRecorded) or event.outcome is ContactOutcome.REACHED


RULE = Rule(
    FindingCode.EXEMPT_AGAIN,
    exempted_again_and_again,
    frozenset({ReviewExempted, ContactRecorded, *HELD}),
)
