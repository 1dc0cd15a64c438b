"""People who are still on their way, one at each stage that nobody of the ceremonies stands at.

None of them has a delivery, so no published figure counts them; what is approved for them is
paid by an agreement of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from domain.case.custody.steps import RecordRelease
from domain.case.steps import AgreePlan, AssessNeeds, CloseCase, OpenTrack
from domain.case.vocabulary import Outcome, Stage
from domain.example import services
from domain.example.way import Way
from domain.message import Step
from domain.order.steps import ReceiveLines
from domain.tracks.self_employment.steps import RecordStudy
from domain.tracks.training.steps import EnrolInTraining
from service.demo.path import steps_of
from service.demo.people import person
from service.demo.plan import CATALOGUE, HANDOVERS, Line, Share

ENVELOPE = "200000.00"
PLACES = 5
CASH = Decimal("2500.00")


@dataclass(frozen=True, slots=True)
class Stop:
    """Where somebody stands, and after which step of the way."""

    stage: Stage
    number: int
    """The person's; each is trained outside, so that every stage comes."""
    last: type[Step]
    without: type[Step] | None = None
    """A step that was not taken."""
    helped: bool = False
    """Whether a card is being applied for besides, with the family's help, and a court is awaited."""


STOPS = (
    Stop(Stage.DETENTION, 46, AgreePlan),
    Stop(Stage.RELEASE, 49, RecordRelease, without=OpenTrack),
    Stop(Stage.TRAINING, 52, EnrolInTraining),
    Stop(Stage.PROJECT_APPROVAL, 55, RecordStudy, helped=True),
    Stop(Stage.EQUIPMENT_DELIVERY, 58, ReceiveLines),
    Stop(Stage.CLOSED, 61, AssessNeeds),
)


def share_of(stop: Stop) -> Share:
    """Who it is and what they ask for, in the centre of the first ceremony."""
    who = person(stop.number)
    lines = tuple(Line(label, Decimal(price)) for label, price in CATALOGUE[who.trade])
    return Share(person=who, handover=HANDOVERS[0], lines=lines, cash=CASH)


def steps_until(stop: Stop, way: Way) -> Iterator[Step]:
    """The way as far as they have come."""
    for step in steps_of(way):
        if stop.without is None or not isinstance(step, stop.without):
            yield step
        if isinstance(step, stop.last):
            if stop.helped:
                yield from services.underway(way)
            if stop.stage is Stage.CLOSED:
                yield CloseCase(
                    occurred_on=step.occurred_on,
                    outcome=Outcome.DISENGAGED,
                    explanation="Wants to look after it alone from here on.",
                )
            return
