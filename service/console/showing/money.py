"""What became of a project: asked, decided, paid and found, each as a line of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from projections.views.projects import ProjectFacts
from service.console.showing.gaps import Gap, Missing
from service.queries.tracks import TrackAnswer

NOT_YET = Missing(Gap.NOT_RECORDED)
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a project's money: what it is called, how much, and when."""

    name: str
    """Of the words of pages."""
    amount: Decimal | Missing
    cash: Decimal
    """The cash grant beside the equipment; 0 for none."""
    on: date | None


def steps_of(track: TrackAnswer, project: ProjectFacts) -> Iterator[Step]:
    """In the order of the path; what has not come to pass says so."""
    yield Step("asked", project.estimated, NOTHING, track.proposed_on)
    yield Step("own_part", project.own_contribution, NOTHING, track.proposed_on)
    granted = project.equipment_amount if track.approved_on else NOT_YET
    yield Step("granted", granted, project.cash_grant, track.approved_on)
    yield Step("ordered", _if_any(project.ordered), NOTHING, track.ordered_on)
    yield Step("paid", _if_any(project.paid), NOTHING, None)
    delivered = _if_any(project.goods_delivered)
    yield Step("delivered", delivered, project.cash_delivered, track.delivered_on)


def _if_any(sum_: Decimal) -> Decimal | Missing:
    return sum_ or NOT_YET
